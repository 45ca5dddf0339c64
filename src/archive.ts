import { systemWall } from './clock/system-wall.js'
import { fileTime } from './core/clock.js'
import { type Duration, durationMs } from './core/duration.js'
import type { Outcome } from './core/effects.js'
import { type Archived, archiveExecutions } from './store/sqlite/archive.js'

export type { Archived } from './store/sqlite/archive.js'

export interface ArchiveOptions {
  /** The database file that the executions leave. */
  readonly db: string
  /** The archive, a file of the same kind; made when it is missing. */
  readonly to: string
  /** How long ago an execution must have ended, by the file's clock; any time when absent. */
  readonly olderThan?: Duration
  /** `done`, `failed`, `cancelled`: any of them when absent. */
  readonly outcomes?: readonly Outcome[]
  /** Of this singleton key alone: for the Image Builder, the id of a template. */
  readonly singletonKey?: string
  /** Told after each transaction how many executions were moved so far. */
  readonly onMoved?: (executions: number) => void
  /** Stops after the transaction that is under way; a later call goes on. */
  readonly signal?: AbortSignal
}

/**
 * Moves whole ended executions out of a file and gives the room back, while others use the file. A
 * crash at any instant leaves each execution in one of the two files or, until the next call, in
 * both; never in none. The archive opens like any file, for reading only.
 *
 * An idempotency key goes with its execution: the same key starts anew afterwards.
 *
 * @throws BakelineError `STORE` when a file cannot be used, or the archive is another file's
 */
export function archive(options: ArchiveOptions): Promise<Archived> {
  const { db, olderThan = 0, ...rest } = options
  const age = durationMs(olderThan)
  return archiveExecutions(db, {
    ...rest,
    // An execution that ends now has ended before any later instant.
    endedBefore: (clock) => fileTime(clock, systemWall.now()) - age + 1,
  })
}
