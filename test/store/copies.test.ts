import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createEngine, sqlite } from '../../src/index.js'
import { errorOf } from '../helpers/engines.js'
import { reminder } from '../helpers/machines.js'
import { temporaryFolder } from './folder.js'

const file = temporaryFolder()

describe('a copy of a store', () => {
  test.each(['a file', 'memory'])('of %s opens like any other, as it was then', async (what) => {
    const store = sqlite(what === 'memory' ? ':memory:' : file())
    const engine = await createEngine({ store, machines: [reminder], worker: false })
    const { id } = await engine.start(reminder, { input: {} })
    const copy = file()
    await store.saveTo(copy)
    await engine.send(id, { type: 'off' })
    await engine.close()
    for (const again of [sqlite(copy), sqlite(':memory:', { image: readFileSync(copy) })]) {
      const reopened = await createEngine({ store: again, machines: [reminder], worker: false })
      expect(await reopened.get(id)).toMatchObject({ outcome: null })
      expect(await reopened.verify()).toEqual([])
      await reopened.close()
    }
  })

  test('in memory leaves the file alone that it began with', async () => {
    const path = file()
    await sqlite(path).close()
    const before = readFileSync(path)
    const store = sqlite(':memory:', { image: before })
    const engine = await createEngine({ store, machines: [reminder], worker: false })
    await engine.start(reminder, { input: {} })
    await engine.close()
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(existsSync(`${path}-wal`)).toBe(false)
  })

  test('is not written over a file that is there', async () => {
    const path = file()
    const store = sqlite(path)
    expect(await errorOf(store.saveTo(path))).toMatchObject({ code: 'STORE' })
    await store.close()
  })

  test('is refused for what is no database, and beside a path', async () => {
    const path = file()
    const image = new TextEncoder().encode('no database at all')
    expect(await errorOf(() => sqlite(path, { image }))).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await errorOf(() => sqlite(':memory:', { image }))).toMatchObject({ code: 'CORRUPT' })
  })
})
