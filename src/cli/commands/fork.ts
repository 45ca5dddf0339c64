import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fork } from '../../fork.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import { timeText } from '../../imagebuilder/rows.js'
import type { Context } from '../context.js'
import { type ExitCode, exitCodes, wrongInput } from '../exit-codes.js'
import { findExecution } from '../find.js'
import { follow } from '../follow/follow.js'
import { readPlan } from '../inputs/settings.js'

interface ForkCommandOptions {
  readonly from?: string
  readonly whatIf?: string
  readonly to?: string
  readonly at?: string
}

/** `bakeline fork [execution]` */
export async function forkCommand(
  context: Context,
  [execution]: readonly [string | undefined],
  { from, whatIf, to, at }: ForkCommandOptions,
): Promise<ExitCode> {
  if (execution === undefined && to === undefined) {
    throw wrongInput('say which execution is to be played on, or keep the copy with --to FILE')
  }
  const plan = whatIf === undefined ? [] : await readPlan(whatIf)
  const source = from ?? context.options.db
  const step = at === undefined ? null : stepOf(at, execution)
  const copy = async (path: string): Promise<ImageBuilder> => {
    if (step === null) return fork({ from: source, to: path, plan })
    const { forkAt } = await import('../../record/fork-at.js')
    return forkAt({ from: source, to: path, plan, step, execution: execution as string })
  }
  return to === undefined
    ? playOn(context, execution as string, copy)
    : keep(context, { execution, to }, copy)
}

function stepOf(at: string, execution: string | undefined): number {
  if (execution === undefined) throw wrongInput('--at is a step of an execution: say of which')
  if (/^[1-9]\d*$/.test(at)) return Number(at)
  throw wrongInput(`--at ${at} is no step: give a number of the execution's history`)
}

/** On a copy that nobody sees, to the end. */
async function playOn(
  context: Context,
  execution: string,
  copy: (path: string) => Promise<ImageBuilder>,
): Promise<ExitCode> {
  const folder = await mkdtemp(join(tmpdir(), 'bakeline-fork-'))
  try {
    const builder = await copy(join(folder, 'fork.db'))
    try {
      const { id } = await findExecution(builder, execution, context)
      return await follow(builder, context, { ids: [id] })
    } finally {
      await builder.engine.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function keep(
  context: Context,
  { execution, to }: { readonly execution: string | undefined; readonly to: string },
  copy: (path: string) => Promise<ImageBuilder>,
): Promise<ExitCode> {
  const builder = await copy(to)
  try {
    if (execution !== undefined) await findExecution(builder, execution, context)
    const { now } = await builder.engine.clock()
    if (context.options.json) context.json({ fork: to, now: timeText(now) })
    else {
      context.say(`${to} stands still at ${timeText(now)}.`)
      context.note(`Play it on: bakeline advance --next --db ${to}`)
    }
    return exitCodes.success
  } finally {
    await builder.engine.close()
  }
}
