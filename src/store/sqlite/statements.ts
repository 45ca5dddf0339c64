import type { Database, Statement } from 'better-sqlite3'

const limit = 200

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
