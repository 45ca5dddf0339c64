/**
 * An order may be changed for half an hour and is charged then. XState alone forgets its timers when
 * the process stops, so whoever deploys within that half hour loses the charge.
 *
 * Here the process stops after twenty minutes, and the one that opens the file next goes on. The
 * clock is virtual, so that the half hour passes at once. Run: npx tsx examples/order.ts
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assign, fromPromise, setup } from 'xstate'
// In a project of your own: from 'bakeline'.
import { createEngine, sqlite, type TaskArguments } from '../src/index.js'

// An ordinary machine: nothing in it knows that it is durable.
const order = setup({
  types: {} as {
    context: { total: number; receipt: string }
    events: { type: 'ADD'; price: number }
  },
  actors: { charge: fromPromise<string, { total: number }>(async () => 'there is no bank here') },
}).createMachine({
  id: 'order',
  context: { total: 20, receipt: '' },
  initial: 'open',
  states: {
    open: {
      on: {
        ADD: { actions: assign({ total: ({ context, event }) => context.total + event.price }) },
      },
      after: { 1_800_000: 'charging' },
    },
    charging: {
      invoke: {
        src: 'charge',
        input: ({ context }) => ({ total: context.total }),
        onDone: { target: 'paid', actions: assign({ receipt: ({ event }) => event.output }) },
      },
    },
    paid: { type: 'final', tags: 'settled' },
  },
})

// The outside work. A crash may let it run again, but always with the same key: the bank books once.
const bank = new Map<string, string>()
async function charge({ input, key }: TaskArguments<{ total: number }>): Promise<string> {
  if (!bank.has(key)) console.log(`The bank books ${input.total}.`)
  bank.set(key, `receipt for ${input.total}`)
  return bank.get(key) ?? ''
}

const folder = mkdtempSync(join(tmpdir(), 'order-'))
const store = () => sqlite(join(folder, 'orders.db'), { clock: { mode: 'virtual', now: 0 } })
const open = () => createEngine({ store: store(), machines: [order], tasks: { charge } })

const before = await open()
const { id } = await before.start(order, { singletonKey: 'cart-7' })
await before.send(id, { type: 'ADD', price: 22 })
await before.advance('20m')
console.log(`After 20 minutes it is ${(await before.get(id))?.value}. The process stops.`)
await before.close()

const after = await open()
console.log(`The next process finds it ${(await after.get(id))?.value}.`)
await after.advance('10m')
const { value, context, endedAt } = await after.waitFor(id, { tag: 'settled' })
console.log(`It is ${value} after ${Number(endedAt) / 60_000} minutes: ${context.receipt}.`)
await after.close()
rmSync(folder, { recursive: true })
