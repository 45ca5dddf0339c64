import { beforeEach, describe, expect, it } from 'vitest'
import { BakelineError } from '../../src/core/errors.js'
import {
  type CatalogWrite,
  type ClockChange,
  type ExecutionRow,
  keptClockChanges,
  type Reader,
  type RecordRow,
  type Store,
  type WorkRow,
} from '../../src/core/ports.js'
import {
  ended,
  everything,
  execution,
  failure,
  insertion,
  jump,
  type Parts,
  record,
  timer,
  waiter,
  write,
} from './rows.js'

/** What a batch may say, and what becomes of one that may not be written. */
export function describeWriting(open: () => Store): void {
  let store: Store
  beforeEach(() => {
    store = open()
  })

  /** The batch is refused, and nothing of it or of what stood there has changed. */
  async function refused(parts: Parts, code: string, message: RegExp): Promise<void> {
    const before = await store.read(everything)
    const error = await failure(write(store, { counters: { tried: 1 }, ...parts }))
    expect(error).toBeInstanceOf(BakelineError)
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string })
    expect(await store.read(everything)).toEqual(before)
    expect(await store.read((reader) => reader.counter('tried'))).toBe(0)
  }

  describe('an execution', () => {
    beforeEach(() => write(store, { insert: [execution(1, { singletonKey: 'a' })] }))

    it.each<[string, Partial<ExecutionRow>]>([
      ['takes a step', { seq: 2, status: 'PAID', snapshot: '{}', updatedAt: 1_500 }],
      ['moves to another machine', { machine: 'order@2' }],
      ['ends', { outcome: 'failed', endedAt: 1_500 }],
      ['is set aside', { stuck: '{"message":"boom"}' }],
    ])('%s by an update', async (_name, change) => {
      const row = execution(1, { singletonKey: 'a', ...change })
      await write(store, { update: [row] })
      await store.read((reader) => {
        expect(reader.execution(1)).toEqual(row)
        expect(reader.executions({ limit: 9, stuck: true })).toEqual(change.stuck ? [row] : [])
        expect(reader.executions({ limit: 9, live: true })).toEqual(change.outcome ? [] : [row])
      })
    })

    it('is counted under its status when it ends, comes back to life and is forgotten', async () => {
      const counts = (): Promise<readonly number[]> =>
        store.read((reader) => [
          reader.executionCount({ live: false }),
          reader.executionCount({ singletonKey: 'a', statuses: ['CLOSED'] }),
          reader.executionCount({ machine: 'order@1', statuses: ['CLOSED', 'LOST'] }),
        ])
      await write(store, { insert: [ended(2, { singletonKey: 'a' }), ended(3)] })
      expect(await counts()).toEqual([2, 1, 2])
      await write(store, { update: [ended(1, { singletonKey: 'a' })] })
      expect(await counts()).toEqual([3, 2, 3])
      await write(store, { update: [ended(1, { singletonKey: 'a', status: 'LOST' })] })
      expect(await counts()).toEqual([3, 1, 3])
      await write(store, { update: [execution(1, { singletonKey: 'a' })], forget: [3] })
      expect(await counts()).toEqual([1, 1, 1])
      await write(store, { forget: [1, 2] })
      expect(await counts()).toEqual([0, 0, 0])
    })

    it('goes on after it was set aside', async () => {
      await write(store, { update: [execution(1, { stuck: 'x' })] })
      await write(store, { update: [execution(1)] })
      expect(await store.read((reader) => reader.executions({ limit: 9, stuck: true }))).toEqual([])
    })

    it('may live only alone under its singleton key: the loser learns who won', async () => {
      await refused(
        { insert: [execution(2, { singletonKey: 'a' })] },
        'ALREADY_RUNNING',
        /exec-1 of "a" is still running/,
      )
      const error = await failure(write(store, { insert: [execution(2, { singletonKey: 'a' })] }))
      expect(error).toMatchObject({ details: { singletonKey: 'a', execution: 'exec-1' } })
    })

    it('may not come back to life beside another of its key', async () => {
      const old = ended(2, { singletonKey: 'a' })
      await write(store, { insert: [old] })
      const alive = { ...old, outcome: null, endedAt: null }
      await refused({ update: [alive] }, 'ALREADY_RUNNING', /exec-1/)
    })

    it('may follow one of its key that ends in the same batch', async () => {
      await write(store, {
        update: [ended(1, { singletonKey: 'a' })],
        insert: [execution(2, { singletonKey: 'a' })],
      })
      expect(await store.read((reader) => reader.live('a')?.n)).toBe(2)
    })

    it('lives beside any number of others without a key', async () => {
      await write(store, { insert: [execution(2), execution(3)] })
      expect(await store.read((reader) => reader.executions({ limit: 9 }).length)).toBe(3)
    })

    it('is refused when its number or its id is taken', async () => {
      await refused({ insert: [execution(1, { id: 'x' })] }, 'STORE', /exec/)
      await refused({ insert: [execution(2, { id: 'exec-1' })] }, 'STORE', /id/)
    })

    it('is refused as an update of one that is not there', async () => {
      await refused({ update: [execution(9)] }, 'STORE', /execution 9 does not exist/)
    })

    it.each<[string, object, RegExp]>([
      ['an outcome nobody knows', { outcome: 'lost', endedAt: 1 }, /outcome is "lost"/],
      ['an outcome without an end', { outcome: 'done' }, /an outcome and an end/],
      ['an end without an outcome', { endedAt: 1 }, /an outcome and an end/],
      ['half a millisecond', { updatedAt: 1.5 }, /updatedAt is 1.5/],
      ['a time that is none', { startedAt: Number.NaN }, /startedAt is NaN/],
    ])('is refused with %s', async (_name, change, message) => {
      const row = { ...execution(2), ...change } as ExecutionRow
      await refused({ insert: [row] }, 'STORE', message)
    })
  })

  describe('a record', () => {
    beforeEach(() =>
      write(store, { insert: [execution(1)], records: [record(1, 1, 1), record(2, 1, 2, 2_000)] }),
    )

    it('may be of the same time as the one before', async () => {
      await write(store, { records: [record(3, 1, 3, 2_000), record(4, 1, 4, 2_000)] })
      expect(await store.read((reader) => reader.records(1, 0, 9).length)).toBe(4)
    })

    it.each<[string, RecordRow[], RegExp]>([
      ['before the last in time', [record(3, 1, 3, 1_999)], /follow the one before it/],
      [
        'before one of the same batch',
        [record(3, 1, 3, 3_000), record(4, 1, 4, 2_500)],
        /follow the one before it/,
      ],
      ['with a gap before it', [record(3, 1, 4, 3_000)], /follow the one before it/],
      ['of a seq that is there', [record(3, 1, 2, 3_000)], /seq|record 2/],
      ['of a number that is there', [record(2, 1, 3, 3_000)], /record/],
      ['of no execution', [record(3, 9, 1)], /execution 9|FOREIGN KEY/],
      ['of the seq 0', [record(3, 1, 0)], /seq 0/],
      ['of an unknown kind', [{ ...record(3, 1, 3, 3_000), kind: 'guess' as 'step' }], /guess/],
    ])('is refused %s', async (_name, records, message) => {
      await refused({ records }, 'STORE', message)
    })

    it('goes on from what was written, whatever was refused', async () => {
      await write(store, { records: [record(3, 1, 3, 2_000)] })
      await refused(
        { records: [record(4, 1, 4, 2_500), record(5, 1, 6, 2_500)] },
        'STORE',
        /follow/,
      )
      await write(store, { records: [record(4, 1, 4, 2_100)] })
      await refused({ records: [record(5, 1, 4, 2_100)] }, 'STORE', /seq|record 4/)
      expect(await store.read((reader) => reader.records(1, 3, 9))).toEqual([
        record(4, 1, 4, 2_100),
      ])
    })
  })

  describe('work', () => {
    beforeEach(() =>
      write(store, { insert: [execution(1)], put: [timer(1, 1, 100), waiter(2, 1, 7)] }),
    )

    it('is replaced by its number, in every order that it stood in', async () => {
      const row = timer(2, 1, 50, { kind: 'task', state: 'running', pool: 'copy/b', slot: true })
      await write(store, { put: [row] })
      await store.read((reader) => {
        expect(reader.waiting('copy/b', 0, 9)).toEqual([])
        expect(reader.slots('copy/b')).toBe(1)
        expect(reader.due({ axis: 'file', until: 100, limit: 9 })[0]).toEqual(row)
      })
    })

    it('is what was put last, through the whole life of a real task', async () => {
      const runs = { kind: 'task', state: 'running', axis: 'wall', owner: 'a' } as const
      const lives: readonly Partial<WorkRow>[] = [
        { kind: 'task', state: 'ready', axis: 'wall' },
        runs,
        { ...runs, id: 'next', seq: 2, due: 200, body: '{"src":"b"}' },
        { ...runs, id: 'next', seq: 2, due: 300 },
        { ...runs, owner: 'b' },
        { ...runs, owner: 'b', machine: 'order@2' },
        { ...runs, owner: 'b', parked: true },
        { ...runs, owner: 'b', due: 400 },
        { ...runs, owner: 'b', pool: 'copy/b', slot: true },
        { ...runs, owner: 'b', pool: 'copy/b' },
        runs,
        { ...runs, axis: 'file', owner: null },
      ]
      for (const life of lives) {
        const row = timer(3, 1, 100, life)
        await write(store, { put: [row] })
        expect(await store.read((reader) => reader.workOf(1)[2])).toEqual(row)
      }
    })

    it('is removed by its number, and put after that', async () => {
      const again = timer(1, 1, 900)
      await write(store, { remove: [1, 2, 99], put: [again] })
      expect(await store.read((reader) => reader.workOf(1))).toEqual([again])
    })

    it.each<[string, WorkRow, RegExp]>([
      ['of no execution', timer(3, 9, 1), /execution 9|FOREIGN KEY/],
      ['of an unknown state', timer(3, 1, 1, { state: 'lost' as 'set' }), /state is "lost"/],
      ['as a timer that runs', timer(3, 1, 1, { state: 'running' }), /state is "running"/],
      ['of an unknown clock', timer(3, 1, 1, { axis: 'moon' as 'file' }), /axis is "moon"/],
      ['of an unknown kind', timer(3, 1, 1, { kind: 'wish' as 'task' }), /kind is "wish"/],
      ['due at no time', timer(3, 1, Number.NaN), /due is NaN/],
      ['that waits without a ticket', { ...waiter(3, 1, 1), ticket: null }, /a pool and a ticket/],
      ['that waits with a due time', { ...waiter(3, 1, 1), due: 5 }, /no due time/],
      ['with a slot of no pool', timer(3, 1, 1, { slot: true }), /slot of no pool/],
    ])('is refused %s', async (_name, row, message) => {
      await refused({ put: [row] }, 'STORE', message)
    })
  })

  describe('an idempotency key', () => {
    const key = { key: 'token', request: '{"a":1}', execution: 1 }
    beforeEach(() => write(store, { insert: [execution(1)], idempotency: [key] }))

    it('is found as it was written', async () => {
      expect(await store.read((reader) => reader.idempotency('token'))).toEqual(key)
    })

    it('is refused twice, and for no execution', async () => {
      await refused({ idempotency: [key] }, 'STORE', /idempotency/)
      await refused({ idempotency: [{ ...key, key: 'b', execution: 9 }] }, 'STORE', /9|FOREIGN/)
    })
  })

  describe('a catalog row', () => {
    const body = { Name: 'x', Tags: ['a'], Deep: { b: 1, c: 2 } }
    beforeEach(() => write(store, { catalog: [insertion('image', 'm-1', body)] }))
    const get = () => store.read((reader) => reader.catalogGet('image', 'm-1')?.body)

    it('is patched field by field, in the order of its fields', async () => {
      const patch = { op: 'patch', kind: 'image', key: 'm-1' } as const
      await write(store, {
        catalog: [{ ...patch, body: { Deep: { d: 3 }, Name: null, New: true } }],
      })
      const patched = { Name: null, Tags: ['a'], Deep: { d: 3 }, New: true }
      expect(JSON.stringify(await get())).toBe(JSON.stringify(patched))
    })

    it('is found by what it was patched to', async () => {
      const find = (Name: string) =>
        store.read((reader) => reader.catalogFind({ kind: 'image', where: { Name } }).length)
      expect([await find('x'), await find('y')]).toEqual([1, 0])
      await write(store, {
        catalog: [{ op: 'patch', kind: 'image', key: 'm-1', body: { Name: 'y' } }],
      })
      expect([await find('x'), await find('y')]).toEqual([0, 1])
    })

    it('is deleted; deleting what is not there is no error', async () => {
      const write1: CatalogWrite = { op: 'delete', kind: 'image', key: 'm-1' }
      await write(store, { catalog: [write1, write1] })
      expect(await get()).toBeUndefined()
    })

    it('may be deleted and inserted anew in one batch', async () => {
      await write(store, {
        catalog: [{ op: 'delete', kind: 'image', key: 'm-1' }, insertion('image', 'm-1', { A: 1 })],
      })
      expect(await get()).toEqual({ A: 1 })
    })

    it('is refused when the key is taken, and as a patch of nothing', async () => {
      await refused({ catalog: [insertion('image', 'm-1', {})] }, 'STORE', /image m-1 exists/)
      const patch = { op: 'patch', kind: 'image', key: 'm-2', body: {} } as const
      await refused({ catalog: [patch] }, 'STORE', /image m-2 does not exist/)
      await refused({ catalog: [insertion('no kind', 'x', {})] }, 'INVALID_INPUT', /no kind/)
    })

    it('does not change with the object that it was written from', async () => {
      const mine = { List: [1] }
      await write(store, { catalog: [insertion('image', 'm-2', mine)] })
      mine.List.push(2)
      const stored = await store.read((reader) => reader.catalogGet('image', 'm-2')?.body)
      expect(stored).toEqual({ List: [1] })
    })
  })

  describe('settings, counters and the clock', () => {
    it('are replaced', async () => {
      const clock = { mode: 'virtual', now: 5 } as const
      await write(store, { settings: { seed: '1', world: '{}' }, counters: { record: 4 } })
      await write(store, { settings: { seed: '2' }, counters: { record: 9, work: 1 }, clock })
      await store.read((reader) => {
        expect([reader.setting('seed'), reader.setting('world')]).toEqual(['2', '{}'])
        expect([reader.counter('record'), reader.counter('work')]).toEqual([9, 1])
        expect(reader.clock()).toEqual(clock)
      })
    })

    it('are seen at once by whoever read what stood there, in a decision too', async () => {
      const all = (reader: Reader) => [
        reader.setting('seed'),
        reader.setting('new'),
        reader.clock(),
      ]
      const clock = { mode: 'virtual', now: 1 } as const
      await write(store, { settings: { seed: '1' }, clock })
      expect(await store.read(all)).toEqual(['1', undefined, clock])
      const later = { mode: 'virtual', now: 2 } as const
      const seen = await Promise.all([
        store.transact((reader) => ({ batch: null, value: all(reader) })),
        write(store, { settings: { seed: '2', new: 'x' }, clock: later }),
        store.transact((reader) => ({ batch: null, value: all(reader) })),
      ])
      expect([seen[0], seen[2]]).toEqual([
        ['1', undefined, clock],
        ['2', 'x', later],
      ])
      expect(await store.read(all)).toEqual(['2', 'x', later])
    })

    it('are as before when what comes after them in the batch is refused', async () => {
      await write(store, { settings: { seed: '1' }, clock: { mode: 'virtual', now: 1 } })
      const parts = {
        settings: { seed: '2', new: 'x' },
        clock: { mode: 'virtual', now: 2 },
        catalog: [{ op: 'patch', kind: 'image', key: 'm-none', body: {} }],
      } as const
      await refused(parts, 'STORE', /m-none does not exist/)
      await store.read((reader) => {
        expect([reader.setting('seed'), reader.setting('new')]).toEqual(['1', undefined])
        expect(reader.clock()).toEqual({ mode: 'virtual', now: 1 })
      })
    })

    it('keep the newest changes of the clock, and let one grow', async () => {
      await write(store, { clockChanges: [jump(1, 10, 20), jump(2, 20, 30)] })
      await write(store, { clockChanges: [jump(2, 20, 40)] })
      const kept = (): Promise<readonly ClockChange[]> =>
        store.read((reader) => reader.clockChanges({ limit: 10 }))
      expect(await kept()).toEqual([jump(1, 10, 20), jump(2, 20, 40)])
      await write(store, { clockChanges: [jump(keptClockChanges + 1, 50, 60)] })
      expect((await kept()).map(({ n }) => n)).toEqual([2, keptClockChanges + 1])
      const wish = { ...jump(3, 1, 2), kind: 'wish' as 'jump' }
      await refused({ clockChanges: [wish] }, 'STORE', /kind is "wish"/)
    })

    it('are kept apart: no setting may be called clock', async () => {
      await refused({ settings: { clock: '{}' } }, 'INVALID_INPUT', /clock/)
      await write(store, { clock: { mode: 'virtual', now: 1 } })
      expect(await store.read((reader) => reader.setting('clock'))).toBeUndefined()
    })

    it('count in whole numbers', async () => {
      await refused({ counters: { tried: 0.5 } }, 'STORE', /counter "tried" is 0.5/)
    })
  })

  describe('forgetting an execution', () => {
    const parts = (n: number): Parts => ({
      insert: [execution(n)],
      records: [record(n * 10, n, 1)],
      put: [timer(n, n, 5)],
      idempotency: [{ key: `token-${n}`, request: '{}', execution: n }],
    })

    it('takes its records, work and keys with it and leaves the others alone', async () => {
      await write(store, parts(2))
      const before = await store.read(everything)
      await write(store, parts(1))
      await write(store, { forget: [1, 77] })
      expect(await store.read(everything)).toEqual(before)
      await store.read((reader) => {
        expect(reader.idempotency('token-1')).toBeUndefined()
        expect(reader.idempotency('token-2')).toBeDefined()
      })
    })

    it('comes last in a batch, after what the batch did to it', async () => {
      await write(store, parts(1))
      await write(store, { update: [ended(1)], records: [record(11, 1, 2)], forget: [1] })
      expect(await store.read((reader) => reader.stream(0, 9))).toEqual([])
      await write(store, parts(1))
    })
  })
}
