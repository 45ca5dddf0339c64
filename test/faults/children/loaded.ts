/**
 * A process under load, made to be killed: it keeps a number of executions alive and does whatever
 * is due in the file.
 */
import { appendFileSync, readFileSync } from 'node:fs'
import { busy, busyDefinition, simulateBusy } from './busy.js'
import { engineOnFile } from './engine-on.js'
import { markBatches } from './marker.js'
import { say } from './told.js'

/** Executions that live at once, of all lanes together. */
const crowd = 40

const [file = '', marker = '', keys = '', acknowledged = '', lane = ''] = process.argv.slice(2)
markBatches(marker)
process.on('disconnect', () => process.exit(1))

const engine = engineOnFile(file, {
  machines: [busyDefinition],
  simulate: simulateBusy,
  tasks: {
    write: async ({ key }) => {
      appendFileSync(keys, `${key}\n`)
      // What a kill right here does to it is the point of the whole.
      await new Promise((resolve) => setImmediate(resolve))
      return key
    },
  },
  leaseMs: 400,
  pollMs: 10,
})
engine.run()
say('ready')

// The next number is told by what was acknowledged: the one after may have been started too.
let next = readFileSync(acknowledged, 'utf8').split('\n').length - 1
for (;;) {
  const live = await engine.list({ live: true, limit: crowd })
  if (live.length < crowd) await begin(`${lane}/${next++}`)
  else await somethingEnds()
}
async function begin(idempotencyKey: string): Promise<void> {
  await engine.start(busy, { idempotencyKey })
  appendFileSync(acknowledged, `${idempotencyKey}\n`)
}

function somethingEnds(): Promise<void> {
  return new Promise((resolve) => {
    const stop = engine.subscribe(() => {
      stop()
      resolve()
    })
  })
}
