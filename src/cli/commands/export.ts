import { writeFile } from 'node:fs/promises'
import type { ExecutionRow } from '../../core/ports.js'
import { machineJson } from '../../engine/machine-json.js'
import { stepsOf } from '../../imagebuilder/steps.js'
import { type Exported, exportedPage } from '../../page/export.js'
import { packageVersion } from '../../version.js'
import type { Context } from '../context.js'
import { CliError, type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'
import { findExecution } from '../find.js'
import { withFile } from '../open.js'

interface Options {
  readonly from?: string
  readonly out?: string
}

/** So many changes of the clock are told; nobody could read more of them on one axis. */
const mostChanges = 1_000

type Facts = Pick<Exported, 'data' | 'machine' | 'clock' | 'now'>

/** `bakeline export <execution>` */
export async function exportCommand(
  context: Context,
  [id]: readonly [string],
  { from, out = `${id}.html` }: Options,
): Promise<ExitCode> {
  const facts = from === undefined ? await fromFile(context, id) : await fromServer(from, id)
  const html = await exportedPage({ ...facts, name: id, version: packageVersion() })
  if (html === null) {
    throw wrongInput('the page is not built here: npm run build makes it')
  }
  if (out === '-') {
    context.io.stdout.write(html)
    return exitCodes.success
  }
  await write(out, html)
  const bytes = Buffer.byteLength(html)
  if (context.options.json) context.json({ file: out, bytes })
  else context.note(`${out}: ${Math.ceil(bytes / 1_000)} kB, opens in any browser, from disk`)
  return exitCodes.success
}

function fromFile(context: Context, id: string): Promise<Facts> {
  return withFile(context, {}, async (builder) => {
    const { engine } = builder
    await findExecution(builder, id, context)
    const row = await engine.read((reader) => reader.executionById(id))
    const definition = engine.definition(row?.machine ?? '')
    const machine = definition === undefined ? null : machineJson(definition.machine)
    const clock = await engine.read((reader) =>
      reader.clockChanges({ ...(row && spanOf(row)), limit: mostChanges }),
    )
    return { data: await stepsOf(engine, id), machine, clock, now: (await engine.clock()).now }
  })
}

async function fromServer(from: string, id: string): Promise<Facts> {
  const base = `${from.replace(/\/$/, '')}/_bakeline`
  const data = await asked(`${base}/executions/${encodeURIComponent(id)}/steps`)
  if (data === null) {
    throw new CliError(exitCodes.notFound, 'NOT_FOUND', `${from} has no execution ${id}`)
  }
  const { execution } = data as {
    readonly execution: Pick<ExecutionRow, 'machine' | 'startedAt' | 'endedAt'>
  }
  const { machine: key } = execution
  const machine = await asked(`${base}/machines/${encodeURIComponent(key)}`)
  const clock = (await asked(`${base}/due?limit=1`)) as { readonly now: number } | null
  const span = Object.entries({ ...spanOf(execution), limit: mostChanges })
  const query = span.map(([name, value]) => `${name}=${value}`).join('&')
  const told = (await asked(`${base}/clock/changes?${query}`)) as {
    readonly changes: readonly object[]
  } | null
  return { data, machine, clock: told?.changes ?? [], now: clock?.now ?? Date.now() }
}

/** The time that an execution took, or takes. */
function spanOf({ startedAt, endedAt }: Pick<ExecutionRow, 'startedAt' | 'endedAt'>): {
  readonly from: number
  readonly to?: number
} {
  return { from: startedAt, ...(endedAt === null ? {} : { to: endedAt }) }
}

/** What a server answers; null when it does not have it. */
async function asked(url: string): Promise<object | null> {
  const response = await fetch(url).catch(() => null)
  if (response?.status === 404) return null
  if (response?.ok !== true) throw wrongInput(`no emulator answers at ${url}`)
  return (await response.json()) as object
}

async function write(file: string, html: string): Promise<void> {
  try {
    await writeFile(file, html, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw wrongInput(`${file} exists already: name another with --out`, { path: file })
  }
}
