import { writeFile } from 'node:fs/promises'
import { record as recordFrom } from '../../record/record.js'
import { recordPlan } from '../../record/record-plan.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'

interface Options {
  readonly from?: readonly string[]
  readonly out?: string
  readonly asPlan?: boolean
  readonly at?: string
}

/** `bakeline record [execution...]` */
export function record(
  context: Context,
  [executions]: readonly [readonly string[]],
  { from = [context.options.db], out, asPlan = false, at }: Options,
): Promise<ExitCode> {
  if (asPlan && executions.length > 0) {
    throw wrongInput('a plan is made of all executions of its sources: name none with --as-plan')
  }
  if (asPlan && at !== undefined) throw wrongInput('--at is for a scenario: a plan has no steps')
  if (asPlan) return planOf(context, from, out)
  return scenarioOf(context, { from, executions, out, step: stepOf(at, executions) })
}

async function planOf(
  context: Context,
  sources: readonly string[],
  out: string | undefined,
): Promise<ExitCode> {
  const recorded = await recordPlan(sources)
  await give(context, { text: recorded.plan, json: recorded, out })
  const { rules, executions } = recorded
  context.note(`✔ ${count(rules, 'rule')} of ${count(executions, 'execution')}`)
  return exitCodes.success
}

async function scenarioOf(
  context: Context,
  use: {
    readonly from: readonly string[]
    readonly executions: readonly string[]
    readonly out: string | undefined
    readonly step: number | null
  },
): Promise<ExitCode> {
  const { from, executions, out, step } = use
  const recording = await recordFrom(from, { executions, ...(step === null ? {} : { step }) })
  const { scenario, same, difference, records, notes } = recording
  await give(context, { text: scenario, json: recording, out })
  const where = out === undefined ? 'the scenario' : out
  for (const note of notes) context.note(note)
  const what =
    recording.compared === 'answers'
      ? `what was told of ${count(recording.executions, 'execution')}`
      : `the same ${count(records, 'record')}`
  if (same) context.note(`✔ ${where} replays to ${what}`)
  else context.note(`✘ ${where} replays to something else:\n${difference}`)
  return same ? exitCodes.success : exitCodes.otherEnd
}

function stepOf(at: string | undefined, executions: readonly string[]): number | null {
  if (at === undefined) return null
  if (executions.length !== 1) throw wrongInput('--at is a step of an execution: say of which one')
  if (/^[1-9]\d*$/.test(at)) return Number(at)
  throw wrongInput(`--at ${at} is no step: give a number of the execution's history`)
}

/** Writes a file where one is wanted, and answers in text or JSON. */
async function give(
  context: Context,
  what: { readonly text: string; readonly json: object; readonly out: string | undefined },
): Promise<void> {
  const { text, json, out } = what
  if (out !== undefined) await write(out, text)
  if (context.options.json) context.json({ ...json, file: out ?? null })
  else if (out === undefined) context.io.stdout.write(text)
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw wrongInput(`${file} exists already: name another with --out`, { path: file })
  }
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
