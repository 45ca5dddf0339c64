import type { ClockChange, ExecutionRow, RecordRow, WorkRow } from '../core/ports.js'
import { contradiction } from './refusal.js'

const outcomes: readonly string[] = ['done', 'failed', 'cancelled']
const recordKinds: readonly string[] = ['step', 'attempt', 'migration']
const taskStates: readonly string[] = ['running', 'backoff', 'ready', 'ended', 'waiting']
const workKinds: readonly string[] = ['timer', 'task']
const timerStates: readonly string[] = ['set']
const axes: readonly string[] = ['file', 'wall']
const changeKinds: readonly string[] = ['jump', 'pace', 'back']

/**
 * What any row must be, whatever else is stored. The SQL schema says the same for those who write
 * with another tool; here the message names the field, and NaN does not pass for NULL. Sound rows
 * are told in one go, because every step writes some.
 *
 * @throws BakelineError `STORE` with the reason `constraint`.
 */
export function checkExecution(row: ExecutionRow): void {
  const { n, seq, startedAt, updatedAt, endedAt, outcome } = row
  const whole = isWhole(n) && isWhole(seq) && isWhole(startedAt) && isWhole(updatedAt)
  if (whole && outcome === null && endedAt === null) return
  refuseNumbers('execution', { n, seq, startedAt, updatedAt, endedAt: endedAt ?? 0 })
  if (outcome !== null) oneOf('execution', 'outcome', outcome, outcomes)
  if ((outcome === null) !== (endedAt === null)) {
    throw contradiction(`execution ${n} must have an outcome and an end, or neither`)
  }
}

/** @throws BakelineError `STORE` with the reason `constraint`. */
export function checkRecord(row: RecordRow): void {
  const { n, execution, seq, at, kind } = row
  if (!(isWhole(n) && isWhole(execution) && isWhole(seq) && isWhole(at))) {
    refuseNumbers('record', { n, execution, seq, at })
  }
  oneOf('record', 'kind', kind, recordKinds)
  if (seq < 1) throw contradiction(`record ${n} has the seq ${seq}; they begin at 1`)
}

/** @throws BakelineError `STORE` with the reason `constraint`. */
export function checkWork(row: WorkRow): void {
  const { n, execution, seq, due, ticket, kind, state, axis, pool } = row
  const whole = isWhole(n) && isWhole(execution) && isWhole(seq)
  if (!(whole && (due === null || isWhole(due)) && (ticket === null || isWhole(ticket)))) {
    refuseNumbers('work', { n, execution, seq, due: due ?? 0, ticket: ticket ?? 0 })
  }
  oneOf('work', 'kind', kind, workKinds)
  oneOf('work', 'state', state, kind === 'timer' ? timerStates : taskStates)
  oneOf('work', 'axis', axis, axes)
  const unqueued = pool === null || ticket === null || due !== null
  if (state === 'waiting' && unqueued) {
    throw contradiction(`work ${n} waits, so it needs a pool and a ticket and no due time`)
  }
  if (row.slot && pool === null) {
    throw contradiction(`work ${n} holds a slot of no pool`)
  }
}

/** @throws BakelineError `STORE` with the reason `constraint`. */
export function checkClockChange({ n, kind, at, until, wall, record }: ClockChange): void {
  refuseNumbers('clock_change', { n, at, until, wall, record })
  oneOf('clock_change', 'kind', kind, changeKinds)
}

const isWhole = Number.isSafeInteger

function refuseNumbers(table: string, fields: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(fields)) {
    if (isWhole(value)) continue
    throw contradiction(`${table}.${field} is ${String(value)}; it must be a whole number`)
  }
}

function oneOf(table: string, field: string, value: string, allowed: readonly string[]): void {
  if (value === allowed[0] || allowed.includes(value)) return
  throw contradiction(`${table}.${field} is "${value}"; it must be one of ${allowed.join(', ')}`)
}

/** @throws BakelineError `STORE` with the reason `constraint`. */
export function checkCounter(name: string, value: number): void {
  if (Number.isSafeInteger(value)) return
  throw contradiction(`counter "${name}" is ${String(value)}; it must be a whole number`)
}
