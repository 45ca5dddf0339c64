import type { ExecutionRow, RecordRow, WorkRow } from '../core/ports.js'
import { contradiction } from './refusal.js'

const outcomes: readonly string[] = ['done', 'failed', 'cancelled']
const recordKinds: readonly string[] = ['step', 'attempt', 'migration']
const taskStates: readonly string[] = ['running', 'backoff', 'ready', 'ended', 'waiting']
const workKinds: readonly string[] = ['timer', 'task']
const timerStates: readonly string[] = ['set']
const axes: readonly string[] = ['file', 'wall']

/**
 * What any row must be, whatever else is stored. The SQL schema says the same for those who write
 * with another tool; here the message names the field, and NaN does not pass for NULL.
 *
 * @throws BakelineError `STORE` with the reason `constraint`.
 */
export function checkExecution(row: ExecutionRow): void {
  whole('execution', 'n', row.n)
  whole('execution', 'seq', row.seq)
  whole('execution', 'startedAt', row.startedAt)
  whole('execution', 'updatedAt', row.updatedAt)
  if (row.endedAt !== null) whole('execution', 'endedAt', row.endedAt)
  if (row.outcome !== null) oneOf('execution', 'outcome', row.outcome, outcomes)
  if ((row.outcome === null) !== (row.endedAt === null)) {
    throw contradiction(`execution ${row.n} must have an outcome and an end, or neither`)
  }
}

/** @throws BakelineError `STORE` with the reason `constraint`. */
export function checkRecord(row: RecordRow): void {
  whole('record', 'n', row.n)
  whole('record', 'execution', row.execution)
  whole('record', 'seq', row.seq)
  whole('record', 'at', row.at)
  oneOf('record', 'kind', row.kind, recordKinds)
  if (row.seq < 1) throw contradiction(`record ${row.n} has the seq ${row.seq}; they begin at 1`)
}

/** @throws BakelineError `STORE` with the reason `constraint`. */
export function checkWork(row: WorkRow): void {
  whole('work', 'n', row.n)
  whole('work', 'execution', row.execution)
  whole('work', 'seq', row.seq)
  if (row.due !== null) whole('work', 'due', row.due)
  if (row.ticket !== null) whole('work', 'ticket', row.ticket)
  oneOf('work', 'kind', row.kind, workKinds)
  oneOf('work', 'state', row.state, row.kind === 'timer' ? timerStates : taskStates)
  oneOf('work', 'axis', row.axis, axes)
  const unqueued = row.pool === null || row.ticket === null || row.due !== null
  if (row.state === 'waiting' && unqueued) {
    throw contradiction(`work ${row.n} waits, so it needs a pool and a ticket and no due time`)
  }
  if (row.slot && row.pool === null) {
    throw contradiction(`work ${row.n} holds a slot of no pool`)
  }
}

function whole(table: string, field: string, value: unknown): void {
  if (Number.isSafeInteger(value)) return
  throw contradiction(`${table}.${field} is ${String(value)}; it must be a whole number`)
}

function oneOf(table: string, field: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return
  throw contradiction(`${table}.${field} is "${value}"; it must be one of ${allowed.join(', ')}`)
}

/** @throws BakelineError `STORE` with the reason `constraint`. */
export function checkCounter(name: string, value: number): void {
  if (Number.isSafeInteger(value)) return
  throw contradiction(`counter "${name}" is ${String(value)}; it must be a whole number`)
}
