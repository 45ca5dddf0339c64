import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Checkpoints } from '../../src/store/sqlite/checkpoints.js'
import { openConnection } from '../../src/store/sqlite/open.js'
import { storeOver } from '../../src/store/sqlite/sqlite.js'
import { execution, write } from '../contract/rows.js'
import { temporaryFolder } from './folder.js'

const path = temporaryFolder()

/** So many pages of the log are not written back, as its index has it: https://sqlite.org/walformat.html */
function leftOfLog(file: string): number {
  const index = new Int32Array(new Uint8Array(readFileSync(`${file}-shm`)).buffer)
  const [written = 0, writtenBack = 0] = [index[4], index[24]]
  return written - writtenBack
}

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

  it('lets a long log begin anew, so that it does not grow', async () => {
    const connection = openConnection(path())
    const store = storeOver(connection)
    const checkpoints = new Checkpoints(connection)
    checkpoints.start()
    const sizes: number[] = []
    for (const letter of ['a', 'b', 'c']) {
      await write(store, { settings: { x: letter.repeat(20_000_000) } })
      sizes.push(statSync(`${connection.path}-wal`).size)
      // However much the disk has to do: as soon as nothing of it is left, it begins anew.
      while (leftOfLog(connection.path) > 0) await checkpoints.written()
    }
    const [first = 0, ...later] = sizes
    expect(first).toBeGreaterThan(20_000_000)
    for (const size of later) expect(size).toBeLessThan(1.1 * first)
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
