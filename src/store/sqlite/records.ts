import type { Database } from 'better-sqlite3'
import type { IdempotencyRow, RecordRow } from '../../core/ports.js'
import { pageSize } from '../input.js'
import { checkRecord } from '../rows.js'
import { EndsOfHistory } from './ends-of-history.js'
import { packed, unpack } from './packed.js'
import { limitedByPlace } from './statements.js'

const columns = 'n, execution, seq, at, kind, body'

/** A row as it is read, in the order of the columns. */
type Values = readonly [
  n: number,
  execution: number,
  seq: number,
  at: number,
  kind: RecordRow['kind'],
  body: string,
]

/** By the execution, and by the global number. */
export const recordsSql = `SELECT ${columns} FROM record
  WHERE execution = ? AND seq > ? ORDER BY seq ${limitedByPlace}`
export const streamSql = `SELECT ${columns} FROM record WHERE n > ? ORDER BY n ${limitedByPlace}`

/** The history: rows are added and read, never changed. */
export function recordTable(db: Database) {
  const insert = db.prepare<[number, number, number, number, string, string]>(
    `INSERT INTO record (${columns}) VALUES (?, ?, ?, ?, ?, ?)`,
  )
  const ofExecution = db.prepare<[number, number, number], Values>(recordsSql).raw()
  const stream = db.prepare<[number, number], Values>(streamSql).raw()
  const ends = new EndsOfHistory(db)
  return {
    insert(row: RecordRow): void {
      checkRecord(row)
      ends.check(row)
      insert.run(row.n, row.execution, row.seq, row.at, row.kind, packed(row))
      ends.moved(row)
    },
    /** What is remembered need not hold any more: of a rollback, of what others wrote. */
    forgetEnds: () => ends.clear(),
    ofExecution: (execution: number, after: number, limit: number) =>
      ofExecution.all(execution, after, pageSize(limit)).map(rowOf),
    stream: (after: number, limit: number) => stream.all(after, pageSize(limit)).map(rowOf),
  }
}

function rowOf([n, execution, seq, at, kind, body]: Values): RecordRow {
  return { n, execution, seq, at, kind, body: unpack(body) }
}

/** Keys that make a start idempotent. */
export function idempotencyTable(db: Database) {
  const get = db.prepare<[string], IdempotencyRow>(
    'SELECT key, request, execution FROM idempotency WHERE key = ?',
  )
  const insert = db.prepare<[IdempotencyRow]>(
    'INSERT INTO idempotency (key, request, execution) VALUES (@key, @request, @execution)',
  )
  return {
    get: (key: string) => get.get(key),
    insert(row: IdempotencyRow): void {
      insert.run(row)
    },
  }
}
