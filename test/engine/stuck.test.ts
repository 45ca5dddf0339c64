import { assign, createMachine, fromPromise, setup } from 'xstate'
import { describe, expect, test, vi } from 'vitest'
import type { TaskPolicy } from '../../src/core/policy.js'
import type { Simulate } from '../../src/engine/simulate.js'
import { deferred, engineOn, errorOf } from '../helpers/engines.js'
import { fan } from '../helpers/machines.js'
import { breathe, ManualWall, monday } from '../helpers/manual-wall.js'
import { memoryPlace, overEachStore, virtual } from '../helpers/places.js'

const work = fromPromise<number, { name: string }>(async () => 1)

/** A step that throws as long as `broken.yes` says so: a mistake in the code, mended later. */
function fragile(broken: { yes: boolean }) {
  const careful = (): void => {
    if (broken.yes) throw new Error('bang')
  }
  return setup({
    types: {
      context: {} as { got: number | null; error: string | null },
      events: {} as { type: 'go' } | { type: 'poke' },
      input: {} as { name: string },
    },
    actors: { work },
  }).createMachine({
    id: 'fragile',
    context: { got: null, error: null },
    initial: 'working',
    states: {
      working: {
        on: { go: 'waiting' },
        invoke: {
          src: 'work',
          id: 'w',
          input: { name: 'x' },
          onDone: {
            target: 'done',
            actions: assign(({ event }) => {
              careful()
              return { got: event.output }
            }),
          },
          onError: {
            target: 'failed',
            actions: assign(({ event }) => {
              careful()
              return { error: (event.error as Error).message }
            }),
          },
        },
      },
      waiting: {
        after: {
          1_000: {
            target: 'done',
            actions: assign(() => {
              careful()
              return {}
            }),
          },
        },
      },
      done: { type: 'final' },
      failed: { type: 'final' },
    },
  })
}

const tenSeconds: Simulate = () => ({ duration: 10_000, outcome: { output: 7 } })

overEachStore((newPlace) => {
  const simulated = async (options: { simulate?: Simulate; policy?: TaskPolicy } = {}) => {
    const broken = { yes: true }
    const machine = fragile(broken)
    const machines = [{ machine, policies: { work: options.policy ?? {} } }] as const
    const place = newPlace({ clock: virtual })
    const engine = engineOn(place.open(), machines, { simulate: options.simulate ?? tenSeconds })
    const start = { input: { name: 'a' }, singletonKey: 'k' }
    const { id } = await engine.start(machine, start)
    return { broken, machine, engine, id }
  }

  describe('an execution whose step throws', () => {
    test('is stuck with its error, writes no step, and keeps its key', async () => {
      const { engine, id, machine } = await simulated()
      await engine.advance('1m')
      expect(await engine.get(id)).toMatchObject({
        value: 'working',
        outcome: null,
        seq: 1,
        stuck: {
          message: 'bang',
          event: 'xstate.done.actor.w',
          value: 'working',
          at: monday + 10_000,
        },
      })
      expect(await engine.list({ stuck: true })).toHaveLength(1)
      const again = engine.start(machine, { input: { name: 'a' }, singletonKey: 'k' })
      expect(await errorOf(again)).toMatchObject({ code: 'ALREADY_RUNNING' })
      expect(await errorOf(engine.send(id, { type: 'go' }))).toMatchObject({
        code: 'STUCK',
        message: `${id} is stuck: bang; mend the machine and call retry`,
      })
      expect(await engine.verify()).toEqual([])
    })

    test('is tried once: virtual time goes on, and other executions with it', async () => {
      const { engine, machine, broken } = await simulated()
      const other = await engine.start(machine, { input: { name: 'b' } })
      const twin = await engine.start(machine, { input: { name: 'c' } })
      await engine.send(other.id, { type: 'go' })
      expect(await engine.advance('5s')).toEqual({ now: monday + 5_000, done: 1, held: null })
      broken.yes = false
      const { done } = await engine.advance('1m')
      expect(done).toBe(2)
      expect(await engine.get(twin.id)).toMatchObject({ outcome: 'done' })
    })

    test('in a turn of its own making is not tried a thousand times', async () => {
      const broken = { yes: true }
      const throwing = vi.fn(() => {
        if (broken.yes) throw new Error('bang')
        return {}
      })
      const machine = createMachine({
        id: 'chain',
        initial: 'a',
        states: {
          a: { after: { 1_000: 'b' } },
          b: { after: { 0: { target: 'c', actions: assign(throwing) } } },
          c: { type: 'final' },
        },
      })
      const engine = engineOn(newPlace({ clock: virtual }).open(), [machine])
      const { id } = await engine.start(machine)
      await engine.advance('1s')
      // A compiled step that throws is taken once more by xstate itself.
      expect(throwing).toHaveBeenCalledTimes(2)
      expect(await engine.get(id)).toMatchObject({ value: 'b', stuck: { message: 'bang' } })
      broken.yes = false
      await engine.retry(id)
      await engine.advance(0)
      expect(await engine.get(id)).toMatchObject({ outcome: 'done' })
    })

    test('may be cancelled', async () => {
      const { engine, id } = await simulated()
      await engine.advance('1m')
      await engine.cancel(id)
      expect(await engine.get(id)).toMatchObject({ outcome: 'cancelled', stuck: null })
      expect(await engine.jump()).toBeNull()
    })
  })

  describe('an execution that goes round in a circle', () => {
    test('without any time passing is set aside, and no other waits for it', async () => {
      const round = createMachine({
        id: 'round',
        initial: 'a',
        states: { a: { after: { 0: 'b' } }, b: { after: { 0: 'a' } } },
      })
      const engine = engineOn(newPlace({ clock: virtual }).open(), [round])
      const one = await engine.start(round)
      const two = await engine.start(round)
      expect(await engine.advance('1s')).toMatchObject({ now: monday + 1_000, held: null })
      const why = 'more than 200 steps follow from each other at one instant: let time pass'
      for (const { id } of [one, two]) {
        expect(await engine.get(id)).toMatchObject({ stuck: { message: why, event: 'time' } })
        await engine.cancel(id)
      }
      expect(await engine.verify()).toEqual([])
    })

    test('in one step fails in that step', async () => {
      const circle = createMachine({
        id: 'circle',
        initial: 'a',
        states: { a: { on: { go: 'b' } }, b: { always: 'c' }, c: { always: 'b' } },
      })
      const engine = engineOn(newPlace().open(), [circle])
      const { id } = await engine.start(circle)
      expect(await errorOf(engine.send(id, { type: 'go' }))).toMatchObject({
        code: 'STEP_FAILED',
        message: expect.stringContaining('Infinite loop detected') as string,
      })
    })
  })

  describe('retry', () => {
    test('takes the step again, now', async () => {
      const { engine, id, broken } = await simulated()
      await engine.advance('1m')
      broken.yes = false
      await engine.retry(id)
      expect(await engine.get(id)).toMatchObject({ stuck: null })
      await engine.advance(0)
      expect(await engine.get(id)).toMatchObject({
        outcome: 'done',
        context: { got: 7 },
        endedAt: monday + 60_000,
      })
      expect(await engine.verify()).toEqual([])
    })

    test('that fails again sets it aside again', async () => {
      const { engine, id } = await simulated()
      await engine.advance('1m')
      await engine.retry(id)
      await engine.advance(0)
      expect(await engine.get(id)).toMatchObject({ stuck: { at: monday + 60_000 } })
    })

    test('of one that is not stuck, has ended or never was is refused', async () => {
      const { engine, id } = await simulated()
      expect(await errorOf(engine.retry(id))).toMatchObject({ code: 'NOT_STUCK' })
      await engine.cancel(id)
      expect(await errorOf(engine.retry(id))).toMatchObject({ code: 'NOT_LIVE' })
      expect(await errorOf(engine.retry('nobody'))).toMatchObject({ code: 'NOT_FOUND' })
    })
  })

  describe('what a stuck execution had under way', () => {
    test('ends meanwhile, and its end waits', async () => {
      const broken = { yes: true }
      const actors = { work }
      const machine = setup({ actors, types: { context: {} as { ends: number } } }).createMachine({
        id: 'two',
        context: { ends: 0 },
        invoke: [
          { src: 'work', id: 'short', input: { name: 's' } },
          { src: 'work', id: 'long', input: { name: 'l' } },
        ],
        on: {
          'xstate.done.actor.*': {
            actions: assign(({ context }) => {
              if (broken.yes) throw new Error('bang')
              return { ends: context.ends + 1 }
            }),
          },
        },
      })
      const policies = { work: { pool: () => ({ name: 'p', limit: 2 }) } }
      const simulate: Simulate = ({ task }) => ({
        duration: task === 'short' ? 1_000 : 5_000,
        outcome: { output: 1 },
      })
      const place = newPlace({ clock: virtual })
      const engine = engineOn(place.open(), [{ machine, policies }], { simulate })
      const { id } = await engine.start(machine)
      const slots = (): Promise<number> => engine.read((reader) => reader.slots('p'))
      await engine.advance('2s')
      expect(await engine.get(id)).toMatchObject({ stuck: { message: 'bang' } })
      expect(await slots()).toBe(1)
      await engine.advance('10s')
      expect(await slots()).toBe(0)
      broken.yes = false
      await engine.retry(id)
      await engine.advance(0)
      expect(await engine.get(id)).toMatchObject({ context: { ends: 2 } })
      expect(await engine.verify()).toEqual([])
    })

    test('gets its retries by the policy once it is freed', async () => {
      const policy: TaskPolicy = { attempts: 2, backoff: { first: '1s' } }
      const simulate: Simulate = ({ attempt }) => ({
        duration: 10_000,
        outcome: attempt === 1 ? { error: { name: 'Error', message: 'no' } } : { output: 8 },
      })
      let broken = true
      const retryable = (): boolean => {
        if (broken) throw new Error('policy bang')
        return true
      }
      const {
        engine,
        id,
        broken: step,
      } = await simulated({
        simulate,
        policy: { ...policy, retryable },
      })
      step.yes = false
      await engine.advance('1m')
      expect(await engine.get(id)).toMatchObject({
        stuck: { message: 'policy bang', event: 'task w' },
      })
      broken = false
      await engine.retry(id)
      await engine.advance('1m')
      expect(await engine.get(id)).toMatchObject({ context: { got: 8 } })
      expect((await engine.get(id))?.endedAt).toBe(monday + 60_000 + 1_000 + 10_000)
    })
  })

  describe('the result of a real function', () => {
    const real = async (outcome: 'result' | 'error', policy: TaskPolicy = {}) => {
      const broken = { yes: true }
      const machine = fragile(broken)
      const wall = new ManualWall()
      const calls = vi.fn(() => {
        if (outcome === 'error') throw new Error('no')
        return 42
      })
      const machines = [{ machine, policies: { work: policy } }] as const
      const engine = engineOn(newPlace().open(), machines, { tasks: { work: calls }, wall })
      const { id } = await engine.start(machine, { input: { name: 'a' } })
      return { broken, engine, id, wall, calls }
    }

    test('is not lost when its step throws', async () => {
      const { engine, id, broken, calls } = await real('result')
      await engine.settle()
      expect(await engine.get(id)).toMatchObject({ stuck: { message: 'bang' } })
      broken.yes = false
      await engine.retry(id)
      await engine.settle()
      expect(await engine.get(id)).toMatchObject({ context: { got: 42 } })
      expect(calls).toHaveBeenCalledTimes(1)
      expect(await engine.verify()).toEqual([])
    })

    test('nor its error, which has had its retries', async () => {
      const policy = { attempts: 2, backoff: { first: 0 } }
      const { engine, id, broken, calls } = await real('error', policy)
      await engine.settle()
      expect(await engine.get(id)).toMatchObject({ stuck: { message: 'bang' } })
      broken.yes = false
      await engine.retry(id)
      await engine.settle()
      expect(await engine.get(id)).toMatchObject({ context: { error: 'no' } })
      expect(calls).toHaveBeenCalledTimes(2)
    })

    test('is kept when it comes while the execution is stuck already', async () => {
      const broken = { yes: true }
      const machine = createMachine({
        id: 'pair',
        context: { got: null as unknown },
        invoke: {
          src: work,
          id: 'w',
          onDone: { actions: assign({ got: ({ event }) => event.output }) },
        },
        after: {
          1_000: {
            actions: assign(() => {
              if (broken.yes) throw new Error('bang')
              return {}
            }),
          },
        },
      })
      const wall = new ManualWall()
      const finish = deferred<number>()
      const name = 'xstate.invoke.0.pair'
      const tasks = { [name]: () => finish.promise } as never
      const engine = engineOn(newPlace().open(), [machine], { tasks, wall })
      const { id } = await engine.start(machine)
      engine.run()
      await wall.advance(1_000)
      expect(await engine.get(id)).toMatchObject({ stuck: { message: 'bang' } })
      finish.resolve(42)
      await breathe()
      expect(await engine.get(id)).toMatchObject({ context: { got: null } })
      broken.yes = false
      await engine.retry(id)
      await breathe()
      expect(await engine.get(id)).toMatchObject({ context: { got: 42 }, stuck: null })
      expect(await engine.verify()).toEqual([])
    })
  })

  describe('a machine that ends in xstate’s status error', () => {
    test('completes as failed: nobody handled the error of its task', async () => {
      const machine = setup({ actors: { work } }).createMachine({
        id: 'careless',
        invoke: { src: 'work', input: { name: 'x' } },
      })
      const simulate: Simulate = () => ({
        duration: 1,
        outcome: { error: { name: 'Gone', message: 'lost' } },
      })
      const place = newPlace({ clock: virtual })
      const engine = engineOn(place.open(), [machine], { simulate })
      const { id } = await engine.start(machine)
      await engine.advance(1)
      expect(await engine.get(id)).toMatchObject({
        outcome: 'failed',
        stuck: null,
        error: { name: 'Gone', message: 'lost' },
      })
    })
  })
})

describe('a circle', () => {
  test.each([1, 2_000])(
    'is not what a thousand tasks are that end at once, %d at a time',
    async (limit) => {
      const simulate: Simulate = () => ({ duration: 0, outcome: { output: 1 } })
      const policies = { measure: { pool: () => ({ name: 'p', limit }) } }
      const place = memoryPlace({ clock: virtual })
      const engine = engineOn(place.open(), [{ machine: fan, policies }], { simulate })
      const parts = Array.from({ length: 1_010 }, (_, n) => String(n))
      const { id } = await engine.start(fan, { input: { parts } })
      await engine.advance(0)
      expect(await engine.get(id)).toMatchObject({ outcome: 'done' })
    },
  )
})
