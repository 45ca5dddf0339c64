import { fork } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ExecutionRow, Reader } from '../../src/core/ports.js'
import { archiveExecutions, type ArchiveOptions } from '../../src/store/sqlite/archive.js'
import { checkHealth } from '../../src/store/sqlite/health.js'
import { sqlite } from '../../src/store/sqlite/sqlite.js'
import {
  ended,
  execution,
  failure,
  insertion,
  jump,
  record,
  timer,
  write,
} from '../contract/rows.js'
import { temporaryFolder } from './folder.js'
import { compiled } from '../helpers/programs.js'

const path = temporaryFolder()
const everything = { endedBefore: () => Number.MAX_SAFE_INTEGER }

/** Executions 1 to `count`; every third lives, every fourth has failed. Two records each. */
async function filled(count: number): Promise<string> {
  const file = path()
  const store = sqlite(file, { clock: { mode: 'virtual', now: 5_000 }, settings: { seed: '7' } })
  const row = (n: number): ExecutionRow => {
    if (n % 3 === 0) return execution(n, { singletonKey: `live-${n}`, seq: 2 })
    const outcome = n % 4 === 0 ? 'failed' : 'done'
    return ended(n, { outcome, singletonKey: n % 2 === 0 ? 'even' : 'odd', seq: 2, endedAt: n })
  }
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  await write(store, {
    insert: numbers.map(row),
    records: numbers.flatMap((n) => [record(2 * n - 1, n, 1), record(2 * n, n, 2)]),
    put: numbers.filter((n) => n % 3 === 0).map((n) => timer(n, n, 9_000)),
    idempotency: numbers.map((n) => ({ key: `token-${n}`, request: '{}', execution: n })),
    clockChanges: [jump(1, 10, 20), jump(2, 20, 30)],
    counters: { execution: count, record: 2 * count, work: count },
    catalog: [
      insertion('image', 'm-1', { ExecutionId: 'exec-1', Region: 'a', Status: 'Available' }),
      insertion('share', 'm-1/7', { ImageId: 'm-1', Region: 'a', Account: '7' }),
      insertion('imageTraits', 'exec-1', { Size: 40 }),
      insertion('imageTraits', 'exec-2', { Size: 40 }),
      insertion('executionTags', 'exec-1', { Tag: [] }),
      insertion('template', 'even', { Name: 'web' }),
    ],
  })
  await store.close()
  return file
}

async function look<T>(file: string, query: (reader: Reader) => T): Promise<T> {
  const store = sqlite(file, { readOnly: true })
  try {
    return await store.read(query)
  } finally {
    await store.close()
  }
}

const numbersIn = (file: string): Promise<readonly number[]> =>
  look(file, (reader) => reader.executions({ oldestFirst: true, limit: 1_000 }).map(({ n }) => n))

async function archived(
  count: number,
  options: Partial<ArchiveOptions> = {},
): Promise<{ file: string; to: string }> {
  const [file, to] = [await filled(count), path()]
  await archiveExecutions(file, { ...everything, to, ...options })
  return { file, to }
}

function isSound(file: string): void {
  const { damage, schemaFaults, broken } = checkHealth(file)
  expect([...damage, ...schemaFaults, ...broken]).toEqual([])
}

describe('archiving', () => {
  it('has what was done to the clock, as it grew', async () => {
    const { file, to } = await archived(2)
    const store = sqlite(file)
    await write(store, {
      insert: [ended(4)],
      records: [record(9, 4, 1)],
      clockChanges: [jump(2, 20, 40), jump(3, 40, 50)],
    })
    await store.close()
    await archiveExecutions(file, { ...everything, to })
    const changes = [jump(1, 10, 20), jump(2, 20, 40), jump(3, 40, 50)]
    expect(await look(to, (reader) => reader.clockChanges({ limit: 9 }))).toEqual(changes)
  })

  it('moves what has ended, with records and keys, and leaves what lives', async () => {
    const file = await filled(12)
    const whole = await look(file, (reader) => [reader.execution(4), reader.records(4, 0, 9)])
    const to = path()
    const moved = await archiveExecutions(file, { ...everything, to })
    expect(moved).toMatchObject({ executions: 8, records: 16 })
    expect(await numbersIn(file)).toEqual([3, 6, 9, 12])
    expect(await numbersIn(to)).toEqual([1, 2, 4, 5, 7, 8, 10, 11])
    expect(await look(to, (reader) => [reader.execution(4), reader.records(4, 0, 9)])).toEqual(
      whole,
    )
    expect(await look(to, (reader) => reader.idempotency('token-4')?.execution)).toBe(4)
    expect(await look(file, (reader) => reader.idempotency('token-4'))).toBeUndefined()
    expect(await look(file, (reader) => reader.idempotency('token-3')?.execution)).toBe(3)
    expect(await look(file, (reader) => reader.workOf(3))).toHaveLength(1)
    expect(await look(file, (reader) => reader.executionCount({}))).toBe(4)
    expect(await look(to, (reader) => reader.executionCount({ singletonKey: 'even' }))).toBe(4)
    isSound(file)
    isSound(to)
  })

  it.each<[string, Partial<ArchiveOptions>, number[]]>([
    ['ended before an instant', { endedBefore: () => 5 }, [1, 2, 4]],
    ['counted back from the clock', { endedBefore: (c) => ('now' in c ? c.now - 4_998 : 0) }, [1]],
    ['ended in some way', { outcomes: ['failed'] }, [4, 8]],
    ['have one key', { singletonKey: 'odd' }, [1, 5, 7, 11]],
    ['come first, when it is stopped', { batch: 2, signal: AbortSignal.abort() }, []],
  ])('moves those alone that %s', async (_name, options, expected) => {
    const { to } = await archived(12, options)
    expect(await numbersIn(to)).toEqual(expected)
  })

  it('copies what tells of them, and moves what is of them alone', async () => {
    const { file, to } = await archived(12)
    const of = (reader: Reader): object => ({
      image: reader.catalogGet('image', 'm-1') !== undefined,
      share: reader.catalogGet('share', 'm-1/7') !== undefined,
      template: reader.catalogGet('template', 'even') !== undefined,
      tags: reader.catalogGet('executionTags', 'exec-1') !== undefined,
      traitsWithImage: reader.catalogGet('imageTraits', 'exec-1') !== undefined,
      traits: reader.catalogGet('imageTraits', 'exec-2') !== undefined,
    })
    const kept = { image: true, share: true, template: true, traitsWithImage: true }
    expect(await look(file, of)).toEqual({ ...kept, tags: false, traits: false })
    expect(await look(to, of)).toEqual({ ...kept, tags: true, traits: true })
  })

  it('says of images that stay what a template alone said of them, once', async () => {
    const file = await filled(4)
    const store = sqlite(file)
    await write(store, {
      catalog: [
        insertion('template', 'odd', { Name: 'db', ImageTraits: { Size: 60, Tag: [] } }),
        { op: 'patch', kind: 'template', key: 'even', body: { ImageTraits: { Size: 80 } } },
        insertion('image', 'm-2', { ExecutionId: 'exec-2', Region: 'a' }),
        { op: 'delete', kind: 'imageTraits', key: 'exec-1' },
      ],
    })
    await store.close()
    await archiveExecutions(file, { ...everything, to: path() })
    const traits = await look(file, (reader) => reader.catalogFind({ kind: 'imageTraits' }))
    expect(traits.map(({ key, body }) => [key, body])).toEqual([
      ['exec-1', { Size: 60, Tag: [] }],
      ['exec-2', { Size: 40 }],
    ])
  })

  it('goes on into the same archive, as often as it is called', async () => {
    const { file, to } = await archived(12, { endedBefore: () => 5 })
    await archiveExecutions(file, { ...everything, to })
    expect(await numbersIn(to)).toEqual([1, 2, 4, 5, 7, 8, 10, 11])
    const again = await archiveExecutions(file, { ...everything, to })
    expect(again).toMatchObject({ executions: 0, records: 0 })
    isSound(to)
  })

  it('goes on after a crash between the two files, with what is in both', async () => {
    const file = await filled(12)
    const [before, to] = [path(), path()]
    await archiveExecutions(file, { to, endedBefore: () => 0 })
    copyFileSync(file, before)
    await archiveExecutions(file, { to, endedBefore: () => 5 })
    // As it was before anything was deleted.
    const moved = await archiveExecutions(before, { ...everything, to })
    expect(moved.executions).toBe(8)
    expect(await numbersIn(before)).toEqual([3, 6, 9, 12])
    expect(await numbersIn(to)).toEqual([1, 2, 4, 5, 7, 8, 10, 11])
    isSound(to)
  })

  it('gives the room back', async () => {
    const { file } = await archived(3)
    const store = sqlite(file)
    const snapshot = JSON.stringify({ text: 'x'.repeat(10_000) })
    const row = (n: number) => ended(n, { snapshot, seq: 1 })
    const numbers = Array.from({ length: 100 }, (_, index) => 100 + index)
    await write(store, {
      insert: numbers.map(row),
      records: numbers.map((n) => record(n, n, 1)),
      counters: { execution: 200, record: 200 },
    })
    await store.close()
    const full = statSync(file).size
    const to = path()
    const { bytesBefore, bytesAfter } = await archiveExecutions(file, { ...everything, to })
    expect(bytesBefore).toBe(full)
    expect(bytesAfter).toBeLessThan(full / 3)
    expect(statSync(file).size).toBe(bytesAfter)
  })
})

describe('an archive', () => {
  it('is of one file', async () => {
    const { to } = await archived(3)
    const other = await filled(3)
    const error = await failure(archiveExecutions(other, { ...everything, to }))
    expect(error).toMatchObject({ code: 'STORE', details: { reason: 'foreign', path: to } })
    expect(await numbersIn(other)).toEqual([1, 2, 3])
    const file = await filled(3)
    const refused = await failure(archiveExecutions(file, { ...everything, to: other }))
    expect(refused).toMatchObject({ message: expect.stringMatching(/is no archive/) as string })
  })

  it('is neither written, nor archived, nor the file itself', async () => {
    const { file, to } = await archived(3)
    const store = sqlite(to)
    const error = await failure(write(store, { insert: [execution(9)] }))
    expect(error).toMatchObject({ code: 'STORE', details: { reason: 'readonly' } })
    await store.close()
    const out = await failure(archiveExecutions(to, { ...everything, to: path() }))
    expect(out).toMatchObject({ message: expect.stringMatching(/archive itself/) as string })
    const own = await failure(archiveExecutions(file, { ...everything, to: file }))
    expect(own).toMatchObject({ message: expect.stringMatching(/its own archive/) as string })
  })

  it('has the clock and the settings of its file', async () => {
    const { to } = await archived(3)
    expect(await look(to, (reader) => [reader.clock(), reader.setting('seed')])).toEqual([
      { mode: 'virtual', now: 5_000 },
      '7',
    ])
  })
})

describe('a process that is killed while it archives', () => {
  it('leaves every execution in one of the files, or in both', { timeout: 120_000 }, async () => {
    const [file, to] = [await filled(60), path()]
    const all = await numbersIn(file)
    const ended: true[] = []
    for (let round = 1; ended.length === 0; round++) {
      const child = fork(compiled('test/store/archiver'), [file, to])
      const exit = once(child, 'exit')
      child.on('message', (message: { executions?: number; done?: boolean }) => {
        if (message.done) ended.push(true)
        // Each round a little later than a commit, and later in all.
        if (message.executions === 5 + round) setImmediate(() => child.kill('SIGKILL'))
      })
      await exit
      const [here, there] = [await numbersIn(file), await numbersIn(to)]
      expect([...new Set([...here, ...there])].sort((a, b) => a - b)).toEqual(all)
      isSound(to)
      expect(round).toBeLessThan(20)
    }
    expect(await numbersIn(file)).toEqual(all.filter((n) => n % 3 === 0))
    expect(await numbersIn(to)).toEqual(all.filter((n) => n % 3 !== 0))
    isSound(file)
  })
})
