import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Checkpoints } from '../../src/store/sqlite/checkpoints.js'
import { openConnection } from '../../src/store/sqlite/open.js'
import { storeOver } from '../../src/store/sqlite/sqlite.js'
import { execution, write } from '../contract/rows.js'
import { temporaryFolder } from './folder.js'

const path = temporaryFolder()

describe('the thread that writes the log back', () => {
  it('does so without a commit of this process, and leaves it its snapshots', async () => {
    const connection = openConnection(path())
    const store = storeOver(connection)
    const checkpoints = new Checkpoints(connection)
    checkpoints.start()
    const before = store.foreignVersion()
    await write(store, { insert: Array.from({ length: 50 }, (_, n) => execution(n + 1)) })
    await checkpoints.written()
    await checkpoints.written()
    // All frames of the log are in the file: nothing is left for who asks now.
    const [left] = connection.db.pragma('wal_checkpoint(PASSIVE)') as {
      log: number
      checkpointed: number
    }[]
    expect(left?.checkpointed).toBe(left?.log)
    expect(store.foreignVersion()).toBe(before)
    await checkpoints.close()
    await store.close()
  })

  it('lets a long log begin anew, so that it does not grow on and on', async () => {
    const connection = openConnection(path())
    const store = storeOver(connection)
    const checkpoints = new Checkpoints(connection)
    checkpoints.start()
    const sizes: number[] = []
    for (const letter of 'abcdef') {
      await write(store, { settings: { x: letter.repeat(20_000_000) } })
      sizes.push(statSync(`${connection.path}-wal`).size)
      await checkpoints.written()
      await checkpoints.written()
    }
    const [first = 0] = sizes
    expect(first).toBeGreaterThan(20_000_000)
    // It goes on for one more where the thread is at work in the very moment in which it could begin.
    expect(sizes.at(-1)).toBeLessThan(3.1 * first)
    await checkpoints.close()
    await store.close()
  })

  it('is there once a process has made many commits, and ends with the store', async () => {
    const connection = openConnection(path())
    const store = storeOver(connection)
    const pages = () => connection.db.pragma('wal_autocheckpoint', { simple: true })
    for (let n = 0; n < 199; n++) await write(store, { counters: { x: n } })
    expect(pages()).toBe(1_000)
    await write(store, { counters: { x: 200 } })
    expect(pages()).toBe(16_000)
    await store.close()
    expect(connection.db.open).toBe(false)
    // Whoever is the last to let go takes the log away.
    expect(existsSync(`${connection.path}-wal`)).toBe(false)
  })

  it('holds up no process that is done', () => {
    const code = `
      import('./src/store/sqlite/open.ts').then(async ({ openConnection }) => {
        const { Checkpoints } = await import('./src/store/sqlite/checkpoints.ts')
        new Checkpoints(openConnection(${JSON.stringify(path())})).start()
        process.stdout.write('done')
      })`
    const run = ['--import', 'tsx', '-e', code]
    expect(execFileSync(process.execPath, run, { timeout: 60_000 }).toString()).toBe('done')
  })

  it('is not there for memory', async () => {
    const connection = openConnection(':memory:')
    const checkpoints = new Checkpoints(connection)
    for (let n = 0; n < 200; n++) checkpoints.committed()
    await checkpoints.close()
    expect(connection.db.pragma('wal_autocheckpoint', { simple: true })).toBe(1_000)
    connection.db.close()
  })
})
