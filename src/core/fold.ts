import { effectsHash, type EventData } from './effects.js'
import { initEvent, type MigrationRecord, type StepRecord } from './history.js'
import type { RecordRow } from './ports.js'
import type { State, Step, Stepper } from './stepper.js'

/** Where a history and its machine disagree. */
export interface Divergence {
  readonly seq: number
  readonly problem: string
}

/** What a history comes to when its machine takes every step again. */
export type Folded = { readonly state: State } | { readonly divergence: Divergence }

/**
 * Folds the records of one execution, ascending, from the newest migration on. Attempts are skipped:
 * the end that counts is a step.
 *
 * @param stepper the machine to which the execution is pinned now
 */
export function fold(records: readonly RecordRow[], stepper: Stepper): Folded {
  const from = records.findLastIndex(({ kind }) => kind === 'migration')
  let state: State | null = null
  for (const record of records.slice(Math.max(0, from))) {
    if (record.kind === 'attempt') continue
    const next = follow(record, stepper, state)
    if (typeof next === 'string') return { divergence: { seq: record.seq, problem: next } }
    state = next
  }
  if (state !== null) return { state }
  return { divergence: { seq: 0, problem: 'the history has no first step' } }
}

/** The state after a record, or why there is none. */
function follow(record: RecordRow, stepper: Stepper, state: State | null): State | string {
  try {
    if (record.kind === 'migration') {
      return stepper.load((JSON.parse(record.body) as MigrationRecord).snapshot)
    }
    return again(JSON.parse(record.body) as StepRecord, stepper, state)
  } catch (error) {
    return `the record cannot be read: ${(error as Error).message}`
  }
}

function again(record: StepRecord, stepper: Stepper, state: State | null): State | string {
  const { event, value, effects } = record
  const next = take(stepper, state, event)
  if (typeof next === 'string') return next
  if (JSON.stringify(next.state.value) !== JSON.stringify(value)) {
    return `the step on "${event.type}" leads to another state now`
  }
  if (effectsHash(next.effects) === effects) return next.state
  return `the step on "${event.type}" asks for other effects now`
}

function take(stepper: Stepper, state: State | null, event: EventData): Step | string {
  try {
    if (state !== null) return stepper.next(state, event)
    if (event.type !== initEvent) return `the first step is on "${event.type}"`
    return stepper.initial(event.input ?? null)
  } catch (error) {
    return `the step on "${event.type}" throws now: ${(error as Error).message}`
  }
}
