/** Small machines for the tests in which processes take over from one another. */
import { type AnyStateMachine, assign, fromPromise, setup } from 'xstate'
import type { Json } from '../../../src/core/json.js'

const task = fromPromise<Json>(async () => null)

/** One real task, and what it gave. */
const long = setup({
  types: {} as { context: { by: Json }; output: Json },
  actors: { work: task },
}).createMachine({
  id: 'long',
  context: { by: null },
  output: ({ context }) => context.by,
  initial: 'works',
  states: {
    works: {
      invoke: {
        id: 'work',
        src: 'work',
        onDone: { target: 'over', actions: assign({ by: ({ event }) => event.output }) },
      },
    },
    over: { type: 'final' },
  },
})

/** A timer, then a real task: in two versions. */
function order(version: string) {
  return setup({ actors: { work: task } }).createMachine({
    id: 'order',
    version,
    initial: 'waits',
    states: {
      waits: { after: { 10_000: 'works' } },
      works: { invoke: { id: 'work', src: 'work', onDone: 'rests' } },
      rests: { after: { 10_000: 'over' } },
      over: { type: 'final' },
    },
  })
}

/** Its second step throws for some inputs, unless the process has the mended one. */
function stumbling(mended: boolean) {
  return setup({
    types: {} as { context: { bad: boolean }; input: { bad: boolean } },
    actions: {
      stumble: assign(({ context }) => {
        if (context.bad && !mended) throw new Error('a stone on the way')
        return {}
      }),
    },
  }).createMachine({
    id: 'stumbling',
    context: ({ input }) => ({ bad: input.bad }),
    initial: 'first',
    states: {
      first: { after: { 1_000: { target: 'second', actions: 'stumble' } } },
      second: { after: { 1_000: 'third' } },
      third: { after: { 1_000: 'over' } },
      over: { type: 'final' },
    },
  })
}

/** By the words in which a child is told what it has. */
export const machines: Readonly<Record<string, AnyStateMachine>> = {
  long,
  order1: order('1'),
  order2: order('2'),
  stumbling: stumbling(false),
  mended: stumbling(true),
}
