import type { Duration } from '../../core/duration.js'
import type { During } from './during.js'
import type { Spread } from './spread.js'

/** The seven tasks of an execution, in the order in which one does them. */
export const taskNames = [
  'prepareInstance',
  'repairImage',
  'buildImage',
  'testImage',
  'copyImage',
  'shareImage',
  'releaseResources',
] as const

/** Every task that a plan can rule: those of an execution, and that of a CreateImage call. */
export const plannedTaskNames = [...taskNames, 'createImage'] as const

export type TaskName = (typeof plannedTaskNames)[number]

/** How an attempt fails: the message alone, or with the code that callers see. */
export type Fail = string | { readonly code: string; readonly message?: string }

/**
 * One rule of a plan: which attempts it is about, and what it states of them. A plan is a list of
 * rules, read top to bottom: of the rules that match an attempt, the last one that states a duration
 * gives the duration, and the last one that states `fail` says whether and how it fails.
 *
 * What is left to chance follows from the seed, the execution, the task and the attempt alone.
 */
export interface TaskRule {
  readonly task: TaskName
  /** The Name of the template; absent: any. */
  readonly template?: string
  /** The region that the task works in: for `copyImage` the one that the copy goes to. */
  readonly region?: string
  /** Of `shareImage` only: what happens to this account, while the others go their way. */
  readonly account?: string
  /** `3`, `'1-2'`, `'3-'`; absent: every attempt. */
  readonly attempt?: number | string
  /** Attempts that begin then; absent: at any time. */
  readonly during?: During
  /** Of the attempts that all this is true of, the share that the rule is about: 0 to 1. */
  readonly probability?: number
  readonly duration?: Duration | Spread
  /** `false` takes an earlier rule's failure back. */
  readonly fail?: false | Fail
}

/**
 * Regions that are down at the same time. Whatever runs there meanwhile fails when the outage begins,
 * or as it begins itself; or it takes longer.
 */
export interface OutageRule {
  /** The regions, which go down together. */
  readonly outage: string | readonly string[]
  /** Only these tasks; absent: all that work in the region. */
  readonly tasks?: readonly TaskName[]
  /** One outage, from a time to a time. */
  readonly during?: { readonly from: string; readonly to: string }
  /** Outages that arise by chance, so far apart in the mean (a Poisson process). */
  readonly every?: Duration
  /** How long each of those lasts. */
  readonly lasts?: Duration | Spread
  readonly fail?: Fail
  /** What runs there advances so many times slower while the outage lasts. */
  readonly slower?: number
}

/** How a call is refused; the status is HTTP's, 503 when absent. */
export type CallFail =
  | string
  | { readonly code: string; readonly message?: string; readonly status?: number }

/** What happens to calls of the API, in the words of the gateway's faults. */
export interface CallRule {
  /** The operation: `StartImagePipelineExecution`. */
  readonly call: string
  readonly region?: string
  /** Hits the n-th call alone, the first n, or every n-th; absent: all of them. */
  readonly nth?: number
  readonly first?: number
  readonly every?: number
  readonly during?: During
  /** Of those, the share that it hits: 0 to 1. */
  readonly probability?: number
  /** Passes before anything else happens. */
  readonly latency?: Duration | Spread
  /** Answered in place of the service; nothing is done. */
  readonly fail?: CallFail
}

export type Rule = TaskRule | OutageRule | CallRule

/** The key of the setting that holds a file's rules: a JSON list of {@link Rule}. */
export const planSetting = 'plan'
