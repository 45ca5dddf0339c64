import type { DrawKey } from '../../core/draw.js'
import type { State } from '../../core/stepper.js'
import { grown, longerThan } from './grown.js'

/** Executions that live, numbered; a number is used again after the end of its execution. */
export class ExecutionColumns {
  readonly state: State[] = []
  readonly status: string[] = []
  startedAt = new Float64Array(64)
  /** When the last step was; time never goes back within an execution. */
  updatedAt = new Float64Array(64)
  key = new Float64Array(64)
  /** What the host knows it by: the number of its template, say. */
  tag = new Int32Array(64)
  /** Its first pending work, or -1. */
  work = new Int32Array(64)
  readonly #free: number[] = []
  #count = 0

  /** How many live. */
  get live(): number {
    return this.#count - this.#free.length
  }

  add(state: State, { key, tag, at }: { key: DrawKey; tag: number; at: number }): number {
    const execution = this.#free.pop() ?? this.#count++
    if (execution === this.tag.length) this.#grow()
    this.state[execution] = state
    this.status[execution] = ''
    this.startedAt[execution] = at
    this.updatedAt[execution] = at
    this.key[execution] = key
    this.tag[execution] = tag
    this.work[execution] = -1
    return execution
  }

  /** Lets a number go; its state stays readable until it is used again. */
  drop(execution: number): void {
    this.#free.push(execution)
  }

  #grow(): void {
    const length = longerThan(this.tag.length)
    for (const column of ['startedAt', 'updatedAt', 'key'] as const) {
      this[column] = grown(this[column], new Float64Array(length))
    }
    for (const column of ['tag', 'work'] as const) {
      this[column] = grown(this[column], new Int32Array(length))
    }
  }
}
