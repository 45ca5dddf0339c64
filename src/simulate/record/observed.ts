import type { TaskError } from '../../core/policy.js'
import type { RecordRow } from '../../core/ports.js'
import type { Component, Template } from '../../imagebuilder/rows.js'
import type { World } from '../../imagebuilder/world/types.js'

/** One record of an execution, as a file, a server or a saved stream has it. */
export type ObservedRecord = Pick<RecordRow, 'n' | 'seq' | 'at' | 'kind' | 'body'>

/** An attempt that runs as it is observed: its end is known to a file, and to nobody else. */
export interface Pending {
  readonly task: string
  /** When it ends, in the file's time; null: nobody knows. */
  readonly due: number | null
}

/** An execution with its whole history. */
export interface ObservedRun {
  readonly id: string
  /** Its template's id. */
  readonly template: string
  /** From the first on, ascending. */
  readonly records: readonly ObservedRecord[]
  readonly pending: readonly Pending[]
  /** The same run as it went on, where this is a part of it. */
  readonly whole?: ObservedRun
}

/** One thing that fell due and was done: a task's end or pause, or a timer. */
export interface DoneItem {
  /** The id of the execution. */
  readonly execution: string
  /** The id of the task or timer. */
  readonly id: string
}

/** What is known of executions that ran somewhere. */
export interface Observed {
  /** Where it was observed, for people: `bakeline.db`. */
  readonly source: string
  /** What ids follow from; null: from nothing, or it is not known. */
  readonly seed: number | null
  /** The time up to which it was observed, in the file's time. */
  readonly now: number
  /** The world as it is now; null: not known. */
  readonly world: World | null
  /** Every template that is known, in the order of creation where that is known. */
  readonly templates: readonly Template[]
  readonly components: readonly Component[]
  /** In the order of their starts. */
  readonly runs: readonly ObservedRun[]
  /**
   * What had been done of what fell due at the last instant, in order, where that is not all of it;
   * absent: all.
   */
  readonly lastDone?: readonly DoneItem[]
}

/** One attempt of a task, as it went. */
export interface ObservedAttempt {
  /** The task's id: `copy.cn-beijing`. */
  readonly task: string
  /** Its name: `copyImage`. */
  readonly src: string
  readonly input: Readonly<Record<string, unknown>>
  /** 1 for the first. */
  readonly attempt: number
  readonly from: number
  readonly to: number
  /** Stopped: its stage was left. Running: it had not ended as it was observed. */
  readonly end: 'done' | 'failed' | 'stopped' | 'running'
  /** Why it failed. */
  readonly error: TaskError | null
  /** Of a share that was done: the accounts that it did not reach. */
  readonly unreached: readonly Unreached[]
}

export interface Unreached {
  readonly account: string
  readonly code: string
  readonly message: string
}
