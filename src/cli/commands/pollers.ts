import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { formatDuration } from '../../core/duration.js'
import { nearest } from '../../core/nearest.js'
import { commandReport } from '../../pollers/command.js'
import { type Met, type PollerReport, pollers as play } from '../../pollers/pollers.js'
import { knownPollers } from '../../simulate/pollers/known.js'
import type { Poller } from '../../simulate/pollers/poller.js'
import type { Flaw } from '../../simulate/pollers/verdict.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'
import { table } from '../render/table.js'

interface PollersOptions {
  readonly poller?: readonly string[]
  readonly command?: readonly string[]
  readonly scenarios?: string
}

const flaws: readonly Flaw[] = ['lies', 'hangs', 'double-starts']

/** `bakeline pollers [name...]` */
export async function pollers(
  context: Context,
  [names]: readonly [readonly string[]],
  { poller = [], command = [], scenarios }: PollersOptions,
): Promise<ExitCode> {
  const own = (await Promise.all(poller.map(pollersIn))).flat()
  const known = names.length > 0 ? names.map(knownPoller) : knownPollers
  // Who brings a poller wants to hear of that one, and of others only by name.
  const asked = own.length + command.length > 0 && names.length === 0 ? own : [...known, ...own]
  const { signal } = context.io
  const reports: PollerReport[] = []
  for (const each of asked) {
    if (!signal.aborted) reports.push(...(await play({ pollers: [each] })))
  }
  for (const line of command) {
    if (!signal.aborted) {
      reports.push(await commandReport({ command: line, env: context.io.env, signal }))
    }
  }
  if (scenarios !== undefined) await writeScenarios(scenarios, reports)
  if (context.options.json) for (const report of reports) context.json(report)
  else tell(context, reports, scenarios)
  const clean = own.length + command.length === 0 || brought(reports, own, command).every(isRight)
  return clean ? exitCodes.success : exitCodes.otherEnd
}

function brought(
  reports: readonly PollerReport[],
  own: readonly Poller[],
  command: readonly string[],
): readonly PollerReport[] {
  const names = new Set([...own.map(({ name }) => name), ...command])
  return reports.filter(({ name }) => names.has(name))
}

function isRight({ meetings }: PollerReport): boolean {
  return meetings.every(({ flaws: found }) => found.length === 0)
}

function knownPoller(name: string): Poller {
  const found = knownPollers.find((each) => each.name === name)
  if (found !== undefined) return found
  const names = knownPollers.map((each) => each.name)
  const close = nearest(name, names)
  const hint = close === undefined ? `there are: ${names.join('; ')}` : `did you mean "${close}"?`
  throw wrongInput(`there is no poller "${name}": ${hint}`)
}

/** The pollers that a JavaScript file exports. */
async function pollersIn(file: string): Promise<readonly Poller[]> {
  const exported = (await import(pathToFileURL(resolve(file)).href).catch((error: unknown) => {
    throw wrongInput(`${file} cannot be loaded: ${(error as Error).message}`)
  })) as Readonly<Record<string, unknown>>
  const found = Object.values(exported).filter(isPoller)
  if (found.length > 0) return found
  throw wrongInput(`${file} exports no poller: export { name, about, wait(service) }`)
}

function isPoller(value: unknown): value is Poller {
  if (typeof value !== 'object' || value === null) return false
  const { name, wait } = value as Partial<Poller>
  return typeof name === 'string' && typeof wait === 'function'
}

function tell(
  { say, paint, io }: Context,
  reports: readonly PollerReport[],
  scenarios: string | undefined,
): void {
  const count = (report: PollerReport, flaw: Flaw): string => {
    const n = report.meetings.filter((met) => met.flaws.includes(flaw)).length
    return n === 0 ? '' : String(n)
  }
  const right = ({ meetings }: PollerReport): string =>
    `${meetings.filter((met) => met.flaws.length === 0).length} of ${meetings.length}`
  const rows = reports.map((report) => [
    report.name,
    right(report),
    ...flaws.map((flaw) => count(report, flaw)),
  ])
  const heads = ['WAY OF WAITING', 'RIGHT', ...flaws.map((flaw) => flaw.toUpperCase())]
  io.stdout.write(table(heads, rows, paint))
  for (const report of reports) {
    say('')
    say(paint('bold', report.name))
    say(`  ${report.about}`)
    if (isRight(report)) say(`  ${paint('green', '✔')} right in every case`)
    for (const flaw of flaws) for (const line of linesOf(report.meetings, flaw)) say(`  ${line}`)
  }
  if (scenarios !== undefined) say(`\nEach case that went wrong is a scenario in ${scenarios}.`)
}

/** One line for each end that a flaw is about, with the first case that shows it. */
function linesOf(meetings: readonly Met[], flaw: Flaw): string[] {
  const byEnd = new Map<string, Met[]>()
  for (const met of meetings) {
    if (met.flaws.includes(flaw)) byEnd.set(met.end, [...(byEnd.get(met.end) ?? []), met])
  }
  return [...byEnd].map(([end, list]) => {
    const [first] = list as [Met]
    const cases = list.length === 1 ? '1 case' : `${list.length} cases`
    return `✘ ${flaw}  ${end}, ${cases}; ${first.case}: ${storyOf(first)}`
  })
}

function storyOf({ claim, error, saidAt, statusThen, end, endedAt, starts }: Met): string {
  const at = `+${formatDuration(saidAt)}`
  const ended = `${end} at +${formatDuration(endedAt)}`
  const twice = starts > 1 ? `; it started ${starts}` : ''
  if (claim === null) return `still waits at ${at}, it is ${ended}${twice}`
  const why = error === null ? '' : ` (${error})`
  return `says "${claim}"${why} at ${at} in ${statusThen}, it is ${ended}${twice}`
}

async function writeScenarios(folder: string, reports: readonly PollerReport[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { name, meetings } of reports) {
    for (const met of meetings.filter((each) => each.flaws.length > 0)) {
      const file = `${slug(name)}-${slug(met.case)}.yaml`
      await writeFile(join(folder, file), met.scenario)
    }
  }
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 80)
}
