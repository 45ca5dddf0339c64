/** Executions whose lead time follows from their input, and a count of the steps that were taken. */
import { assign, fromPromise, setup } from 'xstate'
import type { Json } from '../../../src/core/json.js'
import type { MachineDefinition } from '../../../src/engine/definition.js'
import type { Simulate } from '../../../src/engine/simulate.js'

/** Durations in milliseconds of the file's time. */
export interface LeadInput {
  readonly pause: number
  readonly first: number
  readonly timer: number
  readonly second: number
  /** A task with a pool, `pooled`; null for one without. */
  readonly pool: string | null
}

export const poolLimit = 3
/** After the failure of the first attempt of `first`. */
export const backoff = 1_000

/** How often this process has computed a step, committed or not. */
export const computed = { steps: 0 }

const task = fromPromise<Json, Json>(async () => null)
const ended = { type: 'final' } as const
const inputOf = ({ context }: { context: LeadInput }): Json => ({ ...context })

export const lead = setup({
  types: {} as { context: LeadInput; input: LeadInput; events: { type: 'never' } },
  actors: { first: task, second: task },
  delays: { pause: ({ context }) => context.pause, timer: ({ context }) => context.timer },
  actions: {
    count: assign(() => {
      computed.steps++
      return {}
    }),
  },
}).createMachine({
  id: 'lead',
  context: ({ input }) => input,
  entry: 'count',
  initial: 'pause',
  states: {
    pause: { after: { pause: { target: 'first', actions: 'count' } } },
    first: {
      invoke: {
        id: 'first',
        src: 'first',
        input: inputOf,
        onDone: { target: 'both', actions: 'count' },
      },
    },
    both: {
      type: 'parallel',
      states: {
        timer: {
          initial: 'on',
          states: { on: { after: { timer: { target: 'off', actions: 'count' } } }, off: ended },
        },
        second: {
          initial: 'on',
          states: {
            on: {
              invoke: {
                id: 'second',
                src: 'second',
                input: inputOf,
                onDone: { target: 'off', actions: 'count' },
              },
            },
            off: ended,
          },
        },
      },
      onDone: 'over',
    },
    over: ended,
  },
})

/** The steps of one execution: its start, two timers, two tasks. */
export const leadSteps = 5

export const leadDefinition: MachineDefinition<typeof lead> = {
  machine: lead,
  policies: {
    first: { attempts: 2, backoff: { first: backoff } },
    second: {
      pool: (input) => {
        const { pool } = input as unknown as LeadInput
        return pool === null ? null : { name: pool, limit: poolLimit }
      },
    },
  },
}

/** The first attempt of `first` fails, at its full length. */
export const simulateLead: Simulate = ({ src, input, attempt }) => {
  const { first, second } = input as unknown as LeadInput
  if (src === 'second') return { duration: second, outcome: { output: null } }
  const error = { name: 'Error', message: 'the first attempt fails' }
  return { duration: first, outcome: attempt === 1 ? { error } : { output: null } }
}

/** The lead time when nobody waits for a slot. */
export function leadTime({ pause, first, timer, second }: LeadInput): number {
  return pause + 2 * first + backoff + Math.max(timer, second)
}
