import { describe, expect, test } from 'vitest'
import type { TaskPolicy } from '../../src/core/policy.js'
import type { Engine } from '../../src/engine/engine.js'
import type { Simulate } from '../../src/engine/simulate.js'
import { engineOn } from '../helpers/engines.js'
import { fan, job } from '../helpers/machines.js'
import { monday } from '../helpers/manual-wall.js'
import { overEachStore, type Place, virtual } from '../helpers/places.js'

const error = { name: 'Error', message: 'no' }

/** Fails `fails` times; takes as long as the setting `ms` says, and is held without it. */
function settable(fails = 0, pause?: number): Simulate {
  return ({ attempt }, given) => {
    const ms = given.setting('ms')
    return {
      duration: ms === undefined || ms === '' ? null : Number(ms),
      outcome: attempt <= fails ? { error } : { output: attempt },
      ...(pause === undefined ? {} : { pause }),
    }
  }
}

const set = (engine: Engine, ms: string, ...ids: readonly string[]): Promise<void> =>
  engine.transact((tx) => {
    tx.set('ms', ms)
    for (const id of ids) tx.beginAnew(id)
  })

const end = (engine: Engine, id: string): Promise<void> => engine.transact((tx) => tx.endTasks(id))

async function jobOn(place: Place, simulate: Simulate, policy: TaskPolicy = {}) {
  const machines = [{ machine: job, policies: { measure: policy } }] as const
  const open = (): Engine => engineOn(place.open(), machines, { simulate })
  const engine = open()
  const { id } = await engine.start(job, { input: { name: 'abc' } })
  return { engine, id, open }
}

overEachStore((newPlace) => {
  describe('a simulated task without an end of its own', () => {
    test('is never due: time passes by, and a reopened file finds it as it was', async () => {
      const place = newPlace({ clock: virtual })
      const { engine, id, open } = await jobOn(place, settable())
      expect(await engine.jump()).toBeNull()
      expect(await engine.advance('400d')).toMatchObject({ done: 0, held: null })
      await engine.abandon()
      const other = open()
      expect(await other.get(id)).toMatchObject({ outcome: null, seq: 1 })
      expect(await other.verify()).toEqual([])
      await end(other, id)
      expect(await other.get(id)).toMatchObject({ outcome: 'done', output: { length: 1 } })
      expect(await other.verify()).toEqual([])
    })

    test('takes no slot, and leaves the others theirs', async () => {
      const machines = [
        { machine: fan, policies: { measure: { pool: () => ({ name: 'p', limit: 1 }) } } },
      ] as const
      const store = newPlace({ clock: virtual }).open()
      const engine = engineOn(store, machines, { simulate: settable() })
      const { id } = await engine.start(fan, { input: { parts: ['1', '2', '3'] } })
      expect(await store.read((reader) => reader.slots('p'))).toBe(0)
      await set(engine, '1000', id)
      expect(await store.read((reader) => reader.slots('p'))).toBe(1)
      await engine.advance('3s')
      expect(await engine.get(id)).toMatchObject({ outcome: 'done', endedAt: monday + 3_000 })
      expect(await engine.verify()).toEqual([])
    })

    test('gives back the slot that it has, and asks for none when all are taken', async () => {
      const machines = [
        { machine: job, policies: { measure: { pool: () => ({ name: 'p', limit: 1 }) } } },
      ] as const
      const store = newPlace({ clock: virtual }).open()
      const engine = engineOn(store, machines, { simulate: settable() })
      const start = async () => (await engine.start(job, { input: { name: 'abc' } })).id
      const look = () =>
        store.read((reader) => ({
          slots: reader.slots('p'),
          states: [1, 2].flatMap((n) => reader.workOf(n)).map(({ state }) => state),
        }))
      await set(engine, '1000')
      const first = await start()
      await set(engine, '')
      await start()
      expect(await look()).toEqual({ slots: 1, states: ['running', 'ready'] })
      await set(engine, '', first)
      expect(await look()).toEqual({ slots: 0, states: ['ready', 'ready'] })
    })

    test('counts toward no time-out', async () => {
      const policy = { timeout: { attempt: '1m', total: '2m' } }
      const { engine, id } = await jobOn(newPlace({ clock: virtual }), settable(), policy)
      await engine.advance('1h')
      await set(engine, '30000', id)
      await engine.advance('1h')
      expect(await engine.get(id)).toMatchObject({
        output: { length: 1 },
        endedAt: monday + 3_600_000 + 30_000,
      })
    })
  })

  describe('the tasks of an execution', () => {
    test('are ended in order until its status changes, failures and pauses included', async () => {
      const policy = { attempts: 3, backoff: { first: '1h' } }
      const { engine, id } = await jobOn(newPlace({ clock: virtual }), settable(2), policy)
      await end(engine, id)
      expect(await engine.get(id)).toMatchObject({ output: { length: 3 }, endedAt: monday })
      const kinds = (await engine.history(id)).map(({ kind, at }) => [kind, at])
      expect(kinds).toEqual([
        ['step', monday],
        ['attempt', monday],
        ['attempt', monday],
        ['step', monday],
      ])
      expect(await engine.verify()).toEqual([])
    })

    test('that run are ended early, and those that queue without a slot', async () => {
      const machines = [
        { machine: fan, policies: { measure: { pool: () => ({ name: 'p', limit: 2 }) } } },
      ] as const
      const store = newPlace({ clock: virtual }).open()
      const engine = engineOn(store, machines, {
        simulate: () => ({ duration: 60_000, outcome: { output: 1 } }),
      })
      const { id } = await engine.start(fan, { input: { parts: ['1', '2', '3', '4'] } })
      const twin = await engine.start(fan, { input: { parts: ['5'] } })
      await end(engine, id)
      expect(await engine.get(id)).toMatchObject({
        outcome: 'done',
        output: { ended: ['part.1', 'part.2', 'part.3', 'part.4'] },
      })
      expect(await engine.get(twin.id)).toMatchObject({ outcome: null })
      expect(await store.read((reader) => reader.slots('p'))).toBe(1)
      await engine.advance('1m')
      expect(await engine.get(twin.id)).toMatchObject({ outcome: 'done', endedAt: monday + 60_000 })
      expect(await engine.verify()).toEqual([])
    })

    test('of an execution that has ended are none', async () => {
      const { engine, id } = await jobOn(newPlace({ clock: virtual }), settable())
      await end(engine, id)
      const before = await engine.history(id)
      await end(engine, id)
      await set(engine, '5', id)
      expect(await engine.history(id)).toEqual(before)
    })
  })

  describe('a stuck execution', () => {
    test('that is retried is asked about what it holds', async () => {
      const place = newPlace({ clock: virtual })
      const broken = { yes: true }
      const measured = (): void => {
        if (broken.yes) throw new Error('bang')
      }
      const definition = {
        machine: fan,
        policies: { measure: {} },
        status: ({ context }: { readonly context: unknown }) => {
          const { ended } = context as { ended: readonly string[] }
          if (ended.length > 0) measured()
          return String(ended.length)
        },
      }
      const engine = engineOn(place.open(), [definition] as const, { simulate: settable() })
      const { id } = await engine.start(fan, { input: { parts: ['1', '2'] } })
      await end(engine, id)
      expect(await engine.get(id)).toMatchObject({ stuck: { message: 'bang' } })
      broken.yes = false
      await set(engine, '1000', id)
      await engine.advance('1h')
      expect(await engine.get(id)).toMatchObject({ outcome: null })
      await engine.retry(id)
      await engine.advance('1h')
      expect(await engine.get(id)).toMatchObject({ outcome: 'done' })
      expect(await engine.verify()).toEqual([])
    })
  })

  describe('attempts that are begun anew', () => {
    test('are the same attempts, as the simulator has them now', async () => {
      const { engine, id } = await jobOn(newPlace({ clock: virtual }), settable(1), { attempts: 2 })
      await set(engine, '60000', id)
      await engine.advance('50s')
      await set(engine, '', id)
      await engine.advance('1h')
      expect(await engine.get(id)).toMatchObject({ outcome: null, seq: 1 })
      await set(engine, '10000', id)
      await engine.advance('1h')
      expect(await engine.get(id)).toMatchObject({
        output: { length: 2 },
        endedAt: monday + 50_000 + 3_600_000 + 10_000 + 1_000 + 10_000,
      })
      expect(await engine.verify()).toEqual([])
    })

    test('do not wait for the rest of a pause when they have one of their own', async () => {
      const policy = { attempts: 2, backoff: { first: '1h' } }
      const place = newPlace({ clock: virtual })
      const slow = settable(1)
      const quick = settable(1, 0)
      let simulate = slow
      const { engine, id } = await jobOn(place, (facts, given) => simulate(facts, given), policy)
      await set(engine, '1000', id)
      await engine.advance('2s')
      expect((await engine.history(id)).map(({ kind }) => kind)).toEqual(['step', 'attempt'])
      simulate = quick
      await set(engine, '0', id)
      await engine.advance(0)
      expect(await engine.get(id)).toMatchObject({ output: { length: 2 }, endedAt: monday + 2_000 })
    })
  })
})
