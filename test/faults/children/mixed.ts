/** Timers beside a real task: taking up the task must not make a timer late. */
import { fromPromise, setup } from 'xstate'
import type { Json } from '../../../src/core/json.js'
import type { MachineDefinition } from '../../../src/engine/definition.js'

const delays = [7_000, 11_000, 13_000, 17_000]

export const mixed = setup({
  actors: { write: fromPromise<Json>(async () => null) },
}).createMachine({
  id: 'mixed',
  type: 'parallel',
  states: {
    timers: {
      initial: 't0',
      states: {
        t0: { after: { 7_000: 't1' } },
        t1: { after: { 11_000: 't2' } },
        t2: { after: { 13_000: 't3' } },
        t3: { after: { 17_000: 't4' } },
        t4: { type: 'final' },
      },
    },
    writes: {
      initial: 'w0',
      states: {
        w0: { invoke: { id: 'write', src: 'write', onDone: 'w1' } },
        w1: { invoke: { id: 'write', src: 'write', onDone: 'w2' } },
        w2: { invoke: { id: 'write', src: 'write', onDone: 'w3' } },
        w3: { type: 'final' },
      },
    },
  },
})

export const mixedDefinition: MachineDefinition<typeof mixed> = { machine: mixed }

/** When its four timers fire, after the start. */
export const mixedTimes = delays.map((_, index) =>
  delays.slice(0, index + 1).reduce((total, delay) => total + delay, 0),
)
/** How often an execution writes. */
export const mixedWrites = 3
