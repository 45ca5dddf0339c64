import type { DrawKey } from '../../core/draw.js'
import type { EventData, Outcome, StartTask } from '../../core/effects.js'
import type { Policy, TaskError } from '../../core/policy.js'
import type { State, Stepper } from '../../core/stepper.js'
import type { SimulatedAttempt } from '../../engine/simulate.js'
import type { LoopPool } from './pool.js'

/** A task as the loop runs it: what is the same whenever it is started. */
export interface LoopTask {
  readonly id: string
  readonly policy: Policy
  readonly pool: LoopPool | null
  /** The event of an end with the output null, which nearly all ends are. */
  readonly done: EventData
  /** The event of a failure: the same for the same error. */
  failed(error: TaskError): EventData
  /**
   * What an attempt comes to, begun at a time, in milliseconds; as a plan decides it.
   *
   * @param key the key of the execution, under which it draws
   */
  attempt(key: DrawKey, attempt: number, at: number): SimulatedAttempt
}

/** What the loop is to know of the world around it. */
export interface LoopOptions {
  readonly stepper: Stepper
  /**
   * Whether a step that was taken before, from the same state by the same event, is remembered. For a
   * machine of which it is known that it changes nothing in place; false when absent.
   */
  readonly remembers?: boolean
  /** The task that an effect starts, for an execution with this tag. */
  readonly task: (effect: StartTask, tag: number) => LoopTask
  /** A word for a state; compared with the one before, so that a change can be told. */
  readonly status: (state: State) => string
  readonly observer?: LoopObserver
}

/** Whom the loop tells what happens. Executions are numbers, used again after their end. */
export interface LoopObserver {
  /** The status has changed, or the execution begins (`before` is then ''). */
  status?(execution: number, before: string, after: string, at: number): void
  /** A task got its slot after it had waited, in milliseconds; 0 when one was free. */
  slot?(execution: number, task: LoopTask, waited: number, at: number): void
  /** An attempt has ended: the task is tried again, or the machine was told. */
  attempt?(execution: number, task: LoopTask, error: TaskError | null, at: number): void
  ended?(execution: number, outcome: Outcome, state: State, at: number): void
}
