import type { Json } from '../core/json.js'
import type { TaskError } from '../core/policy.js'
import type { Reader } from '../core/ports.js'

/** How an attempt ended. */
export type AttemptOutcome = { readonly output: Json } | { readonly error: TaskError }

/** What a simulated attempt comes to. */
export interface SimulatedAttempt {
  /**
   * Milliseconds of the file's time. Null: it has no end of its own and takes no slot; it waits, and
   * counts toward no time-out, until `endTasks` or `beginAnew` of a transaction.
   */
  readonly duration: number | null
  readonly outcome: AttemptOutcome
  /** Milliseconds until the next attempt when this one fails; the policy's when absent. */
  readonly pause?: number
}

/** What a simulator is told of an attempt. */
export interface AttemptFacts {
  readonly executionId: string
  readonly singletonKey: string | null
  /** `id@version` */
  readonly machine: string
  /** The task's id, `copy.cn-beijing`. */
  readonly task: string
  /** The task's name, `copyImage`. */
  readonly src: string
  readonly input: Json
  /** 1 for the first. */
  readonly attempt: number
  /** When it begins, in the file's time. */
  readonly at: number
}

/**
 * Decides an attempt from what the file says, so that its end is only a timer. Pure. Null leaves the
 * task to a real function.
 */
export type Simulate = (facts: AttemptFacts, given: SimulateReader) => SimulatedAttempt | null

/** What a simulator may look at: settings as they stand now, the rest as the transaction found it. */
export type SimulateReader = Pick<Reader, 'setting' | 'counter' | 'catalogGet' | 'catalogFind'>
