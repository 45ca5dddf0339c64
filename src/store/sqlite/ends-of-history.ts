import type { Database } from 'better-sqlite3'
import type { RecordRow } from '../../core/ports.js'
import { Recent } from '../../core/recent.js'
import { contradiction } from '../refusal.js'

/** So many are remembered; who works on more asks the table for some of them again. */
const most = 10_000

/** Where the history of an execution ends. */
interface End {
  seq: number
  at: number
}

/** What must hold when a record is written: none is missing before it, and time only goes forward. */
export const endSql = 'SELECT seq, at FROM record WHERE execution = ? ORDER BY seq DESC LIMIT 1'

/**
 * Checks that each record follows the one before it. A trigger that does it makes SQLite keep every
 * page that the statement touches until it is over, which is a fifth of what a record costs; and here
 * the history of an execution that goes on step by step is not asked for where it ends.
 *
 * Holds for what the file holds: whoever rolls back or finds that others have written has to `clear`.
 */
export class EndsOfHistory {
  readonly #ends = new Recent<number, End>(most)
  readonly #read

  constructor(db: Database) {
    this.#read = db.prepare<[number], End>(endSql)
  }

  /** @throws BakelineError `STORE` with the reason `constraint` */
  check({ n, execution, seq, at }: RecordRow): void {
    if (seq === 1) return
    const end = this.#ends.get(execution) ?? this.#read.get(execution)
    if (end !== undefined && seq <= end.seq) {
      throw contradiction(`execution ${execution} has a record ${seq}`)
    }
    if (end === undefined || end.seq !== seq - 1 || end.at > at) {
      throw contradiction(`record ${n} does not follow the one before it in seq and time`)
    }
  }

  /** A record was written. */
  moved({ execution, seq, at }: RecordRow): void {
    const end = this.#ends.get(execution)
    if (end === undefined) {
      this.#ends.age()
      this.#ends.set(execution, { seq, at })
    } else {
      end.seq = seq
      end.at = at
    }
  }

  clear(): void {
    this.#ends.clear()
  }
}
