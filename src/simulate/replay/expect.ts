import { executionMachine } from '../../../machines/execution.js'
import type { ExecutionStatus } from '../../../machines/status.js'
import { formatDuration } from '../../core/duration.js'
import type { AttemptRecord, StepRecord } from '../../core/history.js'
import { initEvent } from '../../core/history.js'
import { stepperOf } from '../../core/compiled/stepper.js'
import type { Reader } from '../../core/ports.js'
import type { State, Step } from '../../core/stepper.js'
import { recordsOf } from '../../engine/verify.js'
import { imageIdOf } from '../../imagebuilder/ids.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import type { ExpectExecutionStep, ExpectTemplateStep } from '../scenario/types.js'

/** What does not hold of an execution, in sentences. */
export async function checkExecution(
  step: ExpectExecutionStep,
  id: string,
  visited: readonly ExecutionStatus[],
  builder: ImageBuilder,
): Promise<string[]> {
  const seen = await builder.execution(id)
  const run = await builder.engine.get(id)
  return [
    ...compare('status', step.status, seen?.Status ?? 'deleted'),
    ...compare('visited', step.visited, visited),
    ...checkVisited(step, visited),
    ...(seen === undefined
      ? checkDeleted(step)
      : [
          ...compare('error', step.error, seen.ErrorCode || null),
          ...checkMessage(step.message, seen.Message),
          ...checkLasted(step.lasted, run?.startedAt ?? 0, run?.endedAt ?? null),
        ]),
    ...(await checkImages(step, id, builder)),
    ...(seen === undefined ? [] : await checkAttempts(step, id, builder)),
  ]
}

/** A value as failures show it: `none`, `SUCCESS`, `[PREPARING, BUILDING]`. */
function shown(value: unknown): string {
  if (value === null) return 'none'
  return Array.isArray(value) ? `[${value.join(', ')}]` : String(value)
}

function compare(what: string, wanted: unknown, found: unknown): string[] {
  if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(found)) return []
  return [`${what} is ${shown(found)}, not ${shown(wanted)}`]
}

/** Images and shares outlive an execution; the rest of it cannot be looked at any more. */
function checkDeleted(step: ExpectExecutionStep): string[] {
  return (['error', 'message', 'lasted', 'attempts'] as const)
    .filter((field) => step[field] !== undefined)
    .map((field) => `${field} is not known: the execution was deleted`)
}

function checkMessage(wanted: string | undefined, found: string): string[] {
  if (wanted === undefined || found.includes(wanted)) return []
  return [`message is "${found}", without "${wanted}"`]
}

function checkLasted(wanted: number | undefined, from: number, to: number | null): string[] {
  if (wanted === undefined || (to !== null && to - from === wanted)) return []
  const found = to === null ? 'it has not ended' : `it lasted ${formatDuration(to - from)}`
  return [`${found}, not ${formatDuration(wanted)}`]
}

async function checkImages(
  { images = {}, shared = {} }: ExpectExecutionStep,
  id: string,
  builder: ImageBuilder,
): Promise<string[]> {
  const failures: string[] = []
  for (const [region, wanted] of Object.entries(images)) {
    const [image] = await builder.images({ region, id: imageIdOf(id, region) })
    failures.push(...compare(`the image in ${region}`, wanted, image?.Status ?? 'none'))
  }
  for (const [region, wanted] of Object.entries(shared)) {
    const shares = await builder.shares(imageIdOf(id, region))
    const accounts = shares.map(({ Account }) => Account).sort()
    failures.push(...compare(`shared in ${region}`, [...wanted].sort(), accounts))
  }
  return failures
}

async function checkAttempts(
  { attempts: wanted }: ExpectExecutionStep,
  id: string,
  builder: ImageBuilder,
): Promise<string[]> {
  if (wanted === undefined) return []
  const counts = await builder.engine.read((reader) => attempts(reader, id))
  return Object.entries(wanted).flatMap(([task, count]) =>
    compare(`attempts of ${task}`, count, counts.get(task) ?? 0),
  )
}

function* checkVisited(
  { eventually = [], never = [], always }: ExpectExecutionStep,
  visited: readonly string[],
): Generator<string> {
  for (const status of eventually) if (!visited.includes(status)) yield `it was never ${status}`
  for (const status of never) if (visited.includes(status)) yield `it was ${status}`
  const other = always && visited.find((status) => !always.some((allowed) => allowed === status))
  if (other !== undefined) yield `it was ${other}, which is none of ${always?.join(', ')}`
}

/** Attempts begun, by task: starts that the steps asked for, and retries. */
function attempts(reader: Reader, id: string): Map<string, number> {
  const counts = new Map<string, number>()
  const add = (task: string, n: number): void => {
    counts.set(task, (counts.get(task) ?? 0) + n)
  }
  const row = reader.executionById(id)
  if (!row) return counts
  const stepper = stepperOf(executionMachine)
  let state: State | null = null
  for (const record of recordsOf(reader, row.n)) {
    if (record.kind === 'attempt') {
      const { task, phase } = JSON.parse(record.body) as AttemptRecord
      if (phase === 'failed') add(task, 1)
    }
    if (record.kind !== 'step') continue
    const { event } = JSON.parse(record.body) as StepRecord
    const next: Step =
      state === null || event.type === initEvent
        ? stepper.initial(event['input'] ?? null)
        : stepper.next(state, event)
    for (const effect of next.effects) if (effect.kind === 'startTask') add(effect.id, 1)
    state = next.state
  }
  // Whoever queues or pauses has not begun its next attempt.
  for (const work of reader.workOf(row.n)) {
    if (work.state === 'waiting' || work.state === 'backoff') add(work.id, -1)
  }
  return counts
}

/** What does not hold of a template, in sentences. */
export async function checkTemplate(
  step: ExpectTemplateStep,
  id: string,
  builder: ImageBuilder,
): Promise<string[]> {
  const templates = await builder.templates({ id })
  const runs = await builder.engine.list({ singletonKey: id, limit: Number.MAX_SAFE_INTEGER })
  const live = runs.filter(({ outcome }) => outcome === null)
  return [
    ...compare('exists', step.exists, templates.length > 0),
    ...compare('the number of executions', step.executions, runs.length),
    ...compare('the number of live executions', step.live, live.length),
  ]
}
