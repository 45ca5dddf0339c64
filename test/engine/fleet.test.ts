import { createMachine, fromPromise, setup } from 'xstate'
import { describe, expect, test } from 'vitest'
import { createHash } from 'node:crypto'
import type { Engine } from '../../src/engine/engine.js'
import type { Simulate } from '../../src/engine/simulate.js'
import { engineOn } from '../helpers/engines.js'
import { monday } from '../helpers/manual-wall.js'
import { overEachStore, virtual } from '../helpers/places.js'

const work = fromPromise<number, object>(async () => 1)

/** Three tasks one after the other; the middle one needs a slot. */
const line = setup({ actors: { prepare: work, copy: work, release: work } }).createMachine({
  id: 'line',
  initial: 'prepare',
  states: {
    prepare: { invoke: { src: 'prepare', id: 'prepare', input: {}, onDone: 'copy' } },
    copy: {
      invoke: { src: 'copy', id: 'copy', input: {}, onDone: 'release' },
      after: { 3_600_000: 'late' },
    },
    release: { invoke: { src: 'release', id: 'release', input: {}, onDone: 'done' } },
    done: { type: 'final' },
    late: { type: 'final' },
  },
})

/** Seconds that a task of the n-th execution takes; no two take the same. */
function seconds(n: number, task: string): number {
  return 1 + createHash('sha256').update(`${n} ${task}`).digest().readUInt16BE() / 4_096
}

/** When each execution ends, in milliseconds, by hand: `limit` copies at a time, first come. */
function planned(count: number, limit: number): number[] {
  const ms = (n: number, task: string): number => Math.round(seconds(n, task) * 1_000)
  const arrivals = Array.from({ length: count }, (_, n) => ({ n, at: ms(n, 'prepare') }))
  arrivals.sort((a, b) => a.at - b.at || a.n - b.n)
  const free = Array.from({ length: limit }, () => 0)
  const ends: number[] = []
  for (const { n, at } of arrivals) {
    const slot = free.indexOf(Math.min(...free))
    const begin = Math.max(at, free[slot] ?? 0)
    free[slot] = begin + ms(n, 'copy')
    ends[n] = (free[slot] ?? 0) + ms(n, 'release')
  }
  return ends
}

const count = 60
const limit = 3

overEachStore((newPlace) => {
  describe('many executions at once', () => {
    test('in several processes take exactly the time that the plan gives', async () => {
      const place = newPlace({ clock: virtual })
      const simulate: Simulate = ({ singletonKey, task }) => ({
        duration: seconds(Number(singletonKey), task) * 1_000,
        outcome: { output: 1 },
      })
      const policies = { copy: { pool: () => ({ name: 'copy', limit }) } }
      const machines = [{ machine: line, policies }] as const
      const engines = [1, 2, 3].map(() => engineOn(place.open(), machines, { simulate }))
      const ids = await Promise.all(
        Array.from({ length: count }, async (_, n) => {
          const { id } = await engines[n % 3]!.start(line, { singletonKey: String(n) })
          return [n, id] as const
        }),
      )
      // Whoever comes moves the clock, all at the same time.
      await Promise.all(
        engines.map(async (engine, index) => {
          for (let step = 0; step < 40; step++) await engine.advance(`${7 + index}s`)
        }),
      )
      const plan = planned(count, limit)
      for (const [n, id] of ids) {
        const { outcome, endedAt, seq } = (await engines[0]!.get(id))!
        expect([n, outcome, endedAt]).toEqual([n, 'done', monday + plan[n]!])
        expect([4, 5]).toContain(seq)
      }
      expect(await engines[1]!.verify()).toEqual([])
    })
  })

  test('work and reads for one step do not grow with the number of live executions', async () => {
    const timer = createMachine({
      id: 'timer',
      initial: 'a',
      states: { a: { after: { 3_600_000: 'b' }, on: { go: 'b' } }, b: { type: 'final' } },
    })
    const store = newPlace({ clock: virtual }).open()
    let rows = 0
    const counted = {
      ...store,
      transact: (decide: Parameters<typeof store.transact>[0]) =>
        store.transact((reader) =>
          decide(
            new Proxy(reader, {
              get: (target, name) =>
                typeof target[name as 'due'] === 'function'
                  ? (...parameters: unknown[]) => {
                      const found = (target[name as 'due'] as (...p: unknown[]) => unknown)(
                        ...parameters,
                      )
                      rows += Array.isArray(found) ? found.length : 1
                      return found
                    }
                  : undefined,
            }),
          ),
        ),
    } as typeof store
    const engine: Engine = engineOn(counted, [timer])
    const cost = async (): Promise<number> => {
      const { id } = await engine.start(timer)
      rows = 0
      await engine.send(id, { type: 'go' } as never)
      return rows
    }
    const few = await cost()
    await Promise.all(Array.from({ length: 500 }, () => engine.start(timer)))
    expect(await cost()).toBe(few)
  })
})
