import { type AnyStateMachine, fromPromise, setup } from 'xstate'

/** Twelve steps of work one after the other, as every peer does them. */
export const stepsEach = 12

const nothing = fromPromise<null, { step: number }>(async () => null)
const names = Array.from({ length: stepsEach }, (_, index) => `step${index + 1}`)

/** Twelve tasks, each begun when the one before has ended. */
export const line = setup({
  types: { context: {} as { order: string }, input: {} as { order: string } },
  actors: { nothing },
}).createMachine({
  id: 'line',
  context: ({ input }) => ({ order: input.order }),
  initial: 'step1',
  states: {
    ...Object.fromEntries(
      names.map((name, index) => [
        name,
        {
          invoke: {
            src: 'nothing' as const,
            id: name,
            input: { step: index + 1 },
            onDone: names[index + 1] ?? 'done',
          },
        },
      ]),
    ),
    done: { type: 'final' },
  },
}) as AnyStateMachine

/** The same twelve steps, each taken when a caller sends an event. */
export const sent = setup({
  types: { context: {} as { order: string }, input: {} as { order: string } },
}).createMachine({
  id: 'sent',
  context: ({ input }) => ({ order: input.order }),
  initial: 'step1',
  states: {
    ...Object.fromEntries(
      names.map((name, index) => [name, { on: { next: names[index + 1] ?? 'done' } }]),
    ),
    done: { type: 'final' },
  },
}) as AnyStateMachine
