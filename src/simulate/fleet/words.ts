import { formatDuration } from '../../core/duration.js'
import type { Estimate } from './estimate.js'

/** Figures as people read them, in the text and on the page alike; never by the system's locale. */

/** `12 345` */
export function whole(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ' ')
}

/** A share in percent with as many digits as it deserves: `40 %`, `7.6 %`, `0.03 %`. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '–'
  const value = 100 * share
  const digits = value >= 99.95 || value === 0 ? 0 : value >= 0.95 ? 1 : 2
  return `${value.toFixed(digits)} %`
}

/** `20m36s`; below a minute with a tenth of a second, below one in milliseconds. */
export function length(ms: number): string {
  if (!Number.isFinite(ms)) return '–'
  if (ms >= 60_000 || ms === 0) return formatDuration(Math.round(ms / 1_000) * 1_000)
  return ms >= 1_000 ? `${(ms / 1_000).toFixed(1)}s` : `${Math.round(ms)}ms`
}

/** A number of things in the mean. */
export function mean(n: number): string {
  if (!Number.isFinite(n)) return '–'
  return n >= 100 ? whole(n) : n.toFixed(n >= 10 ? 1 : 2)
}

/** `20m36s to 21m2s` */
export function bounds({ low, high }: Estimate, as: (value: number) => string): string {
  return Number.isFinite(low) ? `${as(low)} to ${as(high)}` : 'unknown'
}
