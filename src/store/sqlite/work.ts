import type { Database, Statement } from 'better-sqlite3'
import type { Batch, DueQuery, WorkRow } from '../../core/ports.js'
import { pageSize } from '../input.js'
import { checkWork } from '../rows.js'
import { isSqlite } from './errors.js'
import { limitedByPlace } from './statements.js'

const columns = `n, execution, kind, id, seq, machine, state, axis, due, parked, pool, slot, ticket,
  owner, body`

/** A row as it is read, in the order of the columns; SQLite has no booleans. */
type Values = readonly [
  n: number,
  execution: number,
  kind: WorkRow['kind'],
  id: string,
  seq: number,
  machine: string,
  state: WorkRow['state'],
  axis: WorkRow['axis'],
  due: number | null,
  parked: number,
  pool: string | null,
  slot: number,
  ticket: number | null,
  owner: string | null,
  body: string,
]

function rowOf(values: Values): WorkRow {
  const [n, execution, kind, id, seq, machine, state, axis, due] = values
  return {
    n,
    execution,
    kind,
    id,
    seq,
    machine,
    state,
    axis,
    due,
    parked: values[9] === 1,
    pool: values[10],
    slot: values[11] === 1,
    ticket: values[12],
    owner: values[13],
    body: values[14],
  }
}

const insertSql = `INTO work (${columns}) VALUES (${Array(15).fill('?').join(', ')})`

/** In place: what indexes speak of besides stays as it is, the execution that it belongs to. */
const changeSql = `UPDATE work
  SET kind = ?, id = ?, seq = ?, machine = ?, state = ?, axis = ?, due = ?, parked = ?, pool = ?,
    slot = ?, ticket = ?, owner = ?, body = ?
  WHERE n = ? AND execution = ?`

/**
 * A real task that runs: the next one of its execution takes over the row, or its lease is renewed. No
 * index but that of what is due is touched, and no check is made anew of what stays as it is.
 */
export const goOnSql = `UPDATE work SET id = ?, seq = ?, due = ?, body = ?
  WHERE n = ? AND execution = ? AND machine = ? AND owner = ?
    AND kind = 'task' AND state = 'running' AND axis = 'wall' AND parked = 0
    AND pool IS NULL AND slot = 0 AND ticket IS NULL`

// The first names the index's own condition, so that SQLite may use it.
const dueRows = `SELECT ${columns} FROM work
  WHERE parked = 0 AND due IS NOT NULL AND axis = ?`
export const dueSql = `${dueRows} AND due <= ? ORDER BY due, n ${limitedByPlace}`
/** A page goes on in two parts: what is due at the same time, and what is due later. */
export const dueSameSql = `${dueRows} AND due = ? AND n > ? ORDER BY n ${limitedByPlace}`
export const dueLaterSql = `${dueRows} AND due > ? AND due <= ?
  ORDER BY due, n ${limitedByPlace}`
export const waitingSql = `SELECT ${columns} FROM work
  WHERE state = 'waiting' AND parked = 0 AND pool = ? AND ticket > ? ORDER BY ticket, n ${limitedByPlace}`
export const slotsSql = 'SELECT count(*) FROM work WHERE pool = ? AND slot = 1'
export const workOfSql = `SELECT ${columns} FROM work WHERE execution = ? ORDER BY n`

/** Whether it is all that `goOnSql` asks of the row that is there; it nearly always is one, then. */
function isRunning({ state, axis, owner, pool, ticket, parked }: WorkRow): boolean {
  if (state !== 'running' || axis !== 'wall' || owner === null) return false
  return pool === null && ticket === null && !parked
}

/** Timers and tasks. */
export function workTable(db: Database) {
  // Bound by place: to look up fifteen names at each put costs a quarter of it.
  const insert = db.prepare<unknown[]>(`INSERT ${insertSql}`)
  const replace = db.prepare<unknown[]>(`REPLACE ${insertSql}`)
  const change = db.prepare<unknown[]>(changeSql)
  const goOn = db.prepare<unknown[]>(goOnSql)
  /** Numbers are given in rising order: one that is not greater is of a row that is there, nearly always. */
  let highest = db.prepare<[], number>('SELECT ifnull(max(n), 0) FROM work').pluck().get() as number
  const remove = db.prepare<[number]>('DELETE FROM work WHERE n = ?')
  const due = db.prepare<[string, number, number], Values>(dueSql).raw()
  const dueSame = db.prepare<[string, number, number, number], Values>(dueSameSql).raw()
  const dueLater = db.prepare<[string, number, number, number], Values>(dueLaterSql).raw()
  const waiting = db.prepare<[string, number, number], Values>(waitingSql).raw()
  const slots = db.prepare<[string], number>(slotsSql).pluck()
  const ofExecution = db.prepare<[number], Values>(workOfSql).raw()

  function findDue({ axis, until, after, limit: wanted }: DueQuery): Values[] {
    const limit = pageSize(wanted)
    if (!after) return due.all(axis, until, limit)
    const same = after.due <= until ? dueSame.all(axis, after.due, after.n, limit) : []
    const rest = limit - same.length
    return rest === 0 ? same : [...same, ...dueLater.all(axis, after.due, until, rest)]
  }

  function putRow(row: WorkRow): void {
    if (row.n > highest) {
      highest = row.n
      if (!isInserted(row)) write(replace, row)
    } else if (!(isRunning(row) && wentOn(row)) && !isChanged(row)) write(replace, row)
  }

  /**
   * To replace makes SQLite keep every page that it touches, which a plain insert need not. False when
   * the row is there: another process made it.
   */
  function isInserted(row: WorkRow): boolean {
    try {
      write(insert, row)
      return true
    } catch (error) {
      if (isSqlite(error) && error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY') return false
      throw error
    }
  }

  function write(statement: Statement<unknown[]>, row: WorkRow): void {
    const { n, execution, kind, id, seq, machine, state, axis, due, pool, ticket, owner } = row
    const [parked, slot] = [row.parked ? 1 : 0, row.slot ? 1 : 0]
    // biome-ignore format: in the order of the columns
    statement.run(n, execution, kind, id, seq, machine, state, axis, due, parked, pool, slot, ticket, owner, row.body)
  }

  function isChanged(row: WorkRow): boolean {
    const { n, execution, kind, id, seq, machine, state, axis, due, pool, ticket, owner } = row
    const [parked, slot] = [row.parked ? 1 : 0, row.slot ? 1 : 0]
    // biome-ignore format: in the order of the columns
    const done = change.run(kind, id, seq, machine, state, axis, due, parked, pool, slot, ticket, owner, row.body, n, execution)
    return done.changes > 0
  }

  function wentOn({ n, execution, id, seq, due, machine, owner, body }: WorkRow): boolean {
    return goOn.run(id, seq, due, body, n, execution, machine, owner).changes > 0
  }

  return {
    write({ put: rows, remove: numbers }: Batch['work']): void {
      for (const n of numbers) remove.run(n)
      for (const row of rows) {
        checkWork(row)
        putRow(row)
      }
    },
    ofExecution: (execution: number) => ofExecution.all(execution).map(rowOf),
    due: (query: DueQuery) => findDue(query).map(rowOf),
    waiting: (pool: string, after: number, limit: number) =>
      waiting.all(pool, after, pageSize(limit)).map(rowOf),
    slots: (pool: string) => slots.get(pool) ?? 0,
  }
}
