import { assign, setup, spawnChild } from 'xstate'
import { describe, expect, test, vi } from 'vitest'
import type { TaskPolicy } from '../../src/core/policy.js'
import type { Simulate, SimulatedAttempt } from '../../src/engine/simulate.js'
import { engineOn, errorOf } from '../helpers/engines.js'
import { fan, job, measure } from '../helpers/machines.js'
import { monday } from '../helpers/manual-wall.js'
import { overEachStore, type Place, virtual } from '../helpers/places.js'

const error = { name: 'Error', message: 'no' }

/** An attempt by its number: how long, and whether it fails. */
function planned(...attempts: readonly [ms: number, fails?: 'fails'][]): Simulate {
  return ({ attempt }): SimulatedAttempt => {
    const [duration, fails] = attempts[attempt - 1] ?? [1]
    return { duration, outcome: fails ? { error } : { output: attempt } }
  }
}

async function jobOn(place: Place, simulate: Simulate, policy: TaskPolicy = {}) {
  const machines = [{ machine: job, policies: { measure: policy } }] as const
  const engine = engineOn(place.open(), machines, { simulate })
  const { id } = await engine.start(job, { input: { name: 'abc' } })
  return { engine, id }
}

overEachStore((newPlace) => {
  describe('a simulated task', () => {
    test('is only a timer of the file: it ends after its duration, by whoever is there', async () => {
      const place = newPlace({ clock: virtual })
      const { engine, id } = await jobOn(place, planned([5_000]))
      await engine.abandon()
      const other = engineOn(place.open(), [job])
      expect(await other.jump()).toEqual({ now: monday + 5_000, done: 1, held: null })
      expect(await other.get(id)).toMatchObject({ output: { length: 1 }, endedAt: monday + 5_000 })
    })

    test('that takes no time costs many starts at once no more than a few decisions each', async () => {
      const store = newPlace({ clock: virtual }).open()
      let decisions = 0
      const counted: typeof store = {
        ...store,
        transact: (decide) =>
          store.transact((reader) => {
            decisions++
            return decide(reader)
          }),
      }
      const engine = engineOn(counted, [job], { simulate: planned([0]) })
      const start = () => engine.start(job, { input: { name: 'abc' } })
      await Promise.all(Array.from({ length: 200 }, start))
      // Each of the others once for each halving of those that wait, and not for each other one.
      expect(decisions).toBeLessThan(200 * 10)
      await engine.settle()
      expect(await engine.list({ live: true })).toEqual([])
    })

    test('is told everything that tells it apart', async () => {
      const simulate = vi.fn(planned([5]))
      const { id } = await jobOn(newPlace({ clock: virtual }), simulate)
      expect(simulate.mock.calls[0]?.[0]).toEqual({
        executionId: id,
        singletonKey: null,
        machine: 'job@1',
        task: 'measuring',
        src: 'measure',
        input: { name: 'abc' },
        attempt: 1,
        at: monday,
      })
    })

    test('is tried again after the policy’s pause, in the file’s time', async () => {
      const plan = planned([1_000, 'fails'], [2_000, 'fails'], [4_000])
      const policy = { attempts: 3, backoff: { first: '10s' } }
      const { engine, id } = await jobOn(newPlace({ clock: virtual }), plan, policy)
      while (await engine.jump());
      expect(await engine.get(id)).toMatchObject({
        output: { length: 3 },
        endedAt: monday + 1_000 + 10_000 + 2_000 + 20_000 + 4_000,
      })
      const attempts = (await engine.history(id)).filter(({ kind }) => kind === 'attempt')
      expect(attempts.map(({ at, body }) => [at - monday, JSON.parse(body)])).toEqual([
        [
          1_000,
          { task: 'measuring', attempt: 1, phase: 'failed', error, retryAt: monday + 11_000 },
        ],
        [
          13_000,
          { task: 'measuring', attempt: 2, phase: 'failed', error, retryAt: monday + 33_000 },
        ],
      ])
      expect(await engine.verify()).toEqual([])
    })

    test('that would take longer than its limits ends with the first that passes', async () => {
      const ends = async (policy: TaskPolicy): Promise<unknown> => {
        const { engine, id } = await jobOn(
          newPlace({ clock: virtual }),
          planned([9_000], [9_000]),
          policy,
        )
        while (await engine.jump());
        const { context, endedAt } = (await engine.get(id))!
        return [context.problem, (endedAt ?? 0) - monday]
      }
      expect(await ends({ timeout: { attempt: '8s' } })).toEqual([
        'measuring: the attempt took longer than 8000 ms',
        8_000,
      ])
      expect(await ends({ timeout: { attempt: '8s', total: '7s' } })).toEqual([
        'measuring: all attempts together took longer than 7000 ms',
        7_000,
      ])
      const twice = { attempts: 2, backoff: { first: '1s' } }
      expect(await ends({ ...twice, timeout: { attempt: '8s', total: '12s' } })).toEqual([
        'measuring: all attempts together took longer than 12000 ms',
        12_000,
      ])
      expect(await ends({ timeout: { attempt: '9s', total: '9s' } })).toEqual([null, 9_000])
    })

    test('may take no time at all: its end is due at once, in the same advance', async () => {
      const { engine, id } = await jobOn(newPlace({ clock: virtual }), planned([0]))
      await engine.advance(0)
      expect(await engine.get(id)).toMatchObject({ outcome: 'done', endedAt: monday })
    })

    test('with a duration that is none is refused where the task starts', async () => {
      for (const duration of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
        const started = jobOn(newPlace({ clock: virtual }), () => ({
          duration,
          outcome: { output: 1 },
        }))
        expect(await errorOf(started)).toMatchObject({
          code: 'INVALID_INPUT',
          message: `measuring is simulated to take ${duration} ms; it takes 0 to 400 d`,
        })
      }
    })

    test('becomes a real one from the attempt on that the plan leaves to a function', async () => {
      const plan: Simulate = (facts, reader) =>
        facts.attempt === 1 ? planned([1_000, 'fails'])(facts, reader) : null
      const policy = { attempts: 2, timeout: { total: '1h' } }
      const { engine, id } = await jobOn(newPlace({ clock: virtual }), plan, policy)
      while (await engine.jump());
      expect(await engine.get(id)).toMatchObject({
        output: { length: 3 },
        endedAt: monday + 2_000,
      })
    })

    test('becomes one, after a function failed, when the plan says so', async () => {
      const plan: Simulate = (facts, reader) =>
        facts.attempt === 1 ? null : planned([0], [5_000])(facts, reader)
      const policy = { attempts: 2, backoff: { first: 0 }, timeout: { total: '1h' } }
      const machines = [{ machine: job, policies: { measure: policy } }] as const
      const failing = vi.fn(() => Promise.reject(new Error('no')))
      const place = newPlace({ clock: virtual })
      const engine = engineOn(place.open(), machines, {
        simulate: plan,
        tasks: { measure: failing },
      })
      const { id } = await engine.start(job, { input: { name: 'abc' } })
      while (await engine.jump());
      expect(failing).toHaveBeenCalledTimes(1)
      expect(await engine.get(id)).toMatchObject({ output: { length: 2 }, endedAt: monday + 5_000 })
    })
  })

  describe('a task of an id that runs already', () => {
    test('takes its place: the end of the earlier one is dropped', async () => {
      const again = setup({
        types: {
          context: {} as { ends: number[] },
          events: {} as { type: 'again' } | { type: 'xstate.done.actor.w'; output: number },
        },
        actors: { measure },
      }).createMachine({
        id: 'again',
        context: { ends: [] },
        on: {
          again: { actions: spawnChild('measure', { id: 'w', input: { name: 'x' } }) },
          'xstate.done.actor.w': {
            actions: assign({ ends: ({ context, event }) => [...context.ends, event.output] }),
          },
        },
      })
      const simulate: Simulate = (_facts, reader) => ({
        duration: 5_000,
        outcome: { output: reader.counter('work') },
      })
      const engine = engineOn(newPlace({ clock: virtual }).open(), [again], { simulate })
      const { id } = await engine.start(again)
      await engine.send(id, { type: 'again' })
      await engine.advance(4_000)
      await engine.send(id, { type: 'again' })
      await engine.advance(10_000)
      expect((await engine.get(id))?.context.ends).toHaveLength(1)
      expect((await engine.get(id))?.updatedAt).toBe(monday + 9_000)
      expect(await engine.verify()).toEqual([])
    })
  })

  test('many tasks of one execution end each at its own time', async () => {
    const simulate: Simulate = ({ task }) => ({
      duration: Number(task.slice(5)) * 10 + 1,
      outcome: { output: 1 },
    })
    const parts = Array.from({ length: 600 }, (_, n) => String((n * 7) % 600))
    const engine = engineOn(newPlace({ clock: virtual }).open(), [fan], { simulate })
    const { id } = await engine.start(fan, { input: { parts } })
    expect(await engine.advance('1h')).toMatchObject({ done: 600, held: null })
    const { output } = (await engine.get(id))!
    expect(output?.ended).toEqual(
      parts
        .map(Number)
        .sort((a, b) => a - b)
        .map((n) => `part.${n}`),
    )
  })
})
