// Twelve jobs that do nothing, each making the next, in pg-boss on PostgreSQL: it has no workflows.
// CONCURRENCY jobs are fetched at a time, and ended and followed up together, which is its fastest.
// node pg-boss.mjs URL CONCURRENCY WORKFLOWS [normal]
import { PgBoss } from 'pg-boss'
import { addressOf, steps, warmUp } from './work.mjs'

const [, , url, concurrencyText, workflowsText, durability, loopsText = '4'] = process.argv
const [concurrency, workflows, loops] = [concurrencyText, workflowsText, loopsText].map(Number)

const boss = new PgBoss({
  connectionString: addressOf(url, durability),
  supervise: false,
  schedule: false,
  max: loops + 2,
})
boss.on('error', (error) => {
  throw error
})
await boss.start()
const queue = 'step'
await boss.createQueue(queue)
const doNothing = async ({ data }) => data

async function run(count) {
  const first = Array.from({ length: count }, () => ({ data: { step: 1 } }))
  for (let at = 0; at < count; at += 500) await boss.insert(queue, first.slice(at, at + 500))
  let ended = 0
  const loop = async () => {
    while (ended < count) {
      const jobs = await boss.fetch(queue, { batchSize: concurrency })
      await Promise.all(jobs.map(doNothing))
      const next = jobs.filter(({ data }) => data.step < steps)
      if (next.length > 0) {
        await boss.insert(
          queue,
          next.map(({ data }) => ({ data: { step: data.step + 1 } })),
        )
      }
      if (jobs.length > 0) {
        await boss.complete(
          queue,
          jobs.map(({ id }) => id),
        )
      }
      ended += jobs.length - next.length
    }
  }
  await Promise.all(Array.from({ length: loops }, loop))
}

await run(warmUp)
const started = performance.now()
await run(workflows)
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000 }))
process.exit()
