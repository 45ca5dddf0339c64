import Database from 'better-sqlite3'

/** Questions whose answer must be empty in every sound file, in plain SQL. */
const questions: Readonly<Record<string, string>> = {
  'two live executions of one key': `SELECT singleton_key, count(*) AS times FROM execution
    WHERE outcome IS NULL AND singleton_key IS NOT NULL GROUP BY singleton_key HAVING count(*) > 1`,
  'a history with a gap, or that the execution does not end with': `
    SELECT e.id, e.seq, count(r.seq) AS records, min(r.seq) AS first, max(r.seq) AS last
    FROM execution e LEFT JOIN record r ON r.execution = e.n
    GROUP BY e.n HAVING first IS NOT 1 OR last IS NOT e.seq OR records <> e.seq`,
  'a record before its predecessor': `SELECT a.execution, a.seq, a.at, b.at AS next
    FROM record a JOIN record b ON b.execution = a.execution AND b.seq = a.seq + 1
    WHERE b.at < a.at OR b.n < a.n`,
  'a record that is not between start and end': `SELECT r.execution, r.seq, r.at
    FROM record r JOIN execution e ON e.n = r.execution
    WHERE r.at < e.started_at OR r.at > e.updated_at`,
  'a record without an execution': `SELECT n FROM record
    WHERE execution NOT IN (SELECT n FROM execution)`,
  'work of no live execution': `SELECT w.n, w.id FROM work w
    LEFT JOIN execution e ON e.n = w.execution WHERE e.n IS NULL OR e.outcome IS NOT NULL`,
  'two timers or tasks of one id': `SELECT execution, kind, id, count(*) AS times FROM work
    GROUP BY execution, kind, id HAVING count(*) > 1`,
  'an idempotency key that stands for nothing': `SELECT key FROM idempotency
    WHERE execution NOT IN (SELECT n FROM execution)`,
  'a key that made two executions': `SELECT key, count(*) AS times FROM idempotency
    GROUP BY key HAVING count(*) > 1`,
  'a number that was given and is not counted': `
    SELECT name, value, n FROM counter JOIN (
      SELECT 'record' AS kind, max(n) AS n FROM record
      UNION ALL SELECT 'execution', max(n) FROM execution
      UNION ALL SELECT 'work', max(n) FROM work
    ) ON kind = name WHERE n > value`,
  'a broken reference': 'SELECT * FROM pragma_foreign_key_check',
}

/** What is wrong with a database file, by SQL alone; empty for a sound one. */
export function unsound(file: string): string[] {
  const db = new Database(file, { readonly: true, timeout: 30_000 })
  try {
    const found = db.transaction(() =>
      Object.entries(questions).flatMap(([problem, sql]) =>
        db
          .prepare(sql)
          .all()
          .slice(0, 3)
          .map((row) => `${problem}: ${JSON.stringify(row)}`),
      ),
    )()
    const check = db.pragma('integrity_check', { simple: true })
    return check === 'ok' ? found : [...found, `integrity_check: ${String(check)}`]
  } finally {
    db.close()
  }
}

/** Rows of a file, asked for in SQL. */
export function rows<Row>(file: string, sql: string, ...values: unknown[]): Row[] {
  const db = new Database(file, { readonly: true, timeout: 30_000 })
  try {
    return db.prepare<unknown[], Row>(sql).all(...values)
  } finally {
    db.close()
  }
}
