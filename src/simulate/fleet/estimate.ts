import { countBelow, type Sketch, type SketchData } from './sketch.js'
import { studentQuantile } from './student.js'

/** A value with its bounds: the interval holds the true one in so many fleets of a hundred. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** How sure bounds are. */
export const confidence = 0.95

/**
 * What one run adds to a ratio: waits over tasks, refusals over starts. Runs are independent, however
 * what happens within one hangs together; so the bounds come from how the runs differ.
 */
export interface Part {
  readonly sum: number
  readonly count: number
}

/** The ratio of the totals of all runs, its bounds by the delta method and Student's t. */
function ratio(parts: readonly Part[]): Estimate {
  const { value, error } = ratioOf(parts)
  const reach = error * studentQuantile((1 + confidence) / 2, Math.max(1, parts.length - 1))
  return { value, low: value - reach, high: value + reach }
}

/**
 * A ratio that is a share: its bounds do not leave 0 to 1. Where no run saw a case, or no other, runs
 * do not differ and say nothing of what is rare: then the bound is that of Clopper and Pearson.
 */
export function share(parts: readonly Part[]): Estimate {
  const { value, low, high } = ratio(parts)
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  const unseen = 1 - ((1 - confidence) / 2) ** (1 / Math.max(1, count))
  if (value === 0) return { value, low: 0, high: unseen }
  if (value === 1) return { value, low: 1 - unseen, high: 1 }
  return { value, low: Math.max(0, low), high: Math.min(1, high) }
}

/** A ratio of amounts that are never negative. */
export function amount(parts: readonly Part[]): Estimate {
  const { value, low, high } = ratio(parts)
  return { value, low: Math.max(0, low), high }
}

function ratioOf(parts: readonly Part[]): { readonly value: number; readonly error: number } {
  const runs = parts.length
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  if (count === 0) return { value: Number.NaN, error: Number.NaN }
  const value = parts.reduce((sum, part) => sum + part.sum, 0) / count
  const squares = parts.reduce((sum, part) => sum + (part.sum - value * part.count) ** 2, 0)
  return { value, error: Math.sqrt((squares * runs) / Math.max(1, runs - 1)) / count }
}

/**
 * A quantile of what all runs saw. Its bounds are the quantiles of those shares between which the
 * wanted one may truly lie: how far the share below the quantile varies from run to run says that.
 */
export function quantile(all: Sketch, runs: readonly SketchData[], wanted: number): Estimate {
  const value = all.quantile(wanted)
  const parts = runs.map((run) => ({ sum: countBelow(run, value), count: run.count }))
  const { low, high } = ratio(parts)
  const reach = (high - low) / 2
  return { value, low: all.quantile(wanted - reach), high: all.quantile(wanted + reach) }
}

/** Half the width of an interval as a share of its value; 0 for a value of 0 that is certain. */
export function relativeWidth({ value, low, high }: Estimate): number {
  const half = (high - low) / 2
  return half === 0 ? 0 : half / Math.abs(value)
}
