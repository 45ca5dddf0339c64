// What operations cost, as a file in git: a change that makes one dearer shows in its review.
//   npx tsx bench/operations.ts           measures, and prints what differs from the file
//   npx tsx bench/operations.ts --write   writes bench/operations.json anew
import { readFile, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { type Operation, operations } from './operations/list.js'
import { countStatements } from './operations/statements.js'
import { yardstick } from './operations/yardstick.js'
import { inRepository } from './places.js'
import { percentile } from './rounds.js'

export interface Cost {
  readonly what: string
  /** User time of the processor, in multiples of the yardstick's. */
  readonly cpu: number
  /** SQL statements; null where their number says nothing. */
  readonly statements: number | null
}

export type Costs = Readonly<Record<string, Cost>>

const path = inRepository('bench/operations.json')

/** What may differ between two runs of the same code. */
const noise = 0.25

export async function measureCosts(rounds: number, scale = 1): Promise<Costs> {
  const costs: Record<string, Cost> = {}
  for (const [name, operation] of Object.entries(operations)) {
    costs[name] = await costOf(operation, rounds, scale)
  }
  return costs
}

async function costOf(operation: Operation, rounds: number, scale: number): Promise<Cost> {
  const { what, counted, prepare } = operation
  const times = Math.max(1, Math.round(operation.times * scale))
  const ready = await prepare()
  try {
    await ready.run(times)
    const statements = counted ? await countStatements(() => ready.run(operation.times)) : null
    const ratios: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const mark = await userTime(async () => yardstick(Math.ceil(1_000 * scale)))
      const own = await userTime(() => ready.run(times))
      ratios.push(own / times / (mark / Math.ceil(1_000 * scale)))
    }
    return {
      what,
      // What others do on the machine only ever makes it dearer.
      cpu: Number(percentile(ratios, 25).toPrecision(2)),
      statements: statements === null ? null : Math.round(statements / operation.times),
    }
  } finally {
    await ready.close()
  }
}

/** Microseconds that the processor spent on this process's own code. */
async function userTime(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  return process.cpuUsage(before).user
}

/** One line for each cost that is not what it was. */
export function differences(before: Costs, now: Costs): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  return names.flatMap((name) => {
    const [old, own] = [before[name], now[name]]
    if (old === undefined) return `${name} is new: ${own?.cpu} yardsticks`
    if (own === undefined) return `${name} is gone`
    const change = own.cpu / old.cpu - 1
    const percent = `${change > 0 ? '+' : ''}${Math.round(change * 100)} %`
    const cpu = `${name}: cpu ${old.cpu} → ${own.cpu} (${percent})`
    const statements = `${name}: statements ${old.statements} → ${own.statements}`
    return [
      Math.abs(change) > noise ? cpu : null,
      old.statements === own.statements ? null : statements,
    ].filter((line) => line !== null)
  })
}

async function main(): Promise<void> {
  const now = await measureCosts(15)
  if (process.argv.includes('--write')) {
    await writeFile(path, `${JSON.stringify(now, null, 2)}\n`)
    return
  }
  const found = differences(JSON.parse(await readFile(path, 'utf8')) as Costs, now)
  for (const line of found) process.stdout.write(`${line}\n`)
  if (found.length === 0) process.stdout.write('every operation costs what it did\n')
}

if (process.argv[1] !== undefined && pathToFileURL(process.argv[1]).href === import.meta.url) {
  await main()
}
