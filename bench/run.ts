// npm run bench [-- --quick [--keep]] [--only NAME] [--peers]
import { parseArgs } from 'node:util'
import { measure, modules } from './measure.js'
import { printRows, verdict } from './print.js'
import { writeReport } from './report.js'
import { keepResults, loadNow, type Measured, thisMachine } from './results.js'
import type { Row } from './rows.js'
import { type LineId, table } from './table.js'

const usage = `npm run bench [-- OPTIONS]
  --quick        a minute or two, three rounds; prints, and keeps nothing
  --keep         keeps what --quick measured all the same
  --only NAME    one module (http) or the module of one line (http/normal)
  --peers        bring in the packages to measure against (npm ci in bench/peers)
Without --quick, bench/results.json and docs/performance.md are written anew.
`

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    only: { type: 'string' },
    peers: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

function modulesOf(only: string | undefined): readonly string[] {
  if (only === undefined) return modules
  const module = only in table ? table[only as LineId].module : only
  if (modules.includes(module)) return [module]
  process.stderr.write(`nothing is named ${only}: name one of ${modules.join(', ')}\n`)
  process.exit(2)
}

async function main(): Promise<void> {
  if (values.help) {
    process.stdout.write(usage)
    return
  }
  const flags = (['quick', 'smoke', 'peers'] as const)
    .filter((name) => values[name])
    .map((name) => `--${name}`)
  const machine = thisMachine()
  const measured: Record<string, Measured> = {}
  for (const module of modulesOf(values.only)) {
    const load = loadNow()
    const rows = await measure(module, flags)
    measured[module] = { at: new Date().toISOString().slice(0, 10), machine, load, rows }
    process.stdout.write(`\n── ${module}\n${printRows(rows)}`)
  }
  const rows = Object.values(measured).flatMap((each) => each.rows)
  process.stdout.write(`\n${summary(rows)}\n${machine}\n`)
  if ((values.quick || values.smoke) && !values.keep) return
  await keepResults(measured)
  await writeReport()
}

function summary(rows: readonly Row[]): string {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(verdict(row), (counts.get(verdict(row)) ?? 0) + 1)
  return [...counts].map(([name, count]) => `${name}: ${count}`).join(', ')
}

await main()
