// Twelve asynchronous steps that do nothing, in DBOS on PostgreSQL.
// node dbos.mjs URL CONCURRENCY WORKFLOWS [normal]
import { DBOS } from '@dbos-inc/dbos-sdk'
import { addressOf, pool, steps, warmUp } from './work.mjs'

const [, , url, concurrencyText, workflowsText, durability] = process.argv
const [concurrency, workflows] = [Number(concurrencyText), Number(workflowsText)]

DBOS.setConfig({
  name: 'twelve',
  systemDatabaseUrl: addressOf(url, durability),
  systemDatabasePoolSize: Math.max(20, concurrency),
  logLevel: 'error',
})
async function twelveSteps() {
  for (let n = 0; n < steps; n += 1) await DBOS.runStep(async () => n, { name: `step-${n}` })
}
const twelve = DBOS.registerWorkflow(twelveSteps, { name: 'twelve' })
await DBOS.launch()

// Called as a function it is as durable as when it is started, and nobody polls for its end.
await pool(concurrency, warmUp, () => twelve())
const started = performance.now()
await pool(concurrency, workflows, () => twelve())
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000 }))
process.exit()
