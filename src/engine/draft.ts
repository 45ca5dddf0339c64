import type { ExecutionRow } from '../core/ports.js'
import type { State } from '../core/stepper.js'
import type { Definition } from './definition.js'

/** An execution that turns work on. */
export interface Draft {
  row: ExecutionRow
  readonly definition: Definition
  state: State
  /** Not stored yet. */
  fresh: boolean
  /** The row's snapshot is older than the state: its text is made when somebody wants it. */
  stale: boolean
}

/** The row of a draft with the snapshot as text. */
export function current(draft: Draft): ExecutionRow {
  if (draft.stale) {
    draft.row = { ...draft.row, snapshot: draft.state.text }
    draft.stale = false
  }
  return draft.row
}

/** Takes a change back. */
export function restore(draft: Draft, row: ExecutionRow, state: State): void {
  // The text that belongs to the state is made anew when somebody wants it.
  Object.assign(draft, { row, state, stale: true })
}

/** The state of a stored snapshot; null when it cannot be read. */
export function loaded({ stepper }: Definition, snapshot: string): State | null {
  try {
    return stepper.load(snapshot)
  } catch {
    return null
  }
}
