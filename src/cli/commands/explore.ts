import { readFile, writeFile } from 'node:fs/promises'
import { executionMachine } from '../../../machines/execution.js'
import { machineJson } from '../../engine/machine-json.js'
import { exploreText } from '../../explore.js'
import { exportedPage } from '../../page/export.js'
import { type Bounds, defaultBounds } from '../../simulate/explore/bounds.js'
import type { Exploration } from '../../simulate/explore/explore.js'
import type { Progress } from '../../simulate/explore/search.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'
import { renderExploration } from '../render/exploration.js'
import { packageVersion } from '../version.js'

type Options = { readonly [B in keyof Bounds]?: string } & {
  readonly threads?: string
  readonly out?: string
  readonly coverage?: string
  readonly html?: string
  readonly always?: readonly string[]
}

/** `bakeline explore <file>` */
export async function explore(
  context: Context,
  [file]: readonly [string],
  options: Options,
): Promise<ExitCode> {
  const { io, json } = context
  const bounds = boundsIn(options)
  const threads =
    options.threads === undefined ? {} : { threads: whole('threads', options.threads, 1) }
  const text = await readFile(file, 'utf8').catch(() => {
    throw wrongInput(`${file} cannot be read: name a scenario file`)
  })
  const onProgress = io.stderr.isTTY ? { onProgress: progressOn(context) } : {}
  const found = await exploreText(text, file, {
    bounds,
    always: options.always ?? [],
    ...threads,
    ...onProgress,
    signal: io.signal,
  })
  if (io.stderr.isTTY) io.stderr.write('\r\u001B[K')
  const { coverage, violations } = found
  if (options.coverage !== undefined) {
    await writeFile(options.coverage, `${JSON.stringify(coverage, null, 2)}\n`)
  }
  if (options.html !== undefined) await writeFile(options.html, await pageOf(found))
  const [first] = violations
  if (first !== undefined && options.out !== undefined) await writeFile(options.out, first.scenario)
  if (context.options.json) json({ version: packageVersion(), ...found })
  else io.stdout.write(renderExploration(found, options.out))
  for (const written of [options.html, options.coverage]) {
    if (written !== undefined) context.note(`bakeline: wrote ${written}`)
  }
  return first === undefined ? exitCodes.success : exitCodes.otherEnd
}

async function pageOf(exploration: Exploration): Promise<string> {
  const html = await exportedPage({
    exploration,
    machine: machineJson(executionMachine),
    name: exploration.name,
    version: packageVersion(),
  })
  if (html === null) throw wrongInput('the page is not built here: npm run build makes it')
  return html
}

function boundsIn(options: Options): Partial<Bounds> {
  const names = Object.keys(defaultBounds) as (keyof Bounds)[]
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = options[name]
      return text === undefined ? [] : [[name, whole(name, text, 0)]]
    }),
  )
}

function whole(name: string, text: string, least: number): number {
  const n = Number(text)
  if (/^\d+$/.test(text) && n >= least && Number.isSafeInteger(n)) return n
  throw wrongInput(`--${name} is "${text}": give a whole number from ${least} on`)
}

/** A line that is written over: how many states are known, and how many are to be looked at next. */
function progressOn({ io }: Context): (progress: Progress) => void {
  return ({ level, states, open, transitions }) => {
    const width = 24
    const full = Math.round((width * (states - open)) / Math.max(1, states))
    const bar = `${'━'.repeat(full)}${'╌'.repeat(width - full)}`
    const line = `${bar} ${states} states, ${open} open, ${transitions} steps, depth ${level}`
    io.stderr.write(`\r\u001B[K${line.slice(0, io.stderr.columns - 1)}`)
  }
}
