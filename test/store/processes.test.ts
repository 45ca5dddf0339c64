import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newestSchema } from '../../src/store/sqlite/migrate.js'
import { sqlite } from '../../src/store/sqlite/sqlite.js'
import { batch, execution, record, write } from '../contract/rows.js'
import { compiled } from '../helpers/programs.js'
import { temporaryFolder } from './folder.js'

const path = temporaryFolder()
const count = 8
const times = 25

let children: ChildProcess[] = []

async function message(child: ChildProcess): Promise<unknown> {
  const [received] = (await once(child, 'message')) as [unknown]
  return received
}

beforeAll(async () => {
  children = Array.from({ length: count }, () => fork(compiled('test/store/opener')))
  await Promise.all(children.map(message))
}, 60_000)

afterAll(() => {
  for (const child of children) child.kill()
})

describe('eight processes that open one new file at once', () => {
  it.each([1, 2, 3])('all find it made, and no two get the same number (round %i)', async () => {
    const file = path()
    const answers = children.map(message)
    for (const child of children) child.send({ path: file, times })
    const numbers = (await Promise.all(answers)).flatMap((answer) => {
      expect(answer).toHaveProperty('numbers')
      return (answer as { numbers: number[] }).numbers
    })
    expect(numbers.sort((a, b) => a - b)).toEqual(
      Array.from({ length: count * times }, (_, index) => index + 1),
    )
    const db = new Database(file)
    expect(db.prepare('SELECT n FROM migration').pluck().all()).toEqual(
      Array.from({ length: newestSchema }, (_, index) => index + 1),
    )
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.close()
  })
})

describe('a file that is open twice in one process', () => {
  it('keeps the locks of the one when the other is opened and closed', async () => {
    const file = path()
    const store = sqlite(file)
    await sqlite(file).close()
    await sqlite(file, { readOnly: true }).close()
    const [child] = children
    if (!child) throw new Error('no child')
    const answer = message(child)
    child.send({ path: file, times: 2 })
    expect(await answer).toEqual({ numbers: [1, 2] })
    // The last one to close a file deletes its log: had the locks been lost, the child would have.
    expect(existsSync(`${file}-wal`)).toBe(true)
    expect(await store.read((reader) => reader.counter('x'))).toBe(2)
    await store.close()
  })
})

describe('a history to which two connections write', () => {
  it('goes on from where the other has brought it', async () => {
    const file = path()
    const [one, other] = [sqlite(file), sqlite(file)]
    await write(one, { insert: [execution(1)], records: [record(1, 1, 1)] })
    await write(other, { records: [record(2, 1, 2, 2_000), record(3, 1, 3, 3_000)] })
    const again = write(one, { records: [record(4, 1, 2, 2_000)] })
    await expect(again).rejects.toThrow(/execution 1 has a record 2/)
    const earlier = write(one, { records: [record(4, 1, 4, 2_999)] })
    await expect(earlier).rejects.toThrow(/follow the one before it/)
    await write(one, { records: [record(4, 1, 4, 3_000)] })
    await one.close()
    await other.close()
  })
})

describe('foreignVersion', () => {
  it('moves when another process has written, and only then', async () => {
    const file = path()
    const store = sqlite(file)
    const before = store.foreignVersion()
    await store.transact(() => ({ batch: batch({ counters: { y: 1 } }), value: 0 }))
    expect(store.foreignVersion()).toBe(before)
    const [child] = children
    if (!child) throw new Error('no child')
    const answer = message(child)
    child.send({ path: file, times: 1 })
    expect(await answer).toEqual({ numbers: [1] })
    expect(store.foreignVersion()).not.toBe(before)
    await store.close()
  })
})
