import type { Wanted } from './wanted.js'

/** What went wrong, as callers see it. */
export interface Fault {
  readonly code: string
  readonly message: string
}

/** How a task ended; a share names the accounts that it did not reach. */
export type End =
  | { readonly ok: true; readonly failed: readonly (Fault & { readonly account: string })[] }
  | { readonly ok: false; readonly fault: Fault }

/** What is recorded of one task. */
export interface TaskLedger {
  /** When its present attempt began, unless it queues for a slot; the file's time. */
  readonly begunAt: number
  /** Attempts that failed and were tried again. */
  readonly failures: number
  /** The pauses that were recorded, in milliseconds. */
  readonly pauses: readonly number[]
  readonly end: End | null
  /** How long the attempt took that ended it, in milliseconds. */
  readonly took: number | null
}

/**
 * What is recorded of one execution: the ends of its tasks, in order, and whether it was cancelled.
 * The rest of what callers may see follows from it, see `expected`.
 */
export interface Ledger {
  readonly id: string
  readonly wanted: Wanted
  readonly startedAt: number
  /** The time and the number of the newest record. */
  readonly at: number
  readonly seq: number
  readonly cancelled: boolean
  /** Ended at once, by force. */
  readonly forced: boolean
  readonly tasks: Readonly<Record<string, TaskLedger>>
  /** Failures that it outlived, in order of occurrence. */
  readonly problems: readonly Fault[]
  /** What in the history contradicts itself. */
  readonly flaws: readonly string[]
}
