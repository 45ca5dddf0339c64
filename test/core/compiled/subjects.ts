import { type AnyStateMachine, assign, fromPromise, setup } from 'xstate'
import { executionMachine } from '../../../machines/execution.js'
import { imageMachine } from '../../../machines/image.js'
import type { EventData } from '../../../src/core/effects.js'
import type { Json } from '../../../src/core/json.js'
import {
  fan,
  job,
  reminder,
  trip,
  tripEvents,
  voyage,
  voyageEvents,
} from '../../helpers/machines.js'
import type { Chance } from './chance.js'
import { executionInput, imageInput } from './inputs.js'

/** A machine with what it may be given and sent. */
export interface Subject {
  readonly name: string
  readonly machine: AnyStateMachine
  readonly input: (chance: Chance) => Json
  readonly events: readonly EventData[]
}

/** The machine of examples/order.ts, which runs as it is loaded. */
const order = setup({
  types: {} as {
    context: { total: number; receipt: string }
    events: { type: 'ADD'; price: number }
  },
  actors: { charge: fromPromise<string, { total: number }>(async () => 'there is no bank here') },
}).createMachine({
  id: 'order',
  context: { total: 20, receipt: '' },
  initial: 'open',
  states: {
    open: {
      on: {
        ADD: { actions: assign({ total: ({ context, event }) => context.total + event.price }) },
      },
      after: { 1_800_000: 'charging' },
    },
    charging: {
      invoke: {
        src: 'charge',
        input: ({ context }) => ({ total: context.total }),
        onDone: { target: 'paid', actions: assign({ receipt: () => 'receipt' }) },
      },
    },
    paid: { type: 'final', tags: 'settled' },
  },
})

export const subjects: readonly Subject[] = [
  {
    name: 'execution',
    machine: executionMachine as unknown as AnyStateMachine,
    input: executionInput,
    events: named(['CANCEL', 'nonsense']),
  },
  {
    name: 'image',
    machine: imageMachine as unknown as AnyStateMachine,
    input: imageInput,
    events: named(['CANCEL', 'nonsense']),
  },
  {
    name: 'order',
    machine: order as unknown as AnyStateMachine,
    input: () => null,
    events: [{ type: 'ADD', price: 22 }, ...named(['nonsense'])],
  },
  {
    name: 'trip',
    machine: trip as unknown as AnyStateMachine,
    input: () => ({ slow: 2 }),
    events: named(tripEvents),
  },
  {
    name: 'voyage',
    machine: voyage as unknown as AnyStateMachine,
    input: () => ({ crew: 2 }),
    events: named(voyageEvents),
  },
  {
    name: 'fan',
    machine: fan as unknown as AnyStateMachine,
    input: () => ({ parts: ['a', 'b', 'c'] }),
    events: named(['drop']),
  },
  {
    name: 'job',
    machine: job as unknown as AnyStateMachine,
    input: () => ({ name: 'x' }),
    events: named(['rename', 'stop']),
  },
  {
    name: 'reminder',
    machine: reminder as unknown as AnyStateMachine,
    input: () => ({}),
    events: named(['snooze', 'ring', 'off']),
  },
]

function named(types: readonly string[]): EventData[] {
  return [...types, 'xstate.stop'].map((type) => ({ type, name: 'y', part: 'a' }))
}
