import type { ExecutionStatus } from '../../../machines/status.js'
import type { Estimate } from './estimate.js'

/** A point of the distribution of lead times: this share of executions takes at most so long. */
export interface CurvePoint {
  readonly share: number
  /** Milliseconds. */
  readonly value: number
  readonly low: number
  readonly high: number
}

/** What a pool of slots saw. Times in milliseconds, lengths of the queue in tasks. */
export interface PoolReport {
  readonly name: string
  /** Null: any number. */
  readonly slots: number | null
  /** The share of slot-time that was used; null without a number of slots. */
  readonly utilisation: Estimate | null
  /** Tasks that wait, in the mean over time, and the most at once in any run. */
  readonly queue: Estimate
  readonly longest: number
  readonly wait: Estimate
  /** The share of tasks that had to wait. */
  readonly delayed: Estimate
}

/** What a fleet came to, with one value of its sweep or none. Times in milliseconds. */
export interface FleetPoint {
  /** The value of the sweep; null for the fleet as it stands. */
  readonly value: number | null
  readonly runs: number
  /** Whether the bounds became as tight as was asked for. */
  readonly precise: boolean
  /** Starts that were asked for, executions that began, those that gave an image; all measured. */
  readonly asked: number
  readonly began: number
  readonly usable: number
  /** Executions and steps that were played, the warm-up included. */
  readonly played: number
  readonly steps: number
  readonly refused: Estimate
  /** By reason: one of the template runs already; as many live as may. */
  readonly refusedRunning: Estimate
  readonly refusedLive: Estimate
  /** From the start to the end of executions that gave a usable image. */
  readonly leadTime: {
    readonly mean: Estimate
    readonly p50: Estimate
    readonly p90: Estimate
    readonly p95: Estimate
    readonly p99: Estimate
    readonly curve: readonly CurvePoint[]
    /** The share that takes longer than the goal; null without one. */
    readonly missed: Estimate | null
  }
  /** Shares of the executions that ended. */
  readonly outcomes: readonly { readonly status: ExecutionStatus; readonly share: Estimate }[]
  readonly statuses: readonly {
    readonly status: ExecutionStatus
    readonly mean: Estimate
    readonly p50: number
    readonly p95: number
  }[]
  readonly pools: readonly PoolReport[]
  /** Executions that live, in the mean over time. */
  readonly live: Estimate
}

/** A fleet that was played. */
export interface FleetReport {
  readonly name: string
  readonly about: string | null
  readonly file: string
  readonly seed: number
  readonly templates: number
  /** Milliseconds: one run, the part of it before measuring, and the goal. */
  readonly lasts: number
  readonly warmup: number
  readonly goal: number | null
  readonly confidence: number
  readonly precision: number
  /** The fleet as it stands. */
  readonly point: FleetPoint
  /** With each value of the sweep. */
  readonly sweep: { readonly title: string; readonly points: readonly FleetPoint[] } | null
  /** SHA-256 of all the figures, in hex: the same fleet, seed and version give the same. */
  readonly hash: string
}
