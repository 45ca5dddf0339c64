import type { Database, Statement } from 'better-sqlite3'

const limit = 200

/**
 * A bound limit that SQLite cannot see when it plans: of one that it sees it prepares the statement
 * anew at every call, which takes ten times as long as to read a row.
 */
export const limited = 'LIMIT +@limit'
/** As `limited`, bound by place. */
export const limitedByPlace = 'LIMIT +?'

/**
 * Prepared statements by their text, for those that are put together. Bounded: an embedder that asks
 * in ever new ways prepares anew and does not grow.
 */
export function statementCache<Result>(
  db: Database,
): (sql: string) => Statement<[Record<string, unknown>], Result> {
  const statements = new Map<string, Statement<[Record<string, unknown>], Result>>()
  return (sql) => {
    const known = statements.get(sql)
    if (known) return known
    if (statements.size >= limit) statements.clear()
    const statement = db.prepare<[Record<string, unknown>], Result>(sql)
    statements.set(sql, statement)
    return statement
  }
}
