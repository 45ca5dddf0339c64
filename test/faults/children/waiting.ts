/** A process that starts something, lets virtual time pass, and then waits to be killed. */
import { fromPromise, raise, setup } from 'xstate'
import type { Simulate } from '../../../src/engine/simulate.js'
import { engineOnFile } from './engine-on.js'
import { told } from './told.js'

const second = 1_000

/** Three regions, each waiting for 30 s and some more in its own way. */
export const waiting = setup({
  types: {} as { events: { type: 'RING' } },
  actors: { long: fromPromise(async () => null) },
}).createMachine({
  id: 'waiting',
  type: 'parallel',
  states: {
    after: {
      initial: 'waits',
      states: { waits: { after: { [30 * second]: 'fired' } }, fired: {} },
    },
    raised: {
      initial: 'waits',
      states: {
        waits: {
          entry: raise({ type: 'RING' }, { delay: 31 * second, id: 'ring' }),
          on: { RING: 'fired' },
        },
        fired: {},
      },
    },
    task: {
      initial: 'waits',
      states: { waits: { invoke: { id: 'long', src: 'long', onDone: 'fired' } }, fired: {} },
    },
  },
})

/** The task is only a timer of 32 s. */
export const simulate: Simulate = () => ({ duration: 32 * second, outcome: { output: null } })

const [file] = process.argv.slice(2)
if (file !== undefined && process.send) {
  const engine = engineOnFile(file, { machines: [waiting], simulate })
  engine.run()
  told({
    start: () => engine.start(waiting),
    advance: ({ ms }) => engine.advance(ms as number),
  })
}
