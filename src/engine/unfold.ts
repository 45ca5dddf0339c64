import type { Effect, EventData } from '../core/effects.js'
import { initEvent, type MigrationRecord, type StepRecord } from '../core/history.js'
import type { RecordRow } from '../core/ports.js'
import type { State, Stepper } from '../core/stepper.js'

/** A step of a history as its machine takes it again. */
export interface Unfolded {
  readonly seq: number
  readonly before: State | null
  readonly state: State
  readonly effects: readonly Effect[]
}

/** Where a history cannot be followed, and why. */
export interface Broken {
  readonly seq: number
  readonly problem: string
}

/**
 * Takes the steps of a history again, each with the state and the effects that it led to; attempts
 * are left out. Ends at the first that the machine does not take.
 *
 * @param records ascending
 * @param state what the records before these led to; null at the beginning
 */
export function* unfold(
  records: readonly RecordRow[],
  stepper: Stepper,
  state: State | null,
): Generator<Unfolded, Broken | null> {
  let before = state
  for (const { seq, kind, body } of records) {
    if (kind === 'attempt') continue
    try {
      const taken =
        kind === 'migration'
          ? { state: stepper.load((JSON.parse(body) as MigrationRecord).snapshot), effects: [] }
          : take(stepper, before, (JSON.parse(body) as StepRecord).event)
      yield { seq, before, ...taken }
      before = taken.state
    } catch (error) {
      return { seq, problem: error instanceof Error ? error.message : String(error) }
    }
  }
  return null
}

function take(
  stepper: Stepper,
  state: State | null,
  event: EventData,
): { readonly state: State; readonly effects: readonly Effect[] } {
  if (state !== null) return stepper.next(state, event)
  if (event.type !== initEvent) throw new Error(`the history begins with "${event.type}"`)
  return stepper.initial(event.input ?? null)
}
