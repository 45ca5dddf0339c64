import { fromPromise, setup } from 'xstate'

/** How many steps a workflow has, in every peer and in ours. */
export const steps = 12

const finalState = 'ended'

/**
 * Twelve tasks, one after the other: what every durable peer is given as twelve steps.
 *
 * @param ended runs after the commit of the last step
 */
export function twelveSteps(ended: () => void) {
  const names = Array.from({ length: steps }, (_, n) => `step${n + 1}`)
  const states = names.map((name, n) => [
    name,
    { invoke: { src: 'work', input: { n }, onDone: names[n + 1] ?? finalState } },
  ])
  return setup({
    actors: { work: fromPromise<number, { readonly n: number }>(async ({ input }) => input.n) },
    actions: { ended },
  }).createMachine({
    id: 'twelve',
    initial: 'step1',
    states: {
      ...Object.fromEntries(states),
      [finalState]: { type: 'final', entry: 'ended' },
    },
  })
}
