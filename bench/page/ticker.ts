import { assign, setup } from 'xstate'
import { createEngine, type Engine, memory } from '../../src/index.js'

export const ticker = setup({
  types: {} as { context: { n: number }; events: { type: 'TICK' } },
  actions: { count: assign({ n: ({ context }) => context.n + 1 }) },
}).createMachine({
  id: 'ticker',
  context: { n: 0 },
  initial: 'even',
  states: {
    even: { on: { TICK: { target: 'odd', actions: 'count' } } },
    odd: { on: { TICK: { target: 'even', actions: 'count' } } },
  },
})

/** An execution of so many steps, in memory. */
export async function ticked(steps: number): Promise<{ engine: Engine; id: string }> {
  const engine = await createEngine({ store: memory(), machines: [ticker], worker: false })
  const { id } = await engine.start(ticker)
  for (let n = 1; n < steps; n++) await engine.send(id, { type: 'TICK' })
  return { engine, id }
}
