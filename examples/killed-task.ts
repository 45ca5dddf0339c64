/**
 * A task is outside work, and the process that does it can die half-way: the machine has not heard
 * of its end, and the world has seen a part of it. The engine cannot undo that part; it runs the task
 * again, under the same key, by which the outside world can tell the second try from a second order.
 *
 * Here a letter of two pages is sent. The process is killed after the first page, with SIGKILL, and
 * another one finishes. Run: npx tsx examples/killed-task.ts
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fromPromise, setup } from 'xstate'
// In a project of your own: from 'bakeline'.
import { createEngine, sqlite, type TaskArguments } from '../src/index.js'

const letter = setup({
  actors: { post: fromPromise<string, { to: string }>(async () => 'there is no post here') },
}).createMachine({
  id: 'letter',
  initial: 'posting',
  states: {
    posting: { invoke: { src: 'post', input: { to: 'Hangzhou' }, onDone: 'posted' } },
    posted: { type: 'final' },
  },
})

/** The real work: two pages, and the line is so slow at first that nobody could wait for it. */
async function post({ input, key, attempt }: TaskArguments<{ to: string }>): Promise<string> {
  page(1, key)
  await say(`Attempt ${attempt}: page 1 for ${input.to} is out.`)
  await setTimeout(attempt === 1 ? 3_600_000 : 0)
  page(2, key)
  await say(`Attempt ${attempt}: page 2 for ${input.to} is out.`)
  return 'sent'
}

function page(number: number, key: string): void {
  appendFileSync(join(folder, 'outside-world.txt'), `${key} page ${number}\n`)
}

/** Tells the process above, and waits until that is on its way. */
function say(line: string): Promise<unknown> {
  return new Promise((resolve) => process.send?.(line, resolve))
}

/** What each process does: start the letter, or find it started, and wait for its end. */
async function work(): Promise<void> {
  const engine = await createEngine({
    store: sqlite(join(folder, 'letters.db')),
    machines: [letter],
    tasks: { post },
    // So soon after the death of a process do the others take its tasks over.
    leaseMs: 500,
  })
  const { id } = await engine.start(letter, { idempotencyKey: 'letter-1' })
  const { value } = await engine.waitFor(id, { ended: true })
  await say(`The letter is ${value}.`)
  await engine.close()
  process.disconnect()
}

/** Runs a process, and kills it at its first word if it is to die. */
async function run(name: string, dies: boolean): Promise<void> {
  const child = fork(import.meta.filename, [folder])
  child.on('message', (line) => {
    console.log(`${name}: ${String(line)}`)
    if (dies) child.kill('SIGKILL')
  })
  const [[, signal]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')])
  console.log(`${name} is gone${signal === null ? '' : `, by ${signal}`}.`)
}

const given = process.argv[2]
const folder = given ?? mkdtempSync(join(tmpdir(), 'letter-'))
if (given === undefined) {
  await run('The first process', true)
  await run('The second process', false)
  const lines = readFileSync(join(folder, 'outside-world.txt'), 'utf8').trim().split('\n')
  const keys = new Set(lines.map((line) => line.split(' ')[0]))
  console.log(`The outside world saw ${lines.length} pages and ${keys.size} key.`)
  rmSync(folder, { recursive: true })
} else await work()
