import { beforeEach, describe, expect, it } from 'vitest'
import type { ClockState } from '../../src/core/clock.js'
import { BakelineError } from '../../src/core/errors.js'
import type { Decide, Store } from '../../src/core/ports.js'
import type { StoreOptions } from '../../src/store/options.js'
import { batch, execution, failure, record, write } from './rows.js'

const increment: Decide<number> = (reader) => {
  const n = reader.counter('x') + 1
  return { batch: batch({ counters: { x: n } }), value: n }
}

const boom: Decide<never> = () => {
  throw new TypeError('boom')
}

/** How decisions are taken up, together and apart. */
export function describeTransacting(open: (options?: StoreOptions) => Store): void {
  let store: Store
  beforeEach(() => {
    store = open()
  })
  const counter = (name = 'x') => store.read((reader) => reader.counter(name))

  describe('decisions of one turn', () => {
    it('each see what the earlier ones wrote', async () => {
      const values = await Promise.all([1, 2, 3, 4].map(() => store.transact(increment)))
      expect(values).toEqual([1, 2, 3, 4])
      expect(await counter()).toBe(4)
    })

    it('are not run by the call itself, and reads before them see nothing of them', async () => {
      const done = store.transact(increment)
      expect(await counter()).toBe(0)
      await done
    })

    it('reject alone when they throw, with their own error and nothing written', async () => {
      const error = new BakelineError('NOT_FOUND', 'no such execution')
      const refuse: Decide<never> = () => {
        throw error
      }
      const group = [increment, boom, increment, refuse, increment]
      const results = await Promise.allSettled(group.map((decide) => store.transact(decide)))
      expect(results.map(({ status }) => status === 'fulfilled')).toEqual([
        true,
        false,
        true,
        false,
        true,
      ])
      expect(results[1]).toMatchObject({ reason: new TypeError('boom') })
      expect(results[3]).toHaveProperty('reason', error)
      expect(await counter()).toBe(3)
    })

    it('reject alone when their batch cannot be written', async () => {
      const bad: Decide<string> = () => ({
        batch: batch({ counters: { bad: 1 }, records: [record(1, 99, 1)] }),
        value: 'written',
      })
      const group: Decide<unknown>[] = [increment, bad, increment, boom, bad, increment]
      const results = await Promise.allSettled(group.map((decide) => store.transact(decide)))
      expect(results.map((result) => ('value' in result ? result.value : result.reason))).toEqual([
        1,
        expect.objectContaining({ code: 'STORE' }),
        2,
        new TypeError('boom'),
        expect.objectContaining({ code: 'STORE' }),
        3,
      ])
      expect(await counter('bad')).toBe(0)
      expect(await counter()).toBe(3)
    })

    it('give the key to the first of two that both insert a live execution', async () => {
      const insert = (n: number) => write(store, { insert: [execution(n, { singletonKey: 'a' })] })
      const results = await Promise.allSettled([insert(1), insert(2)])
      expect(results[0]?.status).toBe('fulfilled')
      expect(results[1]).toMatchObject({ reason: { code: 'ALREADY_RUNNING' } })
    })

    it('may be more than one transaction takes', async () => {
      const values = await Promise.all(
        Array.from({ length: 2_500 }, () => store.transact(increment)),
      )
      expect(values.at(-1)).toBe(2_500)
    })

    it('may write nothing and still answer', async () => {
      expect(await store.transact(() => ({ batch: null, value: 'seen' }))).toBe('seen')
    })

    it('may ask for another decision, which has its turn later', async () => {
      let later: Promise<number> | undefined
      const first = await store.transact((reader) => {
        later = store.transact(increment)
        return increment(reader)
      })
      expect([first, await later]).toEqual([1, 2])
    })
  })

  describe('the generation', () => {
    const generation: Decide<number> = (reader) => ({ batch: null, value: reader.generation() })

    it('goes up by one with each batch, and not with a decision that writes nothing', async () => {
      const before = await store.transact(generation)
      const seen = await Promise.all([
        store.transact(increment),
        store.transact(generation),
        store.transact(increment),
        store.transact(generation),
      ])
      expect(seen).toEqual([1, before + 1, 2, before + 2])
    })

    it('goes up by more when a batch could not be written, whatever is written after it', async () => {
      const before = await store.transact(generation)
      const bad = batch({ records: [record(1, 99, 1)] })
      await failure(store.transact(() => ({ batch: bad, value: null })))
      expect(await store.transact(generation)).toBeGreaterThan(before + 1)
    })

    it('stays when a decision throws', async () => {
      const before = await store.transact(generation)
      await failure(store.transact(boom))
      expect(await store.transact(generation)).toBe(before)
    })
  })

  describe('an overloaded store', () => {
    it('refuses before anything is written, and takes more when there is room', async () => {
      store = open({ queueLimit: 3 })
      const results = await Promise.allSettled([1, 2, 3, 4, 5].map(() => store.transact(increment)))
      expect(results.map(({ status }) => status)).toEqual([
        'fulfilled',
        'fulfilled',
        'fulfilled',
        'rejected',
        'rejected',
      ])
      expect(results[3]).toMatchObject({ reason: { code: 'OVERLOADED' } })
      expect(await store.transact(increment)).toBe(4)
    })
  })

  describe('a closed store', () => {
    it('has done what was handed to it before', async () => {
      const done = store.transact(increment)
      await store.close()
      expect(await done).toBe(1)
    })

    it('refuses everything else, and being closed twice is no error', async () => {
      const closing = store.close()
      const closed = expect.objectContaining({ code: 'CLOSED' }) as object
      expect(await failure(store.transact(increment))).toEqual(closed)
      await Promise.all([closing, store.close()])
      expect(await failure(store.read(() => 1))).toEqual(closed)
      expect(() => store.foreignVersion()).toThrow(closed)
    })
  })

  describe('reading', () => {
    it('rejects with what the query throws, and goes on', async () => {
      const error = await failure(
        store.read(() => {
          throw new TypeError('boom')
        }),
      )
      expect(error).toEqual(new TypeError('boom'))
      expect(await counter()).toBe(0)
    })

    it('does not count as a foreign write, nor does writing itself', async () => {
      const before = store.foreignVersion()
      await store.transact(increment)
      expect(store.foreignVersion()).toBe(before)
    })
  })

  describe('the options', () => {
    it('fix the clock and the settings of a new store', async () => {
      const clock: ClockState = { mode: 'virtual', now: 77 }
      store = open({ clock, settings: { seed: '42' } })
      expect(await store.read((reader) => [reader.clock(), reader.setting('seed')])).toEqual([
        clock,
        '42',
      ])
    })

    it.each<[object, RegExp]>([
      [{ queuelimit: 5 }, /no option "queuelimit": did you mean "queueLimit"\?/],
      [{ speed: 9 }, /no option "speed": it takes .*queueLimit/],
      [{ queueLimit: 0 }, /"queueLimit" is 0; it must be a whole number from 1 to/],
      [{ settings: { clock: 'x' } }, /no setting may be called "clock"/],
    ])('%j are refused by name', (options, message) => {
      const refusal = { code: 'INVALID_INPUT', message: expect.stringMatching(message) as string }
      expect(() => open(options)).toThrow(expect.objectContaining(refusal))
    })
  })
}
