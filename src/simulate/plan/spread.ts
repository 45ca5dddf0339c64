import { type Duration, durationMs, maxDurationMs } from '../../core/duration.js'
import { BakelineError } from '../../core/errors.js'
import { normalQuantile } from '../../core/normal.js'

/** An observed duration, and how often it was observed. */
export type Observation = Duration | { readonly value: Duration; readonly count: number }

/** A duration by chance: one of the five kinds, and bounds where it should have them. */
export interface Spread {
  /** Any duration between two, each as likely as another. */
  readonly uniform?: { readonly from: Duration; readonly to: Duration }
  /** Around a mean; what would be below zero is zero. */
  readonly normal?: { readonly mean: Duration; readonly deviation: Duration }
  /** With a long tail: by median and 95th percentile, or by mean and standard deviation. */
  readonly logNormal?:
    | { readonly median: Duration; readonly p95: Duration }
    | { readonly mean: Duration; readonly deviation: Duration }
  /** Without memory: what is left does not depend on what has passed. */
  readonly exponential?: { readonly mean: Duration }
  /** As it was observed, each observation as likely as it was frequent. */
  readonly empirical?: readonly Observation[]
  /** What is shorter takes this long. */
  readonly atLeast?: Duration
  /** What is longer takes this long. */
  readonly atMost?: Duration
}

export const spreadKinds = ['uniform', 'normal', 'logNormal', 'exponential', 'empirical'] as const

/**
 * The duration, in whole milliseconds, below which a share `u` of all lies: rising in `u`, so that
 * the same draw gives a longer duration where the durations are longer.
 */
export type Sampler = (u: number) => number

/** A duration that is fixed, or how it is drawn. */
export type CompiledDuration = number | Sampler

/** @throws BakelineError `INVALID_INPUT` for a duration, or a spread, that makes no sense */
export function compileDuration(duration: Duration | Spread): CompiledDuration {
  return typeof duration === 'object' ? compileSpread(duration) : durationMs(duration)
}

/** The duration of a draw. */
export function sampled(duration: CompiledDuration, u: number): number {
  return typeof duration === 'number' ? duration : duration(u)
}

/** @throws BakelineError `INVALID_INPUT` */
export function compileSpread(spread: Spread): Sampler {
  const problem = spreadProblem(spread)
  if (problem !== null) throw new BakelineError('INVALID_INPUT', problem.message)
  const least = durationMs(spread.atLeast ?? 0)
  const most = durationMs(spread.atMost ?? maxDurationMs)
  const raw = rawSampler(spread)
  return (u) => Math.round(Math.min(most, Math.max(least, raw(u))))
}

/** What keeps a spread from making sense, where its durations can be read; null when it does. */
export function spreadProblem(
  spread: Spread,
): { readonly path: readonly string[]; readonly message: string } | null {
  const kinds = spreadKinds.filter((kind) => spread[kind] !== undefined)
  if (kinds.length !== 1) {
    return { path: [], message: `a duration by chance is one of ${spreadKinds.join(', ')}` }
  }
  const { atLeast = 0, atMost = maxDurationMs, uniform, logNormal, empirical } = spread
  if (durationMs(atLeast) > durationMs(atMost)) {
    return { path: ['atMost'], message: '"atMost" is less than "atLeast"' }
  }
  if (uniform !== undefined && durationMs(uniform.from) > durationMs(uniform.to)) {
    return { path: ['uniform', 'to'], message: '"to" is less than "from"' }
  }
  if (logNormal !== undefined) return logNormalProblem(logNormal)
  if (empirical !== undefined && empirical.length === 0) {
    return { path: ['empirical'], message: '"empirical" needs an observation at least' }
  }
  return null
}

function logNormalProblem(given: NonNullable<Spread['logNormal']>) {
  const path = ['logNormal']
  if ('median' in given) {
    if (durationMs(given.median) === 0) return { path, message: '"median" must be above 0' }
    if (durationMs(given.p95) >= durationMs(given.median)) return null
    return { path, message: '"p95" is less than "median"' }
  }
  return durationMs(given.mean) > 0 ? null : { path, message: '"mean" must be above 0' }
}

function rawSampler(spread: Spread): (u: number) => number {
  const { uniform, normal, logNormal, exponential, empirical } = spread
  if (uniform !== undefined) {
    const [from, to] = [durationMs(uniform.from), durationMs(uniform.to)]
    return (u) => from + u * (to - from)
  }
  if (normal !== undefined) {
    const [mean, deviation] = [durationMs(normal.mean), durationMs(normal.deviation)]
    return (u) => mean + deviation * normalQuantile(u)
  }
  if (logNormal !== undefined) {
    const { mu, sigma } = logNormalParameters(logNormal)
    return (u) => Math.exp(mu + sigma * normalQuantile(u))
  }
  if (exponential !== undefined) {
    const mean = durationMs(exponential.mean)
    return (u) => -mean * Math.log1p(-u)
  }
  return observedSampler(empirical ?? [])
}

/** Mean and deviation of the logarithm. */
function logNormalParameters(given: NonNullable<Spread['logNormal']>) {
  if ('median' in given) {
    const mu = Math.log(durationMs(given.median))
    return { mu, sigma: (Math.log(durationMs(given.p95)) - mu) / normalQuantile(0.95) }
  }
  const mean = durationMs(given.mean)
  const variance = Math.log1p((durationMs(given.deviation) / mean) ** 2)
  return { mu: Math.log(mean) - variance / 2, sigma: Math.sqrt(variance) }
}

function observedSampler(observations: readonly Observation[]): (u: number) => number {
  const sorted = observations
    .map((each) => (typeof each === 'object' ? each : { value: each, count: 1 }))
    .map(({ value, count }) => ({ ms: durationMs(value), count }))
    .sort((a, b) => a.ms - b.ms)
  const total = sorted.reduce((sum, { count }) => sum + count, 0)
  let below = 0
  const upTo = sorted.map(({ count }) => (below += count) / total)
  return (u) => {
    let [low, high] = [0, sorted.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (u < (upTo[middle] as number)) high = middle
      else low = middle + 1
    }
    return (sorted[low] as { readonly ms: number }).ms
  }
}
