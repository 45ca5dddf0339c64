import type { Database } from 'better-sqlite3'
import type { ExecutionFilter, ExecutionQuery, ExecutionRow } from '../../core/ports.js'
import { pageSize } from '../input.js'
import { alreadyRunning, contradiction } from '../refusal.js'
import { checkExecution } from '../rows.js'
import { isEnvironmental, isSqlite } from './errors.js'
import { limited, statementCache } from './statements.js'

const columns = `n, id, machine, singleton_key, outcome, status, snapshot, seq, started_at, updated_at,
  ended_at, stuck`

/** A row as it is read, in the order of the columns: to name each field costs SQLite's driver half. */
type Values = readonly [
  n: number,
  id: string,
  machine: string,
  singletonKey: string | null,
  outcome: ExecutionRow['outcome'],
  status: string,
  snapshot: string,
  seq: number,
  startedAt: number,
  updatedAt: number,
  endedAt: number | null,
  stuck: string | null,
]

function rowOf(values: Values): ExecutionRow {
  const [n, id, machine, singletonKey, outcome, status, snapshot, seq] = values
  return {
    n,
    id,
    machine,
    singletonKey,
    outcome,
    status,
    snapshot,
    seq,
    startedAt: values[8],
    updatedAt: values[9],
    endedAt: values[10],
    stuck: values[11],
  }
}

const insertSql = `INSERT INTO execution (n, id, machine, singleton_key, outcome, status, snapshot,
    seq, started_at, updated_at, ended_at, stuck)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** What a trigger does for one that ends, see the file in db/ that dropped this one's. */
const countSql = `INSERT INTO tally (scope, machine, status, count) VALUES (?, ?, ?, 1)
  ON CONFLICT DO UPDATE SET count = count + 1`

const updateSql = `UPDATE execution
  SET id = ?, machine = ?, singleton_key = ?, outcome = ?, status = ?, snapshot = ?, seq = ?,
    started_at = ?, updated_at = ?, ended_at = ?, stuck = ?
  WHERE n = ?`

/** A plain step: what indexes speak of stays as it is, so that SQLite touches no index. */
const stepSql = `UPDATE execution
  SET machine = ?, status = ?, snapshot = ?, seq = ?, updated_at = ?
  WHERE n = ? AND id = ? AND singleton_key IS ? AND started_at = ?
    AND outcome IS NULL AND stuck IS NULL`

/** The statement that a query becomes; its values are bound by the names of its fields. */
export function executionsSql(query: ExecutionQuery): string {
  const { oldestFirst, after } = query
  const paging = after === undefined ? [] : [oldestFirst ? 'n > @after' : 'n < @after']
  return `SELECT ${columns} ${matchingSql(query, paging)}
    ORDER BY n ${oldestFirst ? 'ASC' : 'DESC'} ${limited}`
}

/** As `executionsSql`, for their number: those that live, and those whose stuckness is asked for. */
export function executionCountSql(filter: ExecutionFilter): string {
  return `SELECT count(*) AS count ${matchingSql(filter, [])}`
}

/** How many have ended: they are counted when they end, because there may be millions. */
export function tallySql({ machine, statuses }: ExecutionFilter): string {
  const terms = ['scope = @scope']
  if (machine !== undefined) terms.push('machine = @machine')
  if (statuses !== undefined) terms.push('status IN (SELECT value FROM json_each(@statuses))')
  return `SELECT ifnull(sum(count), 0) AS count FROM tally WHERE ${terms.join(' AND ')}`
}

function matchingSql(filter: ExecutionFilter, more: readonly string[]): string {
  const { singletonKey, machine, live, stuck, statuses } = filter
  const terms: string[] = []
  if (singletonKey !== undefined) terms.push('singleton_key = @singletonKey')
  if (machine !== undefined) terms.push('machine = @machine')
  if (live !== undefined) terms.push(live ? 'outcome IS NULL' : 'outcome IS NOT NULL')
  if (stuck !== undefined) terms.push(stuck ? 'stuck IS NOT NULL' : 'stuck IS NULL')
  if (statuses !== undefined) terms.push('status IN (SELECT value FROM json_each(@statuses))')
  terms.push(...more)
  // Stuck ones are few, but without statistics SQLite does not know that.
  const index = stuck && singletonKey === undefined ? 'INDEXED BY stuck_execution' : ''
  const where = terms.length > 0 ? `WHERE ${terms.join(' AND ')}` : ''
  return `FROM execution ${index} ${where}`
}

function one<K>(db: Database, where: string): (key: K) => ExecutionRow | undefined {
  const sql = `SELECT ${columns} FROM execution WHERE ${where}`
  const statement = db.prepare<[K], Values>(sql).raw()
  return (key) => {
    const values = statement.get(key)
    return values && rowOf(values)
  }
}

/** Reads and writes executions. */
export function executionTable(db: Database) {
  const byN = one<number>(db, 'n = ?')
  const byId = one<string>(db, 'id = ?')
  const live = one<string>(db, 'singleton_key = ? AND outcome IS NULL')
  // Bound by place: names would be looked up one by one, at every step.
  const insert = db.prepare<unknown[]>(insertSql)
  const count = db.prepare<[string, string, string]>(countSql)
  const update = db.prepare<unknown[]>(updateSql)
  const step = db.prepare<unknown[]>(stepSql)
  const remove = db.prepare<[number]>('DELETE FROM execution WHERE n = ?')
  const listing = statementCache<Values>(db)
  const counting = statementCache<{ readonly count: number }>(db)

  // One value after the other: an array of them would cost a tenth of the call.
  function add(row: ExecutionRow): void {
    const { n, id, machine, singletonKey: key, outcome, status, snapshot, seq } = row
    const { startedAt, updatedAt, endedAt, stuck } = row
    // biome-ignore format: in the order of the columns
    insert.run(n, id, machine, key, outcome, status, snapshot, seq, startedAt, updatedAt, endedAt, stuck)
    if (outcome === null) return
    count.run('', machine, status)
    if (key !== null) count.run(`key ${key}`, machine, status)
  }

  function change(row: ExecutionRow): void {
    if (row.outcome === null && row.stuck === null && stepped(row)) return
    const { n, id, machine, singletonKey, outcome, status, snapshot, seq } = row
    const { startedAt, updatedAt, endedAt, stuck } = row
    const now = [id, machine, singletonKey, outcome, status, snapshot, seq, startedAt, updatedAt]
    if (update.run(...now, endedAt, stuck, n).changes === 0) {
      throw contradiction(`execution ${n} does not exist`)
    }
  }

  function stepped(row: ExecutionRow): boolean {
    const { n, id, machine, singletonKey: key, status, snapshot, seq, startedAt, updatedAt } = row
    const done = step.run(machine, status, snapshot, seq, updatedAt, n, id, key, startedAt)
    return done.changes === 1
  }

  /** Whatever else is wrong with a row: when its key is taken, that is what the loser hears. */
  function lostAgainst({ n, singletonKey, outcome }: ExecutionRow, error: unknown): unknown {
    if (!isSqlite(error) || isEnvironmental(error) || singletonKey === null || outcome !== null)
      return error
    const winner = live(singletonKey)
    return winner && winner.n !== n ? alreadyRunning(singletonKey, winner.id) : error
  }

  return {
    byN,
    byId,
    live,
    find(query: ExecutionQuery): readonly ExecutionRow[] {
      const limit = pageSize(query.limit)
      const statuses = query.statuses && JSON.stringify(query.statuses)
      const statement = listing(executionsSql(query)).raw()
      return statement.all({ ...query, limit, statuses }).map(rowOf)
    },
    count(filter: ExecutionFilter): number {
      const { singletonKey, live, stuck } = filter
      const statuses = filter.statuses && JSON.stringify(filter.statuses)
      const scope = singletonKey === undefined ? '' : `key ${singletonKey}`
      const ask = (sql: string): number =>
        counting(sql).get({ ...filter, scope, statuses })?.count ?? 0
      if (stuck !== undefined) return ask(executionCountSql(filter))
      const living = live === false ? 0 : ask(executionCountSql({ ...filter, live: true }))
      return live === true ? living : living + ask(tallySql(filter))
    },
    write(op: 'insert' | 'update', row: ExecutionRow): void {
      checkExecution(row)
      try {
        if (op === 'insert') add(row)
        else change(row)
      } catch (error) {
        throw lostAgainst(row, error)
      }
    },
    /** Its records, work and keys go with it. */
    forget(n: number): void {
      remove.run(n)
    },
  }
}
