/** The load of the test that kills: timers, retries, parallel tasks, a pool, and a real task. */
import { assign, fromPromise, raise, setup } from 'xstate'
import type { Json } from '../../../src/core/json.js'
import type { MachineDefinition } from '../../../src/engine/definition.js'
import type { Simulate } from '../../../src/engine/simulate.js'

const task = fromPromise<Json>(async () => null)
const ended = { type: 'final' } as const

export const busy = setup({
  types: {} as { context: { round: number; keys: string[] }; events: { type: 'TICK' } },
  actors: { flaky: task, pooled: task, write: task },
  guards: { oneMore: ({ context }) => context.round < 2 },
  actions: {
    count: assign({ round: ({ context }) => context.round + 1 }),
    keep: assign({
      keys: ({ context }, { key }: { key: string }) => [...context.keys, key],
    }),
  },
}).createMachine({
  id: 'busy',
  context: { round: 0, keys: [] },
  output: ({ context }) => context.keys,
  initial: 'pause',
  states: {
    pause: { after: { 400: 'work' } },
    work: {
      type: 'parallel',
      states: {
        flaky: {
          initial: 'on',
          states: { on: { invoke: { id: 'flaky', src: 'flaky', onDone: 'off' } }, off: ended },
        },
        pooled: {
          initial: 'on',
          states: { on: { invoke: { id: 'pooled', src: 'pooled', onDone: 'off' } }, off: ended },
        },
        write: {
          initial: 'on',
          states: {
            on: {
              invoke: {
                id: 'write',
                src: 'write',
                onDone: {
                  target: 'off',
                  actions: {
                    type: 'keep',
                    params: ({ event }) => ({ key: event.output as string }),
                  },
                },
              },
            },
            off: ended,
          },
        },
      },
      onDone: 'rest',
    },
    rest: {
      entry: ['count', raise({ type: 'TICK' }, { delay: 300, id: 'tick' })],
      on: { TICK: [{ guard: 'oneMore', target: 'pause' }, { target: 'over' }] },
    },
    over: ended,
  },
})

/** How often each event steps an execution from its start to its end. */
export const busySteps: Readonly<Record<string, number>> = {
  'xstate.init': 1,
  'xstate.after.400.busy.pause': 2,
  'xstate.done.actor.flaky': 2,
  'xstate.done.actor.pooled': 2,
  'xstate.done.actor.write': 2,
  TICK: 2,
}

/** Failed attempts of an execution: two for each of its two flaky tasks. */
export const busyFailures = 4

export const poolLimit = 8

export const busyDefinition: MachineDefinition<typeof busy> = {
  machine: busy,
  policies: {
    flaky: { attempts: 3, backoff: { first: 40, factor: 2 } },
    pooled: { pool: () => ({ name: 'slots', limit: poolLimit }) },
  },
}

/** The third attempt of what is flaky succeeds; what writes is a real function. */
export const simulateBusy: Simulate = ({ src, attempt }) => {
  if (src === 'write') return null
  if (src === 'pooled') return { duration: 30, outcome: { output: null } }
  const error = { name: 'Error', message: `attempt ${attempt} fails` }
  return { duration: 50, outcome: attempt < 3 ? { error } : { output: null } }
}
