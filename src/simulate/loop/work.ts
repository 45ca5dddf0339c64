import type { EventData } from '../../core/effects.js'
import type { AttemptOutcome } from '../../engine/simulate.js'
import { grown } from './agenda.js'
import type { LoopTask } from './types.js'

export const running = 1
export const waiting = 2
export const backoff = 3
export const timer = 4

/** No deadline, or no time left over from before. */
export const none = -1

/**
 * Timers and tasks that are pending, numbered, their fields in columns: a live execution has several,
 * and an object for each would be most of what the loop allocates and the garbage collector walks.
 */
export class WorkColumns {
  state = new Int32Array(64)
  execution = new Int32Array(64)
  /** The next of the same execution, or -1. */
  next = new Int32Array(64)
  /** The row's number: of what is due at one instant, the lower comes first. */
  order = new Float64Array(64)
  attempt = new Int32Array(64)
  failures = new Int32Array(64)
  /** When all attempts must have ended, or `none`. */
  deadline = new Float64Array(64)
  /** What was left of that time when it began to wait for a slot, or `none`. */
  left = new Float64Array(64)
  /** When it is due; of one that waits for a slot, since when. */
  at = new Float64Array(64)
  readonly task: (LoopTask | null)[] = []
  /** How the attempt will end. */
  readonly outcome: (AttemptOutcome | null)[] = []
  /** The event and id of a timer. */
  readonly event: (EventData | null)[] = []
  readonly timerId: (string | null)[] = []
  #free: number[] = []
  #count = 0

  /** A number that is free, linked before the others of its execution. */
  add(
    execution: number,
    { state, order, next = -1 }: { state: number; order: number; next: number | undefined },
  ): number {
    const item = this.#free.pop() ?? this.#count++
    if (item === this.state.length) this.#grow()
    this.state[item] = state
    this.execution[item] = execution
    this.order[item] = order
    this.next[item] = next
    this.attempt[item] = 0
    this.failures[item] = 0
    this.deadline[item] = none
    this.left[item] = none
    this.task[item] = null
    this.outcome[item] = null
    this.event[item] = null
    this.timerId[item] = null
    return item
  }

  /** The first item of a list after one is taken out of it. */
  unlink(first: number, item: number): number {
    const after = this.next[item] as number
    if (first === item) return after
    let before = first
    while (this.next[before] !== item) before = this.next[before] as number
    this.next[before] = after
    return first
  }

  /** The task of an id in a list, or -1. */
  findTask(first: number, id: string): number {
    let item = first
    while (item >= 0 && this.task[item]?.id !== id) item = this.next[item] as number
    return item
  }

  /** The timer of an id in a list, or -1. */
  findTimer(first: number, id: string): number {
    let item = first
    while (item >= 0 && this.timerId[item] !== id) item = this.next[item] as number
    return item
  }

  drop(item: number): void {
    this.task[item] = null
    this.outcome[item] = null
    this.event[item] = null
    this.timerId[item] = null
    this.#free.push(item)
  }

  #grow(): void {
    const length = 2 * this.state.length
    for (const column of ['state', 'execution', 'next', 'attempt', 'failures'] as const) {
      this[column] = grown(this[column], new Int32Array(length))
    }
    for (const column of ['order', 'deadline', 'left', 'at'] as const) {
      this[column] = grown(this[column], new Float64Array(length))
    }
  }
}
