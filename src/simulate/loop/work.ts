import type { SetTimer } from '../../core/effects.js'
import type { AttemptOutcome } from '../../engine/simulate.js'
import { grown, longerThan } from './grown.js'
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
  state = new Uint8Array(64)
  execution = new Int32Array(64)
  /** The next of the same execution, or -1; of a number that is free, the next such. */
  next = new Int32Array(64)
  attempt = new Uint16Array(64)
  failures = new Uint16Array(64)
  /** The task, or the effect that set the timer. */
  readonly what: (LoopTask | SetTimer)[] = []
  /** How the attempt will end; null for a timer, and between two attempts. */
  readonly outcome: (AttemptOutcome | null)[] = []
  /** Those of tasks that wait, or have a limit of time: few do, so most loops have none. */
  readonly limits = new LimitColumns()
  #free = -1
  #count = 0

  /** A number that is free, linked before the others of its execution. */
  add(execution: number, state: number, what: LoopTask | SetTimer, next: number): number {
    let item = this.#free
    if (item >= 0) this.#free = this.next[item] as number
    else item = this.#count++
    if (item === this.state.length) this.#grow()
    this.state[item] = state
    this.execution[item] = execution
    this.next[item] = next
    this.attempt[item] = 0
    this.failures[item] = 0
    this.what[item] = what
    this.outcome[item] = null
    this.limits.clear(item)
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

  /** The task, or the timer, of an id in a list, or -1. */
  find(first: number, id: string, isTimer: boolean): number {
    let item = first
    while (item >= 0) {
      if ((this.state[item] === timer) === isTimer && this.what[item]?.id === id) break
      item = this.next[item] as number
    }
    return item
  }

  drop(item: number): void {
    this.outcome[item] = null
    this.next[item] = this.#free
    this.#free = item
  }

  #grow(): void {
    const length = longerThan(this.state.length)
    this.state = grown(this.state, new Uint8Array(length))
    this.execution = grown(this.execution, new Int32Array(length))
    this.next = grown(this.next, new Int32Array(length))
    this.attempt = grown(this.attempt, new Uint16Array(length))
    this.failures = grown(this.failures, new Uint16Array(length))
  }
}

/** What is known of the time that tasks have, by item. */
class LimitColumns {
  /** When all attempts must have ended, or `none`. */
  #deadline: Float64Array = new Float64Array(0)
  /** What was left of that time when it began to wait for a slot, or `none`. */
  #left: Float64Array = new Float64Array(0)
  /** Since when it waits. */
  #since: Float64Array = new Float64Array(0)

  clear(item: number): void {
    if (item >= this.#left.length) return
    this.#deadline[item] = none
    this.#left[item] = none
  }

  deadline(item: number): number {
    return item < this.#left.length ? (this.#deadline[item] as number) : none
  }

  /** What is left of its time, or `none` where nothing limits it or nothing was begun. */
  leftAt(item: number, at: number): number {
    const deadline = this.deadline(item)
    if (deadline !== none) return deadline - at
    return item < this.#left.length ? (this.#left[item] as number) : none
  }

  since(item: number): number {
    return this.#since[item] as number
  }

  /** Its time runs until then. */
  runs(item: number, deadline: number): void {
    if (item >= this.#left.length) this.#grow(item)
    this.#deadline[item] = deadline
    this.#left[item] = none
  }

  /** It waits from then on, and its time stands still. */
  waits(item: number, since: number): void {
    const left = this.leftAt(item, since)
    if (item >= this.#left.length) this.#grow(item)
    this.#deadline[item] = none
    this.#left[item] = left
    this.#since[item] = since
  }

  #grow(item: number): void {
    const length = Math.max(64, longerThan(this.#left.length), item + 1)
    const longer = () => new Float64Array(length).fill(none)
    this.#deadline = grown(this.#deadline, longer())
    this.#left = grown(this.#left, longer())
    this.#since = grown(this.#since, longer())
  }
}
