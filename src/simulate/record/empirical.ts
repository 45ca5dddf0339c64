import { BakelineError } from '../../core/errors.js'
import { exactDuration } from './exact.js'
import { grouped } from './grouped.js'
import type { ObservedAttempt } from './observed.js'

/** A rule of a plan that was made of observations, and how many of them it stands on. */
export interface EmpiricalRule {
  readonly rule: Readonly<Record<string, unknown>>
  /** Attempts, or shares with an account, that were observed. */
  readonly observations: number
  /** Of those, the ones that the rule is about. */
  readonly of: number
}

/** More durations than this are told by so many quantiles of them. */
const mostDurations = 100

/**
 * The plan that many executions followed: for each task, and each region that it worked in, the
 * durations as they were observed and how often which failure came. Attempts that were stopped, or
 * still ran, have told nothing of either.
 *
 * @throws BakelineError `INVALID_INPUT` when no attempt has ended
 */
export function empiricalPlan(all: readonly ObservedAttempt[]): readonly EmpiricalRule[] {
  const attempts = all.filter(({ end }) => end === 'done' || end === 'failed')
  if (attempts.length === 0) {
    throw new BakelineError('INVALID_INPUT', 'no attempt has ended: there is nothing to learn from')
  }
  return [...grouped(attempts, ({ src }) => src)].flatMap(([task, group]) =>
    rulesOf({ task }, group).concat(byRegion(task, group), accountRules(task, group)),
  )
}

/** Copies and shares differ by region; where there is one only, it is that of the task. */
function byRegion(task: string, group: readonly ObservedAttempt[]): readonly EmpiricalRule[] {
  if (task !== 'copyImage' && task !== 'shareImage') return []
  const regions = grouped(group, ({ input }) => String(input['region']))
  if (regions.size < 2) return []
  return [...regions].flatMap(([region, attempts]) => rulesOf({ task, region }, attempts))
}

function rulesOf(
  about: Readonly<Record<string, unknown>>,
  group: readonly ObservedAttempt[],
): readonly EmpiricalRule[] {
  const observations = group.length
  const done = group.filter(({ end }) => end === 'done')
  const failures = grouped(
    group.filter(({ end }) => end === 'failed'),
    ({ error }) => JSON.stringify(failOf(error)),
  )
  const base = done.length === 0 ? group : done
  // A rule for a region must not inherit the failures of all of them.
  const first = { ...about, duration: spreadOf(base), ...(about['region'] ? { fail: false } : {}) }
  const shares = [...failures.values()].map((failed) => failed.length / observations)
  return [
    { rule: first, observations, of: base.length },
    ...[...failures.values()].map((failed, index): EmpiricalRule => {
      // The last rule that matches wins, so an earlier one is drawn among what those after it leave.
      const later = shares.slice(index + 1).reduce((sum, share) => sum + share, 0)
      const probability = rounded((shares[index] as number) / (1 - later))
      const fail = failOf((failed[0] as ObservedAttempt).error)
      const says = { duration: spreadOf(failed), fail }
      const chance = probability >= 1 ? {} : { probability }
      return { rule: { ...about, ...chance, ...says }, observations, of: failed.length }
    }),
  ]
}

/** Accounts that shares did not reach, each by how often. What the world says needs no rule. */
function accountRules(task: string, group: readonly ObservedAttempt[]): readonly EmpiricalRule[] {
  if (task !== 'shareImage') return []
  const shares = group.filter(({ end }) => end === 'done')
  const unreached = shares
    .flatMap((share) => share.unreached)
    .filter(({ code }) => code !== 'InvalidAccount.NotFound')
  return [...grouped(unreached, ({ account }) => account)].map(([account, failed]) => {
    const tried = shares.filter(({ input }) => (input['accounts'] as string[]).includes(account))
    const probability = rounded(failed.length / tried.length)
    const { code, message } = failed[0] as (typeof failed)[number]
    const chance = probability >= 1 ? {} : { probability }
    const rule = { task, account, ...chance, fail: { code, message } }
    return { rule, observations: tried.length, of: failed.length }
  })
}

function failOf(error: ObservedAttempt['error']): {
  readonly code: string
  readonly message: string
} {
  return { code: error?.code ?? error?.name ?? 'InternalError', message: error?.message ?? '' }
}

/** One duration, or all of them with how often each was seen. */
function spreadOf(attempts: readonly ObservedAttempt[]): unknown {
  const sorted = attempts.map(({ from, to }) => to - from).sort((a, b) => a - b)
  const kept = sorted.length > mostDurations ? quantiles(sorted) : sorted
  const counted = [...grouped(kept, (ms) => ms)].map(([ms, same]) => {
    const value = exactDuration(ms)
    return same.length === 1 ? value : { value, count: same.length }
  })
  if (counted.length > 1) return { empirical: counted }
  return exactDuration(kept[0] as number)
}

function quantiles(sorted: readonly number[]): number[] {
  return Array.from({ length: mostDurations }, (_, index) => {
    const at = Math.floor(((index + 0.5) / mostDurations) * sorted.length)
    return sorted[at] as number
  })
}

function rounded(share: number): number {
  return Math.min(1, Math.round(share * 10_000) / 10_000)
}
