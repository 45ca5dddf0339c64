import type { Database } from 'better-sqlite3'
import { type ClockChange, type ClockChangeQuery, keptClockChanges } from '../../core/ports.js'
import { pageSize } from '../input.js'
import { checkClockChange } from '../rows.js'
import { limited } from './statements.js'

const columns = 'n, kind, at, until, was, clock, wall, record'

/** What was done to the clock: seldom written, and read by who draws what happened. */
export function clockChangeTable(db: Database) {
  const find = db.prepare<[object], ClockChange>(
    `SELECT ${columns} FROM clock_change
     WHERE n > @after AND max(at, until) >= @from AND at <= @to ORDER BY n ${limited}`,
  )
  const newest = db.prepare<[], ClockChange>(
    `SELECT ${columns} FROM clock_change ORDER BY n DESC LIMIT 1`,
  )
  const put = db.prepare<[ClockChange]>(
    `INSERT INTO clock_change (${columns})
     VALUES (@n, @kind, @at, @until, @was, @clock, @wall, @record)
     ON CONFLICT (n) DO UPDATE SET kind = excluded.kind, at = excluded.at, until = excluded.until,
       was = excluded.was, clock = excluded.clock, wall = excluded.wall, record = excluded.record`,
  )
  const trim = db.prepare<[number]>('DELETE FROM clock_change WHERE n <= ?')
  return {
    newest: () => newest.get(),
    find: ({ from, to, after = 0, limit }: ClockChangeQuery) =>
      find.all({
        from: from ?? Number.MIN_SAFE_INTEGER,
        to: to ?? Number.MAX_SAFE_INTEGER,
        after,
        limit: pageSize(limit),
      }),
    put(change: ClockChange): void {
      checkClockChange(change)
      put.run(change)
      trim.run(change.n - keptClockChanges)
    },
  }
}
