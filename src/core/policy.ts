import { type Duration, durationMs } from './duration.js'
import { BakelineError } from './errors.js'
import type { Json } from './json.js'

/** Why a task failed, as the machine and the history see it. */
export interface TaskError {
  readonly name: string
  readonly code?: string
  readonly message: string
}

/** The slots that tasks of one name share. */
export interface Pool {
  readonly name: string
  readonly limit: number
}

/** How the engine treats a task: registered beside the machine, which sees only the last end. */
export interface TaskPolicy {
  /** How often the task is tried in all; 1 when absent. */
  readonly attempts?: number
  /** The pause after the n-th failure: `first * factor^(n-1)`, at most `max`. 1 s, 2, 1 h when absent. */
  readonly backoff?: {
    readonly first?: Duration
    readonly factor?: number
    readonly max?: Duration
  }
  /** The longest an attempt, and all of them with their pauses, may take; a wait for a slot is free. */
  readonly timeout?: { readonly attempt?: Duration; readonly total?: Duration }
  /** A real function that does not call `heartbeat()` for this long has failed. */
  readonly heartbeat?: Duration
  /** The pool whose slot the task needs, from its input. Null: none. */
  readonly pool?: (input: Json) => Pool | null
  /** Whether trying again can help; yes when absent. */
  readonly retryable?: (error: TaskError) => boolean
}

/** A policy with its defaults, in milliseconds. */
export interface Policy {
  readonly attempts: number
  readonly firstMs: number
  readonly factor: number
  readonly maxMs: number
  readonly attemptMs: number
  readonly totalMs: number
  readonly heartbeatMs: number | null
  readonly pool: (input: Json) => Pool | null
  readonly retryable: (error: TaskError) => boolean
}

/** @throws BakelineError `INVALID_INPUT` for a duration that is none, a count or factor out of range. */
export function normalisePolicy(policy: TaskPolicy = {}): Policy {
  const attempts = policy.attempts ?? 1
  const factor = policy.backoff?.factor ?? 2
  if (!Number.isInteger(attempts) || attempts < 1 || attempts > 1_000) {
    throw invalid(`attempts is ${attempts}: give a whole number from 1 to 1000`)
  }
  if (!(factor >= 1 && factor <= 100)) {
    throw invalid(`backoff.factor is ${factor}: give a number from 1 to 100`)
  }
  return {
    attempts,
    factor,
    firstMs: durationMs(policy.backoff?.first ?? '1s'),
    maxMs: durationMs(policy.backoff?.max ?? '1h'),
    attemptMs: limit(policy.timeout?.attempt),
    totalMs: limit(policy.timeout?.total),
    heartbeatMs: policy.heartbeat === undefined ? null : durationMs(policy.heartbeat),
    pool: (input) => checkedPool(policy.pool?.(input) ?? null),
    retryable: policy.retryable ?? (() => true),
  }
}

/** A pool's function is the embedder's: what it gives goes into rows that others read. */
function checkedPool(pool: Pool | null): Pool | null {
  if (pool === null) return null
  const { name, limit } = pool
  if (typeof name === 'string' && name !== '' && Number.isInteger(limit) && limit >= 1) return pool
  throw invalid(
    `a pool needs a name and a limit of at least 1, not ${JSON.stringify(pool)}; null is no pool`,
  )
}

function invalid(message: string): BakelineError {
  return new BakelineError('INVALID_INPUT', message)
}

function limit(duration: Duration | undefined): number {
  return duration === undefined ? Number.POSITIVE_INFINITY : durationMs(duration)
}

/** What is known of a task when an attempt of it failed. */
export interface Failure {
  /** 1 for the first attempt. */
  readonly attempt: number
  readonly at: number
  /** When all attempts together must have ended. */
  readonly deadline: number
  readonly error: TaskError
}

/** When to try again, or null: the machine gets the error. */
export function retryAt(policy: Policy, failure: Failure): number | null {
  if (failure.attempt >= policy.attempts || !policy.retryable(failure.error)) return null
  const pause = Math.min(policy.firstMs * policy.factor ** (failure.attempt - 1), policy.maxMs)
  const next = failure.at + Math.round(pause)
  return next < failure.deadline ? next : null
}

/** An error of any origin as the plain data that a machine can keep. */
export function taskError(thrown: unknown): TaskError {
  if (typeof thrown !== 'object' || thrown === null) {
    return { name: 'Error', message: String(thrown) }
  }
  const { name, code, message } = thrown as { name?: unknown; code?: unknown; message?: unknown }
  return {
    name: typeof name === 'string' ? name : 'Error',
    ...(typeof code === 'string' ? { code } : {}),
    message: typeof message === 'string' ? message : asText(thrown),
  }
}

function asText(thrown: object): string {
  try {
    return JSON.stringify(thrown) ?? Object.prototype.toString.call(thrown)
  } catch {
    // It contains itself, or a BigInt.
    return Object.prototype.toString.call(thrown)
  }
}

/** The error of an attempt, or of all attempts, that took too long. */
export function timeoutError(task: string, kind: 'attempt' | 'total', ms: number): TaskError {
  const what = kind === 'attempt' ? 'the attempt' : 'all attempts together'
  return {
    name: 'TimeoutError',
    code: 'Timeout',
    message: `${task}: ${what} took longer than ${ms} ms`,
  }
}
