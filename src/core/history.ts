import type { EventData } from './effects.js'
import type { Json } from './json.js'
import type { TaskError } from './policy.js'

/** An attempt of a real function: which one, and since when it ran, in the file's time. */
export interface Ran {
  readonly attempt: number
  readonly since: number
}

/**
 * A step: the event, the state value it led to, and a hash of its effects. Where it is the end of a
 * real function, it says which attempt that was: while it runs, its work row alone tells of it.
 */
export interface StepRecord extends Partial<Ran> {
  readonly event: EventData
  readonly value: Json
  readonly effects: string
}

/**
 * An attempt of a task: a task that queued got its `slot`; an attempt `failed` and is tried again at
 * `retryAt` (of the task's own clock); a real function's was `lost` with its process, and another
 * takes it up. Its last end is the step that consumes it. That a real function was `started` is in
 * older histories alone.
 */
export interface AttemptRecord extends Partial<Pick<Ran, 'since'>> {
  readonly task: string
  readonly attempt: number
  readonly phase: 'started' | 'slot' | 'failed' | 'lost'
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
