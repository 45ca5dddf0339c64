import { assign, createMachine, fromPromise, setup } from 'xstate'
import { describe, expectTypeOf, test } from 'vitest'
import { buildEngine, type EnginePorts } from '../../src/engine/create.js'
import type { Engine } from '../../src/engine/engine.js'
import type {
  Condition,
  Execution,
  ExecutionId,
  SendableEvent,
  TaskArguments,
  TaskFunctions,
} from '../../src/engine/types.js'
import type { Store } from '../../src/core/ports.js'

interface Receipt {
  readonly receipt: string
}

const order = setup({
  types: {
    context: {} as { total: number; receipt: string | null },
    events: {} as { type: 'pay'; amount: number } | { type: 'cancel' },
    input: {} as { total: number },
    output: {} as { paid: boolean },
    tags: {} as 'open' | 'settled',
  },
  actors: {
    charge: fromPromise<Receipt, { amount: number }>(async () => ({ receipt: '' })),
    ship: fromPromise<null, { to: string }>(async () => null),
  },
}).createMachine({
  id: 'order',
  context: ({ input }) => ({ total: input.total, receipt: null }),
  initial: 'waiting',
  states: {
    waiting: { tags: ['open'], on: { pay: 'charging', cancel: 'over' } },
    charging: {
      invoke: {
        src: 'charge',
        input: ({ context }) => ({ amount: context.total }),
        onDone: {
          target: 'over',
          actions: assign({ receipt: ({ event }) => event.output.receipt }),
        },
      },
    },
    over: { tags: ['settled'], type: 'final' },
  },
  output: () => ({ paid: true }),
})
type Order = typeof order

const plain = createMachine({ id: 'plain' })

declare const store: Store
declare const ports: EnginePorts
declare const engine: Engine
declare const id: ExecutionId<Order>

describe('a start', () => {
  test('takes the machine’s input, or a function of the new id', () => {
    void engine.start(order, { input: { total: 5 } })
    void engine.start(order, { input: (id) => ({ total: id.length }) })
    // @ts-expect-error a total is a number
    void engine.start(order, { input: { total: '5' } })
    // @ts-expect-error there is no such field
    void engine.start(order, { input: { totl: 5 } })
    // @ts-expect-error a total is needed
    void engine.start(order)
    // @ts-expect-error a total is needed, whatever else is said
    void engine.start(order, { singletonKey: 'k' })
    void engine.start(plain)
    void engine.start(plain, { singletonKey: 'k' })
  })

  test('answers with an id that knows its machine', () => {
    expectTypeOf(engine.start(order, { input: { total: 5 } })).resolves.toEqualTypeOf<{
      readonly id: ExecutionId<Order>
      readonly created: boolean
    }>()
  })
})

describe('an event', () => {
  test('is one of the machine’s', () => {
    void engine.send(id, { type: 'pay', amount: 5 })
    void engine.send(id, { type: 'cancel' })
    // @ts-expect-error there is no such event
    void engine.send(id, { type: 'refund' })
    // @ts-expect-error an amount is missing
    void engine.send(id, { type: 'pay' })
    // @ts-expect-error an amount is a number
    void engine.send(id, { type: 'pay', amount: '5' })
    expectTypeOf<SendableEvent<Order>['type']>().toEqualTypeOf<'pay' | 'cancel'>()
  })

  test('of an id that is only text is any', () => {
    void engine.send('text', { type: 'whatever' })
  })

  test('answers with the execution of that machine', () => {
    expectTypeOf(engine.send(id, { type: 'cancel' })).resolves.toEqualTypeOf<Execution<Order>>()
  })
})

describe('an execution', () => {
  test('has the machine’s context, value and output', () => {
    expectTypeOf<Execution<Order>['context']>().toEqualTypeOf<{
      total: number
      receipt: string | null
    }>()
    expectTypeOf<Execution<Order>['value']>().toEqualTypeOf<'waiting' | 'charging' | 'over'>()
    expectTypeOf<Execution<Order>['output']>().toEqualTypeOf<{ paid: boolean } | null>()
    expectTypeOf(engine.get(id)).resolves.toEqualTypeOf<Execution<Order> | undefined>()
  })
})

describe('waiting', () => {
  test('is for a tag of the machine, a status, the end, or a question about it', () => {
    void engine.waitFor(id, { tag: 'settled' })
    void engine.waitFor(id, { status: 'anything' })
    void engine.waitFor(id, { ended: true })
    void engine.waitFor(id, ({ context }) => context.total > 5, { timeout: '5s' })
    // @ts-expect-error there is no such tag
    void engine.waitFor(id, { tag: 'settld' })
    // @ts-expect-error there is no such field in the context
    void engine.waitFor(id, ({ context }) => context.sum > 5)
    expectTypeOf<Extract<Condition<Order>, { tag: unknown }>['tag']>().toEqualTypeOf<
      'open' | 'settled'
    >()
  })
})

describe('tasks', () => {
  test('are named as in setup, and know their inputs and outputs', () => {
    buildEngine(
      {
        store,
        machines: [order],
        tasks: {
          charge({ input, key, attempt, signal }) {
            expectTypeOf(input).toEqualTypeOf<{ amount: number }>()
            expectTypeOf(key).toEqualTypeOf<string>()
            expectTypeOf(attempt).toEqualTypeOf<number>()
            expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
            return { receipt: key }
          },
        },
      },
      ports,
    )
    expectTypeOf<keyof TaskFunctions<Order>>().toEqualTypeOf<'charge' | 'ship'>()
    expectTypeOf<NonNullable<TaskFunctions<Order>['ship']>>()
      .parameter(0)
      .toEqualTypeOf<TaskArguments<{ to: string }>>()
  })

  test('with another name or output are errors', () => {
    // @ts-expect-error there is no such task
    buildEngine({ store, machines: [order], tasks: { chrge: () => ({ receipt: '' }) } }, ports)
    // @ts-expect-error a receipt is text
    buildEngine({ store, machines: [order], tasks: { charge: () => ({ receipt: 5 }) } }, ports)
    const wants = ({ input }: TaskArguments<{ sum: number }>): Receipt => ({
      receipt: `${input.sum}`,
    })
    // @ts-expect-error the machine gives another input
    buildEngine({ store, machines: [order], tasks: { charge: wants } }, ports)
  })

  test('may stand with policies, beside other machines', () => {
    buildEngine(
      {
        store,
        machines: [{ machine: order, policies: { charge: { attempts: 3 } } }, plain],
        tasks: { ship: () => null },
      },
      ports,
    )
  })
})
