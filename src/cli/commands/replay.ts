import { writeFile } from 'node:fs/promises'
import { play } from '../../replay.js'
import { renderTree } from '../../simulate/replay/tree.js'
import { ScenarioError } from '../../simulate/scenario/error.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'
import { annotation } from '../replays/annotations.js'
import { scenariosIn } from '../replays/files.js'
import { compareGolden } from '../replays/golden.js'
import { junit } from '../replays/junit.js'
import { faultsOf, type Result } from '../replays/result.js'
import { packageVersion } from '../version.js'

interface Options {
  /** Where the report for other test runners is written. */
  readonly junit?: string
  readonly golden?: boolean
  readonly update?: boolean
  readonly annotations?: boolean
}

/** `bakeline replay <path...>` */
export async function replay(
  context: Context,
  [paths]: readonly [readonly string[]],
  options: Options,
): Promise<ExitCode> {
  if (options.update === true && options.golden !== true) {
    throw wrongInput('--update writes golden files: give --golden with it')
  }
  const files = (await Promise.all(paths.map(scenariosIn))).flat()
  const db = context.options.typedDb
  if (db !== undefined && files.length > 1) {
    throw wrongInput(`--db keeps the database of one scenario; there are ${files.length} here`)
  }
  const results: Result[] = []
  for (const file of files) {
    if (context.io.signal.aborted) break
    const result = await resultOf(file, db, options)
    tell(result, context, results.length > 0)
    results.push(result)
    if (annotates(context, options))
      for (const each of faultsOf(result)) context.note(annotation(each))
    if ('unreadable' in result) break
  }
  if (options.junit !== undefined) await writeFile(options.junit, junit(results))
  const last = results.at(-1)
  if (last !== undefined && 'unreadable' in last) throw last.unreadable
  return results.every((result) => faultsOf(result).length === 0)
    ? exitCodes.success
    : exitCodes.otherEnd
}

async function resultOf(file: string, db: string | undefined, options: Options): Promise<Result> {
  try {
    const replayed = await play(file, db === undefined ? {} : { db })
    if (options.golden !== true) return { replayed, golden: null }
    return { replayed, golden: await compareGolden(replayed, options.update === true) }
  } catch (error) {
    if (error instanceof ScenarioError) return { unreadable: error }
    throw error
  }
}

/** GitHub's runners show what is wrong at its line, when they are told so. */
function annotates({ io }: Context, { annotations }: Options): boolean {
  return annotations ?? io.env['GITHUB_ACTIONS'] === 'true'
}

/** Prints a run; what cannot be read is told at the end, as any error. */
function tell(result: Result, context: Context, follows: boolean): void {
  if ('unreadable' in result) return
  const { replayed, golden } = result
  const version = packageVersion()
  if (context.options.json) {
    const at = new Date(replayed.at).toISOString()
    context.json({ version, ...replayed, at, ...(golden === null ? {} : { golden }) })
    return
  }
  context.io.stdout.write(`${follows ? '\n' : ''}${renderTree(replayed, version)}`)
  if (golden?.verdict === 'written') context.say(`  wrote ${golden.file}`)
  if (golden?.problem != null) context.say(`✘ ${golden.problem}`)
}
