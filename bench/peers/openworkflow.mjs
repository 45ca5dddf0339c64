// Twelve asynchronous steps that do nothing, in openworkflow on SQLite.
// node openworkflow.mjs FILE CONCURRENCY WORKFLOWS [normal]
import { OpenWorkflow } from 'openworkflow'
import { BackendSqlite } from 'openworkflow/sqlite'
import { steps, warmUp } from './work.mjs'

const [, , file, concurrencyText, workflowsText, durability] = process.argv
const [concurrency, workflows] = [Number(concurrencyText), Number(workflowsText)]

const backend = BackendSqlite.connect(file)
// As it comes, each of its commits waits for the disk.
if (durability === 'normal') backend.db.exec('PRAGMA synchronous = NORMAL')
const flow = new OpenWorkflow({ backend })
let ended = 0
const twelve = flow.defineWorkflow({ name: 'twelve' }, async ({ step }) => {
  for (let n = 0; n < steps; n += 1) await step.run({ name: `step-${n}` }, async () => n)
  ended += 1
})
const worker = flow.newWorker({ concurrency })
await worker.start()

async function run(count) {
  ended = 0
  const before = (await backend.countWorkflowRuns()).completed
  for (let n = 0; n < count; n += 1) await twelve.run()
  const pause = () => new Promise((resolve) => setTimeout(resolve, 2))
  const isDone = async () =>
    ended === count && (await backend.countWorkflowRuns()).completed === before + count
  while (!(await isDone())) await pause()
}

await run(warmUp)
const started = performance.now()
await run(workflows)
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000 }))
process.exit()
