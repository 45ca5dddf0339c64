import { mkdtemp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { replayScenario } from '../compose.js'
import { BakelineError } from '../core/errors.js'
import { fork, type ForkOptions, openStandingStill } from '../fork.js'
import type { ImageBuilder } from '../imagebuilder/image-builder.js'
import { record } from './record.js'
import { planSetting, type Rule } from '../simulate/plan/rule.js'
import { loadScenario } from '../simulate/scenario/load.js'
import type { Scenario, Step } from '../simulate/scenario/types.js'

export interface ForkAtOptions extends ForkOptions {
  /** The execution that is looked at. */
  readonly execution: string
  /** The number of a record of its history: the copy stands where this had just been written. */
  readonly step: number
}

/**
 * Forks from an earlier moment: what had happened to an execution up to a record is played once more
 * into a new file, whose clock stands still then. It keeps its ids. Of the rest of the file there are
 * the templates, and the executions that took slots from it; what follows goes as it went, where no
 * rule says otherwise, and as the plan of the file has it where nothing went yet. Rules are for what
 * begins from that instant on.
 *
 * @throws BakelineError as `fork` does; `NOT_FOUND` for an execution that is not there, `INVALID_INPUT`
 *   for a record that it does not have, and for a history that no replay repeats
 */
export async function forkAt(options: ForkAtOptions): Promise<ImageBuilder> {
  const { to } = options
  if ((await stat(to).catch(() => null)) !== null) {
    throw new BakelineError('STORE', `${to} is there already: name a new file`, { path: to })
  }
  const folder = await mkdtemp(`${to}.from-`).catch((error: Error) => {
    throw new BakelineError('STORE', `${to} cannot be written: ${error.message}`, { path: to })
  })
  try {
    return await replayedTo(options, join(folder, 'whole.db'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** @param whole where a copy of everything is made */
async function replayedTo(
  { from, to, execution, step, plan = [] }: ForkAtOptions,
  whole: string,
): Promise<ImageBuilder> {
  const { at, cancelled, rules } = await happened(await fork({ from, to: whole }), execution, step)
  const { scenario: text, same, difference } = await record(whole, { executions: [execution] })
  if (!same) throw notRepeated(execution, difference)
  const scenario = loadScenario(text, execution)
  const steps = await callsUntil(scenario, at, cancelled)
  await replayScenario({ ...scenario, steps }, to)
  const builder = await openStandingStill({ db: to })
  try {
    const { engine } = builder
    if ((await engine.clock()).now < at - 1) await engine.advanceTo(at - 1)
    await engine.transact((tx) =>
      tx.set(planSetting, JSON.stringify([...rules, ...scenario.plan, ...plan])),
    )
    // One thing at a time, so that of all that happened in one instant no more is done than had been:
    // the rest is due as soon as anything else is asked of the file.
    while ((await engine.history(execution)).length < step) {
      if ((await engine.doNext()) === null) throw notRepeated(execution, 'it ended early')
    }
    return builder
  } catch (error) {
    await engineClosed(builder, to)
    throw error
  }
}

async function engineClosed({ engine }: ImageBuilder, db: string): Promise<void> {
  await engine.close()
  for (const end of ['', '-wal', '-shm']) await rm(`${db}${end}`, { force: true })
}

interface Happened {
  /** When the record was written, in milliseconds since 1970. */
  readonly at: number
  /** Whether it had been cancelled by then. */
  readonly cancelled: boolean
  /** The plan of the file. */
  readonly rules: readonly Rule[]
}

async function happened(
  { engine }: ImageBuilder,
  execution: string,
  step: number,
): Promise<Happened> {
  try {
    const records = await engine.history(execution)
    const last = records[step - 1]
    if (last === undefined) {
      throw new BakelineError(
        'INVALID_INPUT',
        `${execution} has ${records.length} steps: ask for one from 1 to ${records.length}`,
        { execution, step: String(step) },
      )
    }
    const cancelled = records
      .slice(0, step)
      .some(({ kind, body }) => kind === 'step' && isCancel(body))
    const plan = await engine.read((reader) => reader.setting(planSetting) ?? '[]')
    return { at: last.at, cancelled, rules: JSON.parse(plan) as Rule[] }
  } finally {
    await engine.close()
  }
}

function isCancel(body: string): boolean {
  const { event } = JSON.parse(body) as { readonly event: { readonly type: string } }
  return event.type === 'CANCEL'
}

/** What callers did before a moment, and the waiting between; what they expected is left out. */
async function callsUntil(
  scenario: Scenario,
  at: number,
  cancelled: boolean,
): Promise<readonly Step[]> {
  const { beats } = await replayScenario(scenario, ':memory:')
  const played = beats.slice(scenario.before.length)
  const isBefore = (step: Step, index: number): boolean => {
    const passed = scenario.at + (played[index]?.offset ?? Number.POSITIVE_INFINITY)
    if (step.kind === 'start') return passed < at || index === 0
    if (step.kind === 'cancel') return passed < at || (cancelled && passed === at)
    return !['advance', 'wait', 'next', 'check'].includes(step.kind) && passed < at
  }
  const last = scenario.steps.findLastIndex(isBefore)
  return scenario.steps.slice(0, last + 1).filter(({ kind }) => !kind.startsWith('expect'))
}

function notRepeated(execution: string, why: string | null): BakelineError {
  const message =
    `what happened to ${execution} cannot be played once more, so there is no going back in it: ` +
    (why ?? 'it goes another way')
  return new BakelineError('INVALID_INPUT', message, { execution })
}
