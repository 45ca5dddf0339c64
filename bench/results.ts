import { readFile, writeFile } from 'node:fs/promises'
import { arch, cpus, loadavg, platform, totalmem } from 'node:os'
import { inRepository } from './places.js'
import type { Row } from './rows.js'
import { lineIds } from './table.js'

/** What a module measured, and where. */
export interface Measured {
  /** The day, UTC. */
  readonly at: string
  readonly machine: string
  /** How many processes wanted the processor in the minute before. */
  readonly load: number
  readonly rows: readonly Row[]
}

/** The newest measurement of each module: ratios of one module are of one run. */
export type Results = Readonly<Record<string, Measured>>

const resultsPath = inRepository('bench/results.json')

export async function readResults(): Promise<Results> {
  return JSON.parse(await readFile(resultsPath, 'utf8')) as Results
}

/** Puts new measurements in the place of older ones of the same modules. */
export async function keepResults(measured: Results): Promise<void> {
  const before = await readResults().catch(() => ({}))
  const all = Object.entries({ ...before, ...measured }).sort(([a], [b]) => (a < b ? -1 : 1))
  await writeFile(resultsPath, resultsText(Object.fromEntries(all)))
}

/** As the formatter leaves it: numbers to six digits, so that the file stays small. */
export function resultsText(results: Results): string {
  const short = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(6)) : value
  return `${JSON.stringify(results, short, 2)}\n`
}

/** The load of the minute before, with one digit behind the point. */
export function loadNow(): number {
  return Number((loadavg()[0] ?? 0).toFixed(1))
}

/** `2 × AMD EPYC, 23 GB, linux x64, Node 20.20.2` */
export function thisMachine(): string {
  const [first] = cpus()
  const gigabytes = Math.round(totalmem() / 1e9)
  const model = first?.model.replace(/\s+(Processor|CPU).*$/, '') ?? 'unknown'
  return `${cpus().length} × ${model}, ${gigabytes} GB, ${platform()} ${arch()}, Node ${process.versions.node}`
}

/** Every row that there is, in the order of the table. */
export function rowsInOrder(results: Results): readonly Row[] {
  const rows = Object.values(results).flatMap(({ rows }) => rows)
  return lineIds.flatMap((name) => rows.filter((row) => row.name === name))
}
