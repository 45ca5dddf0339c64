import type { Duration } from '../../core/duration.js'

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
 */
export interface Rule {
  readonly task: TaskName
  /** The Name of the template; absent: any. */
  readonly template?: string
  /** The region that the task works in: for `copyImage` the one that the copy goes to. */
  readonly region?: string
  /** Of `shareImage` only: what happens to this account, while the others go their way. */
  readonly account?: string
  /** `3`, `'1-2'`, `'3-'`; absent: every attempt. */
  readonly attempt?: number | string
  readonly duration?: Duration
  /** `false` takes an earlier rule's failure back. */
  readonly fail?: false | Fail
}

/** The key of the setting that holds a file's rules: a JSON list of {@link Rule}. */
export const planSetting = 'plan'
