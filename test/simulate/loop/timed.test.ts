import { assign, fromPromise, raise, setup } from 'xstate'
import { describe, expect, it } from 'vitest'
import { createEngine, memory } from '../../../src/index.js'
import { interpret } from '../../../src/core/interpreted.js'
import type { Json } from '../../../src/core/json.js'
import type { TaskPolicy } from '../../../src/core/policy.js'
import type { SimulatedAttempt } from '../../../src/engine/simulate.js'
import { compilePlan } from '../../../src/simulate/plan/compile.js'
import { defaultWorld } from '../../../src/imagebuilder/world/default.js'
import { Loop } from '../../../src/simulate/loop/loop.js'
import { LoopTasks } from '../../../src/simulate/loop/tasks.js'

const second = 1_000

/** Work with a time-out of its own, beside a beat that is set anew and a bell that may be cancelled. */
const worker = setup({
  types: {} as {
    context: { readonly n: number; readonly beats: number }
    input: { readonly n: number }
    events: { type: 'BEAT' } | { type: 'STOP' }
  },
  actors: { work: fromPromise<Json, { n: number }>(async () => null) },
}).createMachine({
  id: 'worker',
  version: '1',
  context: ({ input }) => ({ n: input.n, beats: 0 }),
  initial: 'working',
  entry: raise({ type: 'BEAT' }, { id: 'beat', delay: 7 * second }),
  on: {
    BEAT: {
      actions: [
        assign({ beats: ({ context }) => context.beats + 1 }),
        raise({ type: 'BEAT' }, { id: 'beat', delay: 7 * second }),
      ],
    },
    STOP: '.stopped',
  },
  states: {
    working: {
      after: { 40_000: 'late' },
      invoke: {
        id: 'work',
        src: 'work',
        input: ({ context }) => ({ n: context.n }),
        onDone: 'resting',
        onError: 'broken',
      },
    },
    resting: { after: { 3_000: 'done' } },
    late: { after: { 1_000: 'done' } },
    broken: { after: { 2_000: 'done' } },
    done: { type: 'final' },
    stopped: { type: 'final' },
  },
})

const policies: Readonly<Record<string, TaskPolicy>> = {
  work: {
    attempts: 3,
    backoff: { first: '2s', factor: 2 },
    timeout: { attempt: '20s', total: '45s' },
    pool: () => ({ name: 'hands', limit: 3 }),
  },
}

/** What the n-th execution's attempts come to: some take too long, some fail. */
function attemptOf(n: number, attempt: number): SimulatedAttempt {
  const duration = ((n * 7 + attempt * 5) % 6) * 5 * second
  const error = { name: 'E', message: 'x' }
  if (n === 5) return { duration: second, outcome: { error } }
  if ((n + attempt) % 3 === 0) return { duration, outcome: { error } }
  return { duration, outcome: { output: n % 2 === 0 ? null : { n } } }
}

type Told = readonly (readonly [state: string, at: number])[]

const starts = Array.from({ length: 12 }, (_, n) => n)
const stopAt = 31 * second

async function onEngine(): Promise<readonly Told[]> {
  const engine = await createEngine({
    store: memory({ clock: { mode: 'virtual', now: 0 } }),
    machines: [{ machine: worker, policies }],
    simulate: ({ input, attempt }) => attemptOf((input as { n: number }).n, attempt),
    worker: false,
  })
  const ids: string[] = []
  for (const n of starts) {
    await engine.advanceTo(n * second)
    ids.push((await engine.start(worker, { input: { n } })).id)
  }
  await engine.advanceTo(stopAt)
  await engine.send(ids[11] as string, { type: 'STOP' })
  await engine.advanceTo(3_600 * second)
  const told = await Promise.all(
    ids.map(async (id) =>
      (await engine.history(id)).flatMap(({ kind, at, body }) =>
        kind === 'step'
          ? [[JSON.stringify((JSON.parse(body) as { value: Json }).value), at] as const]
          : [],
      ),
    ),
  )
  await engine.close()
  return told
}

function onLoop(): readonly Told[] {
  const tasks = new LoopTasks({
    plan: compilePlan([]),
    policies,
    world: defaultWorld,
    seed: 1,
    templates: [],
  })
  const told: [string, number][][] = []
  const stepper = interpret(worker)
  const loop: Loop = new Loop(
    {
      // Every step is told of, also those that leave the state as it is.
      stepper,
      task: (effect, n) => ({ ...tasks.task(effect, n), attempt: (_, a) => attemptOf(n, a) }),
      status: (state) => `${JSON.stringify(state.value)} ${loop?.steps}`,
      observer: {
        status: (execution, _, status, at) => {
          const list = (told[loop.tag(execution)] ??= [])
          list.push([status.split(' ')[0] as string, at])
        },
      },
    },
    0,
  )
  const numbers = starts.map((n) => {
    loop.advance(n * second)
    return loop.start({ n }, n, n)
  })
  loop.advance(stopAt)
  expect(loop.send(numbers[11] as number, { type: 'STOP' })).toBe(true)
  loop.drain()
  expect(loop.live).toBe(0)
  expect(loop.next).toBe(Number.POSITIVE_INFINITY)
  return told
}

describe('timers, time-outs, retries and queues of the loop', () => {
  it('are those of the engine, step by step', async () => {
    const engine = await onEngine()
    expect(onLoop()).toEqual(engine)
    const states = new Set(engine.flat().map(([state]) => state))
    expect([...states].sort()).toEqual(
      ['broken', 'done', 'late', 'resting', 'stopped', 'working'].map((each) => `"${each}"`),
    )
  })
})
