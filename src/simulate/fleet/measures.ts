import {
  type ExecutionStatus,
  executionStatuses,
  terminalStatuses,
} from '../../../machines/status.js'
import type { LoopPool } from '../loop/pool.js'
import { Sketch, type SketchData } from './sketch.js'

/** The statuses of an execution that lives, in the order of its life. */
export const liveStatuses = executionStatuses.filter((status) => !terminalStatuses.includes(status))

/** What was measured of a pool in one run. Times in milliseconds. */
export interface PoolSample {
  readonly name: string
  readonly slots: number
  /** Slot-time held and time spent waiting, while starts arrived. */
  readonly held: number
  readonly waited: number
  readonly longest: number
  /** Of the tasks of measured executions: how many got a slot, how many of them after a wait. */
  readonly granted: number
  readonly delayed: number
  readonly waits: number
}

/** What one run came to: sums and sketches, which add up over runs. */
export interface Sample {
  /** Starts asked for after the warm-up. */
  readonly asked: number
  readonly refusedRunning: number
  readonly refusedLive: number
  /** Executions that began after the warm-up, by how they ended. */
  readonly ended: Readonly<Record<string, number>>
  /** From the start to the end, of those that gave a usable image. */
  readonly leadTime: SketchData
  readonly leadSum: number
  /** Of the same executions: time in each status. */
  readonly statuses: readonly { readonly sum: number; readonly sketch: SketchData }[]
  readonly pools: readonly PoolSample[]
  /** Live executions, integrated over the measured time, and that time. */
  readonly liveTime: number
  readonly measuredTime: number
  /** Executions and steps in all, the warm-up included. */
  readonly executions: number
  readonly steps: number
}

interface PoolCount {
  granted: number
  delayed: number
  waits: number
}

/** Collects what a run comes to. */
export class Measures {
  asked = 0
  refusedRunning = 0
  refusedLive = 0
  executions = 0
  readonly #begin: number
  readonly #endOfStarts: number
  readonly #ended = new Map<string, number>()
  readonly #lead = new Sketch()
  #leadSum = 0
  readonly #statusSums = liveStatuses.map(() => 0)
  readonly #statusSketches = liveStatuses.map(() => new Sketch())
  readonly #pools = new Map<string, PoolCount>()
  #live = 0
  #liveAt = 0
  #liveTime = 0

  /** @param begin when measuring begins, @param end when starts stop arriving */
  constructor(begin: number, end: number) {
    this.#begin = begin
    this.#endOfStarts = end
    this.#liveAt = begin
  }

  /** Whether what is asked for at a time is measured. */
  counts(at: number): boolean {
    return at >= this.#begin
  }

  alive(change: 1 | -1, at: number): void {
    const now = Math.min(this.#endOfStarts, at)
    if (now > this.#liveAt) {
      this.#liveTime += (now - this.#liveAt) * this.#live
      this.#liveAt = now
    }
    this.#live += change
  }

  granted(pool: string, waited: number): void {
    let count = this.#pools.get(pool)
    if (count === undefined) {
      count = { granted: 0, delayed: 0, waits: 0 }
      this.#pools.set(pool, count)
    }
    count.granted += 1
    count.waits += waited
    if (waited > 0) count.delayed += 1
  }

  /** An execution has ended. @param times by number of live status, from `from` on */
  ended(status: ExecutionStatus, lead: number, times: Float64Array, from: number): void {
    this.#ended.set(status, (this.#ended.get(status) ?? 0) + 1)
    if (status !== 'SUCCESS' && status !== 'PARTITION_SUCCESS') return
    this.#lead.add(lead)
    this.#leadSum += lead
    for (let n = 0; n < liveStatuses.length; n++) {
      const took = times[from + n] as number
      this.#statusSums[n] = (this.#statusSums[n] as number) + took
      this.#statusSketches[n]?.add(took)
    }
  }

  /** @param usage of the pools, taken when starts stopped arriving */
  sample(
    usage: readonly { pool: LoopPool; usage: ReturnType<LoopPool['usage']> }[],
    steps: number,
  ): Sample {
    this.alive(1, this.#endOfStarts)
    this.#live -= 1
    return {
      asked: this.asked,
      refusedRunning: this.refusedRunning,
      refusedLive: this.refusedLive,
      ended: Object.fromEntries(terminalStatuses.map((each) => [each, this.#ended.get(each) ?? 0])),
      leadTime: this.#lead.data(),
      leadSum: this.#leadSum,
      statuses: this.#statusSums.map((sum, n) => {
        return { sum, sketch: (this.#statusSketches[n] as Sketch).data() }
      }),
      pools: usage.map(({ pool, usage: { held, waited, longest } }) => {
        const counted = this.#pools.get(pool.name) ?? { granted: 0, delayed: 0, waits: 0 }
        return { name: pool.name, slots: pool.limit, held, waited, longest, ...counted }
      }),
      liveTime: this.#liveTime,
      measuredTime: this.#endOfStarts - this.#begin,
      executions: this.executions,
      steps,
    }
  }
}
