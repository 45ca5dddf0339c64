import { beforeEach, describe, expect, it } from 'vitest'
import type {
  CatalogQuery,
  ClockChangeQuery,
  DueQuery,
  ExecutionFilter,
  ExecutionQuery,
  Store,
} from '../../src/core/ports.js'
import { ended, execution, insertion, jump, record, timer, waiter, write } from './rows.js'

/** What the reader answers, in which order and how much of it. */
export function describeReading(open: () => Store): void {
  let store: Store
  beforeEach(() => {
    store = open()
  })

  describe('an empty store', () => {
    it('has nothing, its counters stand at 0 and its clock is the system one', async () => {
      await store.read((reader) => {
        expect(reader.clock()).toEqual({ mode: 'system' })
        expect(reader.clockChanges({ limit: 10 })).toEqual([])
        expect(reader.newestClockChange()).toBeUndefined()
        expect(reader.counter('record')).toBe(0)
        expect(reader.setting('seed')).toBeUndefined()
        expect(reader.execution(1)).toBeUndefined()
        expect(reader.executionById('exec-1')).toBeUndefined()
        expect(reader.live('cart-7')).toBeUndefined()
        expect(reader.executions({ limit: 10 })).toEqual([])
        expect(reader.executionCount({})).toBe(0)
        expect(reader.idempotency('token')).toBeUndefined()
        expect(reader.records(1, 0, 10)).toEqual([])
        expect(reader.stream(0, 10)).toEqual([])
        expect(reader.workOf(1)).toEqual([])
        expect(reader.due({ axis: 'file', until: 9, limit: 10 })).toEqual([])
        expect(reader.slots('copy/b')).toBe(0)
        expect(reader.waiting('copy/b', 0, 10)).toEqual([])
        expect(reader.catalogGet('image', 'm-1')).toBeUndefined()
        expect(reader.catalogFind({ kind: 'image' })).toEqual([])
      })
    })
  })

  describe('changes of the clock', () => {
    const pace = { ...jump(3, 60, 60), kind: 'pace' as const, clock: 'scale=60' }
    const back = { ...jump(4, 70, 10), kind: 'back' as const }
    const changes = [jump(1, 10, 20), jump(2, 20, 50), pace, back]
    beforeEach(() => write(store, { clockChanges: changes }))

    const list = (query: Partial<ClockChangeQuery>): Promise<number[]> =>
      store.read((reader) => reader.clockChanges({ limit: 10, ...query }).map(({ n }) => n))

    it('are listed in order, page by page, and the newest is at hand', async () => {
      await store.read((reader) => {
        expect(reader.clockChanges({ limit: 10 })).toEqual(changes)
        expect(reader.newestClockChange()).toEqual(back)
      })
      expect(await list({ limit: 2 })).toEqual([1, 2])
      expect(await list({ after: 2, limit: 10 })).toEqual([3, 4])
    })

    it('are those that touch a span', async () => {
      expect(await list({ from: 30, to: 40 })).toEqual([2])
      expect(await list({ from: 50, to: 60 })).toEqual([2, 3])
      expect(await list({ from: 61 })).toEqual([4])
      expect(await list({ to: 9 })).toEqual([])
    })
  })

  describe('executions', () => {
    const rows = [
      ended(1, { singletonKey: 'a' }),
      execution(2, { machine: 'order@2' }),
      ended(3, { singletonKey: 'a', status: 'LOST', outcome: 'failed' }),
      execution(4, { stuck: '{"message":"boom"}' }),
      execution(5, { singletonKey: 'a' }),
      ended(6, { singletonKey: 'b', outcome: 'cancelled' }),
    ]
    beforeEach(() => write(store, { insert: rows }))

    const list = (query: Partial<ExecutionQuery>): Promise<number[]> =>
      store.read((reader) => reader.executions({ limit: 100, ...query }).map(({ n }) => n))

    it('are found by number, by id and by their live key, as they were written', async () => {
      await store.read((reader) => {
        expect(reader.execution(3)).toEqual(rows[2])
        expect(reader.executionById('exec-4')).toEqual(rows[3])
        expect(reader.live('a')).toEqual(rows[4])
        expect(reader.live('b')).toBeUndefined()
      })
    })

    it.each<[string, Partial<ExecutionQuery>, number[]]>([
      ['newest first', {}, [6, 5, 4, 3, 2, 1]],
      ['oldest first when asked', { oldestFirst: true }, [1, 2, 3, 4, 5, 6]],
      ['of one singleton key', { singletonKey: 'a' }, [5, 3, 1]],
      ['of one key that live', { singletonKey: 'a', live: true }, [5]],
      ['of one key that are over', { singletonKey: 'a', live: false }, [3, 1]],
      ['of one key that are stuck', { singletonKey: 'a', stuck: true }, []],
      ['that live', { live: true }, [5, 4, 2]],
      ['that live, oldest first', { live: true, oldestFirst: true }, [2, 4, 5]],
      ['that are over', { live: false }, [6, 3, 1]],
      ['that are stuck', { stuck: true }, [4]],
      ['that live and are not stuck', { live: true, stuck: false }, [5, 2]],
      ['of a machine', { machine: 'order@2' }, [2]],
      ['of some statuses', { statuses: ['LOST', 'OPEN'] }, [5, 4, 3, 2]],
      ['of no status at all', { statuses: [] }, []],
      ['as many as the limit', { limit: 2 }, [6, 5]],
      ['none for a limit of 0', { limit: 0 }, []],
      ['all of them', { limit: Number.MAX_SAFE_INTEGER }, [6, 5, 4, 3, 2, 1]],
      ['after a number, downwards', { after: 4 }, [3, 2, 1]],
      ['after a number, upwards', { after: 4, oldestFirst: true }, [5, 6]],
      ['after a number that is gone', { after: 100, limit: 1 }, [6]],
      ['page by page in a filter', { live: true, after: 5, limit: 1 }, [4]],
    ])('are listed %s', async (_name, query, expected) => {
      expect(await list(query)).toEqual(expected)
    })

    it.each<[string, ExecutionFilter]>([
      ['all of them', {}],
      ['those of one singleton key', { singletonKey: 'a' }],
      ['those of a key that none has', { singletonKey: 'c' }],
      ['those of one key and one status', { singletonKey: 'a', statuses: ['LOST'] }],
      ['those of one key that live', { singletonKey: 'a', live: true }],
      ['those that are over', { live: false }],
      ['those that are stuck', { stuck: true }],
      ['those of a machine', { machine: 'order@2' }],
      ['those of some statuses', { statuses: ['LOST', 'OPEN'] }],
      ['those of no status at all', { statuses: [] }],
    ])('are counted as they are listed: %s', async (_name, filter) => {
      const listed = await list(filter)
      expect(await store.read((reader) => reader.executionCount(filter))).toBe(listed.length)
    })

    it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
      'refuse the limit %s',
      async (limit) => {
        await expect(list({ limit })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      },
    )
  })

  describe('records', () => {
    const rows = [record(1, 1, 1), record(2, 2, 1), record(3, 1, 2), record(4, 1, 3)]
    beforeEach(() => write(store, { insert: [execution(1), execution(2)], records: rows }))

    it('of an execution come by seq, after one, up to the limit', async () => {
      await store.read((reader) => {
        expect(reader.records(1, 0, 10)).toEqual([rows[0], rows[2], rows[3]])
        expect(reader.records(1, 1, 1)).toEqual([rows[2]])
        expect(reader.records(1, 3, 10)).toEqual([])
        expect(reader.records(9, 0, 10)).toEqual([])
      })
    })

    it('of all executions come by their global number', async () => {
      await store.read((reader) => {
        expect(reader.stream(0, 10)).toEqual(rows)
        expect(reader.stream(1, 2)).toEqual([rows[1], rows[2]])
        expect(reader.stream(4, 10)).toEqual([])
      })
    })
  })

  describe('work', () => {
    const rows = [
      timer(1, 1, 300),
      timer(2, 1, 100),
      timer(3, 2, 300),
      timer(4, 2, 200, { parked: true }),
      timer(5, 2, 50, { kind: 'task', state: 'ready', axis: 'wall', owner: 'p1' }),
      timer(6, 2, 0, { kind: 'task', state: 'running', due: null, pool: 'copy/b', slot: true }),
      waiter(7, 1, 12),
      waiter(8, 1, 11),
      { ...waiter(9, 1, 10), parked: true },
      waiter(10, 1, 1, 'copy/c'),
    ]
    beforeEach(() => write(store, { insert: [execution(1), execution(2)], put: rows }))

    const due = (query: Partial<DueQuery>): Promise<number[]> =>
      store.read((reader) =>
        reader.due({ axis: 'file', until: 1_000, limit: 100, ...query }).map(({ n }) => n),
      )

    it('of an execution comes whole, by number, parked or not', async () => {
      await store.read((reader) => {
        expect(reader.workOf(2)).toEqual([rows[2], rows[3], rows[4], rows[5]])
        expect(reader.workOf(1).map(({ n }) => n)).toEqual([1, 2, 7, 8, 9, 10])
      })
    })

    it.each<[string, Partial<DueQuery>, number[]]>([
      ['by time and then by number', {}, [2, 1, 3]],
      ['on the wall clock', { axis: 'wall' }, [5]],
      ['up to a time and with it', { until: 100 }, [2]],
      ['not before its time', { until: 99 }, []],
      ['however late', { until: Number.POSITIVE_INFINITY }, [2, 1, 3]],
      ['up to the limit', { limit: 2 }, [2, 1]],
      ['none for a limit of 0', { limit: 0 }, []],
      ['after a row due at the same time', { after: { due: 300, n: 1 } }, [3]],
      ['after an earlier row', { after: { due: 100, n: 2 } }, [1, 3]],
      ['a page across two times', { after: { due: 100, n: 1 }, limit: 2 }, [2, 1]],
      ['nothing after the last', { after: { due: 300, n: 3 } }, []],
      ['nothing after what is later than asked', { after: { due: 300, n: 1 }, until: 200 }, []],
    ])('is due %s', async (_name, query, expected) => {
      expect(await due(query)).toEqual(expected)
    })

    it('that waits for a slot comes by ticket, unless it is parked', async () => {
      await store.read((reader) => {
        expect(reader.waiting('copy/b', 0, 10)).toEqual([rows[7], rows[6]])
        expect(reader.waiting('copy/b', 0, 1)).toEqual([rows[7]])
        expect(reader.waiting('copy/b', 11, 10)).toEqual([rows[6]])
        expect(reader.waiting('copy/d', 0, 10)).toEqual([])
      })
    })

    it('that holds a slot is counted by pool', async () => {
      await store.read((reader) => {
        expect(reader.slots('copy/b')).toBe(1)
        expect(reader.slots('copy/c')).toBe(0)
      })
    })
  })

  describe('catalog rows', () => {
    const image = (key: string, body: Record<string, string | number | boolean | null>) =>
      insertion('image', key, body)
    beforeEach(() =>
      write(store, {
        catalog: [
          image('m-3', { Region: 'a', ImageName: 'x', Size: 40, Public: true }),
          image('m-1', { Region: 'a', ImageName: 'y', Size: 20, Public: false }),
          image('m-2', { Region: 'b', ImageName: 'x', Size: 40.5, Public: null }),
          image('m-4', { Region: 'a', ImageName: '40', Size: 1 }),
          insertion('template', 'm-1', { Region: 'a', Name: "it's", Tags: ['t'] }),
        ],
      }),
    )

    const find = (query: Partial<CatalogQuery>): Promise<string[]> =>
      store.read((reader) => reader.catalogFind({ kind: 'image', ...query }).map(({ key }) => key))

    it('are found by kind and key', async () => {
      await store.read((reader) => {
        expect(reader.catalogGet('template', 'm-1')).toEqual({
          kind: 'template',
          key: 'm-1',
          body: { Region: 'a', Name: "it's", Tags: ['t'] },
        })
        expect(reader.catalogGet('template', 'm-2')).toBeUndefined()
      })
    })

    it.each<[string, Partial<CatalogQuery>, string[]]>([
      ['of a kind, by key', {}, ['m-1', 'm-2', 'm-3', 'm-4']],
      ['of another kind', { kind: 'template' }, ['m-1']],
      ['with a field of one value', { where: { Region: 'a' } }, ['m-1', 'm-3', 'm-4']],
      ['with two fields', { where: { Region: 'a', ImageName: 'x' } }, ['m-3']],
      ['with a number', { where: { Size: 40 } }, ['m-3']],
      ['with a fraction', { where: { Size: 40.5 } }, ['m-2']],
      ['with true', { where: { Public: true } }, ['m-3']],
      ['with false', { where: { Public: false } }, ['m-1']],
      ['with 1, which is not true', { where: { Size: 1 } }, ['m-4']],
      ['with 1 where true stands', { where: { Public: 1 } }, []],
      ['with a text that looks like a number', { where: { ImageName: '40' } }, ['m-4']],
      ['with a number where a text stands', { where: { ImageName: 40 } }, []],
      ['with a quote in it', { kind: 'template', where: { Name: "it's" } }, ['m-1']],
      ['with a text that looks like a list', { kind: 'template', where: { Tags: '["t"]' } }, []],
      ['with a field that none has', { where: { Nothing: 'x' } }, []],
      ['after a key', { after: 'm-2' }, ['m-3', 'm-4']],
      ['after a key in a filter', { where: { Region: 'a' }, after: 'm-1', limit: 1 }, ['m-3']],
      ['up to a limit', { limit: 2 }, ['m-1', 'm-2']],
      ['none for a limit of 0', { limit: 0 }, []],
    ])('are found %s', async (_name, query, expected) => {
      expect(await find(query)).toEqual(expected)
    })

    it('come in the order of code points, an emoji after U+FFFD', async () => {
      const keys = ['😀', '\u{fffd}', 'é', 'a', 'Z']
      await write(store, { catalog: keys.map((key) => insertion('word', key, {})) })
      expect(await find({ kind: 'word' })).toEqual(['Z', 'a', 'é', '\u{fffd}', '😀'])
      expect(await find({ kind: 'word', after: '\u{fffd}' })).toEqual(['😀'])
    })

    it.each<[string, Partial<CatalogQuery>]>([
      ['a field with a quote', { where: { "x') OR 1=1 --": 'x' } }],
      ['a field with a dot', { where: { 'Tags.Key': 'x' } }],
      ['a field that begins with a digit', { where: { '1st': 'x' } }],
      ['a kind that is no word', { kind: "image' --" }],
      ['a limit below 0', { limit: -1 }],
    ])('refuse %s', async (_name, query) => {
      await expect(find(query)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    })
  })
}
