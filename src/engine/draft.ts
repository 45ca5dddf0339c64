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
    draft.row = rowWith(draft.row, { snapshot: draft.state.text })
    draft.stale = false
  }
  return draft.row
}

/** What may change of a row. */
export type RowChange = Partial<Omit<ExecutionRow, 'n' | 'id' | 'singletonKey' | 'startedAt'>>

/** A row with some of its fields changed. Field by field: two are made a step, and a spread costs more. */
export function rowWith(row: ExecutionRow, change: RowChange): ExecutionRow {
  return {
    n: row.n,
    id: row.id,
    machine: change.machine ?? row.machine,
    singletonKey: row.singletonKey,
    outcome: change.outcome === undefined ? row.outcome : change.outcome,
    status: change.status ?? row.status,
    snapshot: change.snapshot ?? row.snapshot,
    seq: change.seq ?? row.seq,
    startedAt: row.startedAt,
    updatedAt: change.updatedAt ?? row.updatedAt,
    endedAt: change.endedAt === undefined ? row.endedAt : change.endedAt,
    stuck: change.stuck === undefined ? row.stuck : change.stuck,
  }
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
