import { executionMachine } from '../../../machines/execution.js'
import type { Effect } from '../../core/effects.js'
import { BakelineError } from '../../core/errors.js'
import { type AttemptRecord, initEvent, type StepRecord, stopEvent } from '../../core/history.js'
import { interpret } from '../../core/interpreted.js'
import type { TaskError } from '../../core/policy.js'
import type { State, Step } from '../../core/stepper.js'
import type { ObservedAttempt, ObservedRecord, ObservedRun, Unreached } from './observed.js'

/** A step of a run with what followed from it. */
export interface Stepped {
  readonly record: ObservedRecord
  readonly event: StepRecord['event']
  readonly state: State
  readonly effects: readonly Effect[]
}

/** A run, taken step by step through its machine again. */
export interface Retold {
  readonly steps: readonly Stepped[]
  readonly attempts: readonly ObservedAttempt[]
}

const stepper = interpret(executionMachine)

/**
 * Takes the steps of a run again, and tells its attempts: when each began and how it ended.
 *
 * @throws BakelineError `INVALID_INPUT` for a history that no scenario can repeat: one that is not
 *   whole, was ended by force, or ran on another version of the machine
 */
export function retell(run: ObservedRun): Retold {
  const steps: Stepped[] = []
  const attempts = new Attempts()
  let state: State | null = null
  for (const record of run.records) {
    if (record.kind === 'migration') throw unrepeatable(run, 'moved to another version')
    if (record.kind === 'attempt') {
      attempts.note(JSON.parse(record.body) as AttemptRecord, record.at)
      continue
    }
    const { event } = JSON.parse(record.body) as StepRecord
    if (event.type === stopEvent) throw unrepeatable(run, 'was ended by force')
    if (state === null && event.type !== initEvent) {
      throw unrepeatable(run, 'is known from its middle on only')
    }
    attempts.consume(event, record.at)
    const next: Step =
      state === null ? stepper.initial(event['input'] ?? null) : stepper.next(state, event)
    attempts.apply(next.effects, record.at)
    state = next.state
    steps.push({ record, event, state, effects: next.effects })
  }
  if (state === null) throw unrepeatable(run, 'has no record')
  return { steps, attempts: attempts.all(run) }
}

function unrepeatable({ id }: ObservedRun, why: string): BakelineError {
  const message = `${id} ${why}: no scenario can repeat that`
  return new BakelineError('INVALID_INPUT', message, { execution: id })
}

/** A task under way. */
interface Open {
  readonly src: string
  readonly input: ObservedAttempt['input']
  readonly attempt: number
  readonly from: number
}

class Attempts {
  readonly #open = new Map<string, Open>()
  readonly #ended: ObservedAttempt[] = []

  /** A record of an attempt: it got its slot, was begun anew by a worker, or failed and pauses. */
  note({ task, attempt, phase, error, retryAt }: AttemptRecord, at: number): void {
    const open = this.#open.get(task)
    if (open === undefined) return
    if (phase !== 'failed') {
      this.#open.set(task, { ...open, from: at })
      return
    }
    this.#end(task, at, { end: 'failed', error: error ?? null })
    this.#open.set(task, { ...open, attempt: attempt + 1, from: retryAt ?? at })
  }

  /** The event of a step, which may be the end of a task. */
  consume(event: StepRecord['event'], at: number): void {
    const [, how, task = ''] = /^xstate\.(done|error)\.actor\.(.+)$/.exec(event.type) ?? []
    if (how === 'error') {
      const error = event['error'] as unknown as TaskError
      this.#end(task, at, { end: 'failed', error })
    } else if (how === 'done') {
      const output = event['output'] as { readonly failed?: readonly Unreached[] } | null
      this.#end(task, at, { end: 'done', unreached: output?.failed ?? [] })
    }
  }

  apply(effects: readonly Effect[], at: number): void {
    for (const effect of effects) {
      if (effect.kind === 'stopTask') this.#end(effect.id, at, { end: 'stopped' })
      if (effect.kind !== 'startTask') continue
      const { id, src, input } = effect
      const fields = input as ObservedAttempt['input']
      this.#open.set(id, { src, input: fields, attempt: 1, from: at })
    }
  }

  /** Those that have ended, then those that run or wait. */
  all({ pending, records }: ObservedRun): readonly ObservedAttempt[] {
    const last = records.at(-1)?.at ?? 0
    for (const task of this.#open.keys()) {
      const known = pending.find((each) => each.task === task)
      this.#end(task, known?.due ?? last, { end: 'running' })
    }
    return this.#ended
  }

  #end(
    task: string,
    to: number,
    how: Pick<ObservedAttempt, 'end'> & Partial<Pick<ObservedAttempt, 'error' | 'unreached'>>,
  ): void {
    const open = this.#open.get(task)
    if (open === undefined) return
    this.#open.delete(task)
    this.#ended.push({ task, ...open, to, error: null, unreached: [], ...how })
  }
}
