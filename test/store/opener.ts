/**
 * A process of the test `processes.test.ts`: on each message it opens the file that the message
 * names and counts up in it, then tells the numbers that it got.
 */
import { sqlite } from '../../src/store/sqlite/sqlite.js'
import { batch } from '../contract/rows.js'

interface Order {
  readonly path: string
  readonly times: number
}

async function countUp({ path, times }: Order): Promise<number[]> {
  const store = sqlite(path, { busyTimeout: 30_000 })
  const numbers: number[] = []
  for (let index = 0; index < times; index++) {
    numbers.push(
      await store.transact((reader) => {
        const n = reader.counter('x') + 1
        return { batch: batch({ counters: { x: n } }), value: n }
      }),
    )
  }
  await store.close()
  return numbers
}

process.on('message', (order: Order) => {
  countUp(order).then(
    (numbers) => process.send?.({ numbers }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.send?.('ready')
