import type { EventData } from './effects.js'
import type { Json } from './json.js'
import type { TaskError } from './policy.js'

/** A step: the event, the state value it led to, and a hash of its effects. */
export interface StepRecord {
  readonly event: EventData
  readonly value: Json
  readonly effects: string
}

/**
 * An attempt of a task: a real function was `started`, a task that queued got its `slot`, or an
 * attempt `failed` and is tried again at `retryAt` (of the task's own clock). Its last end is the
 * step that consumes it.
 */
export interface AttemptRecord {
  readonly task: string
  readonly attempt: number
  readonly phase: 'started' | 'slot' | 'failed'
  readonly error?: TaskError
  readonly retryAt?: number
}

/** A move to another version of the machine: folding begins at the newest one. */
export interface MigrationRecord {
  readonly from: string
  readonly to: string
  readonly snapshot: string
}

/** The event of an execution's first step. */
export const initEvent = 'xstate.init'
/** The event by which `engine.cancel` ends an execution. */
export const stopEvent = 'xstate.stop'

/** The event that a task's result is to its machine. */
export function doneEvent(task: string, output: Json): EventData {
  return { type: `xstate.done.actor.${task}`, output, actorId: task }
}

/** The event that a task's final failure is to its machine. */
export function errorEvent(task: string, error: TaskError): EventData {
  return { type: `xstate.error.actor.${task}`, error: { ...error }, actorId: task }
}

/** The id of the task whose end events of a type are, if they are. */
export function endedTask(type: string): string | null {
  return /^xstate\.(?:done|error)\.actor\.(.+)$/.exec(type)?.[1] ?? null
}
