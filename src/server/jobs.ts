import type { Mistake } from '../simulate/scenario/error.js'

/** Work on what somebody wrote: nobody knows how long it takes, so it is bounded. */
export type Job =
  | { readonly kind: 'replay'; readonly text: string; readonly file: string }
  | {
      readonly kind: 'explore'
      readonly text: string
      readonly file: string
      /** Rules of one's own, in CEL. */
      readonly always: readonly string[]
    }
  | {
      readonly kind: 'fleet'
      readonly text: string
      readonly file: string
      /** Runs at most; fewer where the file says so. */
      readonly runs: number
    }
  | { readonly kind: 'pollers' }

export type JobKind = Job['kind']

/** What a job came to: its value, or what is wrong with the text. */
export type JobAnswer = { readonly value: unknown } | { readonly mistakes: readonly Mistake[] }

/** How far a job may go. */
export interface Allowance {
  /** Milliseconds of wall time. */
  readonly ms: number
  readonly mebibytes: number
}

export interface JobOptions {
  /** Told of how far it is, by those that say it. */
  readonly onProgress?: (progress: unknown) => void
  /** Ends it; the call rejects with the reason. */
  readonly signal?: AbortSignal
}

/** Where jobs are done: beside what is served, which goes on meanwhile. */
export interface Jobs {
  readonly allowances: Readonly<Record<JobKind, Allowance>>
  /** @throws BakelineError `OVERLOADED` when too many wait already */
  admit(kind: JobKind): void
  /**
   * @throws BakelineError `TIMEOUT` and `INVALID_INPUT` for one that goes further than it may;
   *   `OVERLOADED`, `CLOSED`
   */
  run(job: Job, options?: JobOptions): Promise<JobAnswer>
}
