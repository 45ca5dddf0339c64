import type { StartTask } from '../core/effects.js'
import type { AttemptRecord } from '../core/history.js'
import { maxDurationMs } from '../core/duration.js'
import { BakelineError } from '../core/errors.js'
import { type Policy, retryAt, type TaskError, timeoutError } from '../core/policy.js'
import type { WorkRow } from '../core/ports.js'
import type { AttemptOutcome, SimulatedAttempt } from './simulate.js'
import { newTask, rested, running, type TaskBody, taskBody, withBody } from './task-body.js'
import type { Draft, Turn } from './turn.js'

export { type TaskBody, taskBody, withBody } from './task-body.js'

/** The effect of a step: a task begins, or queues for a slot of its pool. */
export function startTask(turn: Turn, draft: Draft, effect: StartTask, at: number): void {
  // A child spawned anew under the id of one that runs takes its place.
  stopTask(turn, draft, effect.id)
  const { src, input } = effect
  const pool = draft.definition.policy(src).pool(input)?.name ?? null
  const vacant = turn.pending.takeVacant()
  if (vacant !== null) {
    const row = newTask(draft.row, { n: vacant, id: effect.id, pool, src, input })
    const next = simulated(turn, draft, row, at)
    if (next === null) return enter(turn, draft, row, at, next)
  }
  const n = turn.next('work')
  enter(turn, draft, newTask(draft.row, { n, id: effect.id, pool, src, input }), at)
}

/** Takes a slot and begins an attempt, or joins the end of the queue. */
export function enter(
  turn: Turn,
  draft: Draft,
  row: WorkRow,
  at: number,
  next = simulated(turn, draft, row, at),
): void {
  const body = taskBody(row)
  const pool = draft.definition.policy(body.src).pool(body.input)
  if (pool === null || isHeld(next)) begin(turn, draft, row, { at, next })
  else if (turn.pending.slots(pool.name) < pool.limit && !turn.pending.freed.has(pool.name)) {
    begin(turn, draft, inSlot(row, pool.name), { at, next })
  } else {
    const ticket = turn.next('ticket')
    const queued = { pool: pool.name, state: 'waiting', axis: 'file', due: null } as const
    const leftMs = leftOf(turn, row, at)
    const waits = { ...body, deadline: null, leftMs, queuedAt: at }
    turn.pending.put(withBody(row, waits, { ...queued, slot: false, ticket }))
  }
}

/** The row with a slot of its pool, out of the queue. */
function inSlot(row: WorkRow, pool: string | null): WorkRow {
  return { ...row, pool, slot: true, ticket: null }
}

/** What is left of the time for all attempts; null without a limit, or before the first. */
function leftOf(turn: Turn, row: WorkRow, at: number): number | null {
  const { deadline, leftMs } = taskBody(row)
  return deadline === null ? leftMs : deadline - (row.axis === 'wall' ? turn.context.wall : at)
}

/** Gives a slot to who queues for it: a record of the execution that waited. */
export function grant(turn: Turn, draft: Draft, row: WorkRow, at: number): void {
  const body = taskBody(row)
  const next = simulated(turn, draft, row, at)
  if (isHeld(next)) return begin(turn, draft, row, { at, next })
  const record: AttemptRecord = { task: row.id, attempt: body.attempt + 1, phase: 'slot' }
  turn.record(draft, at, 'attempt', record)
  begin(turn, draft, inSlot(row, row.pool), { at, next })
}

/** What the next attempt of a task comes to; null when it is left to a real function. */
export function simulated(
  turn: Turn,
  draft: Draft,
  row: WorkRow,
  at: number,
): SimulatedAttempt | null {
  const { src, input, attempt } = taskBody(row)
  const { id: executionId, singletonKey, machine } = draft.row
  return turn.context.simulate(
    { executionId, singletonKey, machine, task: row.id, src, input, attempt: attempt + 1, at },
    turn.given,
  )
}

function isHeld(next: SimulatedAttempt | null): boolean {
  return next !== null && next.duration === null
}

/** Whether a task waits for somebody to end it or to let it go. */
export function isHeldRow({ kind, state, axis, due }: WorkRow): boolean {
  return kind === 'task' && state === 'ready' && axis === 'file' && due === null
}

/** Begins an attempt: a timer when it is simulated, else something for a worker to claim. */
export function begin(
  turn: Turn,
  draft: Draft,
  row: WorkRow,
  { at, next }: { readonly at: number; readonly next: SimulatedAttempt | null },
): void {
  const body = rested(taskBody(row), leftOf(turn, row, at))
  if (next === null) {
    turn.realWork = true
    const ready = { state: 'ready', axis: 'wall', due: turn.context.wall, ticket: null } as const
    turn.pending.put(withBody(row, body, ready))
    return
  }
  if (next.duration === null) {
    // Not begun: whoever ends it or lets it go is the one that begins it.
    const held = { state: 'ready', axis: 'file', due: null, slot: false, ticket: null } as const
    turn.pending.put(withBody(row, body, held))
    return
  }
  const policy = draft.definition.policy(body.src)
  const deadline = deadlineOf(policy, body, at)
  const duration = checkedDuration(row.id, next.duration)
  const end = capped(policy, row.id, { at, deadline, duration, outcome: next.outcome })
  const runs = { state: 'running', axis: 'file', due: end.due, ticket: null } as const
  const begun = running(body, { deadline, outcome: end.outcome })
  const { pause } = next
  const paused = pause === undefined ? begun : { ...begun, ...pauseOf(row.id, next) }
  turn.pending.put(withBody(row, paused, runs))
}

/** A pause of its own, where the attempt has one. */
export function pauseOf(task: string, { pause }: SimulatedAttempt): { readonly pause?: number } {
  return pause === undefined ? {} : { pause: checkedDuration(task, pause) }
}

export function checkedDuration(task: string, ms: number): number {
  if (ms >= 0 && ms <= maxDurationMs) return Math.round(ms)
  throw new BakelineError(
    'INVALID_INPUT',
    `${task} is simulated to take ${ms} ms; it takes 0 to 400 d`,
  )
}

/** When all attempts must have ended: set at the first, moved on by every wait for a slot. */
export function deadlineOf(
  policy: Policy,
  { deadline, leftMs }: Pick<TaskBody, 'deadline' | 'leftMs'>,
  at: number,
): number | null {
  if (deadline !== null) return deadline
  const left = leftMs ?? policy.totalMs
  return left === Number.POSITIVE_INFINITY ? null : at + left
}

/** A simulated attempt's end, or its time-out when that comes first. */
export function capped(
  policy: Policy,
  task: string,
  run: { at: number; deadline: number | null; duration: number; outcome: AttemptOutcome },
): { due: number; outcome: AttemptOutcome } {
  const end = run.at + run.duration
  const attemptEnd = run.at + policy.attemptMs
  const deadline = run.deadline ?? Number.POSITIVE_INFINITY
  if (end <= attemptEnd && end <= deadline) return { due: end, outcome: run.outcome }
  if (attemptEnd <= deadline) {
    return { due: attemptEnd, outcome: { error: timeoutError(task, 'attempt', policy.attemptMs) } }
  }
  return { due: deadline, outcome: { error: timeoutError(task, 'total', policy.totalMs) } }
}

/** The times of a failed attempt, on the axis of its task. */
interface FailedAt {
  readonly axis: 'file' | 'wall'
  readonly at: number
}

/**
 * Plans the next attempt after a failure. The row leaves its slot and queues anew when it is due.
 *
 * @returns false when the policy gives up: the machine is to get the error.
 */
export function retry(
  turn: Turn,
  draft: Draft,
  row: WorkRow,
  error: TaskError,
  failed: FailedAt,
): boolean {
  const body = taskBody(row)
  const failures = body.failures + 1
  const deadline = body.deadline ?? Number.POSITIVE_INFINITY
  const policy = draft.definition.policy(body.src)
  const policyDue = retryAt(policy, { attempt: failures, at: failed.at, deadline, error })
  if (policyDue === null) return false
  const due = body.pause === undefined ? policyDue : failed.at + body.pause
  const record: AttemptRecord = {
    task: row.id,
    attempt: body.attempt,
    phase: 'failed',
    error,
    retryAt: due,
    ...(body.since === undefined ? {} : { since: body.since }),
  }
  const at = failed.axis === 'file' ? failed.at : turn.now
  turn.record(draft, Math.max(at, draft.row.updatedAt), 'attempt', record)
  const backoff = { state: 'backoff', axis: failed.axis, due, owner: null, slot: false } as const
  const { since: _, ...before } = body
  const rests = { ...before, failures, outcome: null, endedAt: null }
  turn.pending.put(withBody(row, rests, backoff))
  return true
}

/** Forgets a task whose state was left; a real one is aborted where it runs. */
export function stopTask(turn: Turn, draft: Draft, id: string): void {
  const row = turn.pending.get(draft.row.n, 'task', id)
  if (!row) return
  if (row.owner !== null) turn.stop(row.n)
  turn.pending.remove(row)
}
