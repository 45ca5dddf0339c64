import { durationMs } from '../../core/duration.js'
import { BakelineError } from '../../core/errors.js'

/** A stretch of time. What is absent does not bound it. */
export interface During {
  /** A UTC time, `2026-01-05T02:00:00Z`, or how long after the beginning: `90m`. */
  readonly from?: string
  /** The first instant that is not in it. */
  readonly to?: string
  /** Hours of the day, in UTC: `22:00-04:00` goes over midnight. */
  readonly daily?: string
}

const dayMs = 86_400_000

/** Whether a text says how long after the beginning, rather than when. */
export function isOffset(time: string): boolean {
  return !/^\d{4}-/.test(time)
}

/** The instant of a time, in milliseconds. @throws BakelineError `INVALID_INPUT` */
export function instantOf(time: string): number {
  const at = Date.parse(time)
  if (!isOffset(time) && Number.isFinite(at)) return at
  const problem = `"${time}" is not a time: write 2026-01-05T02:00:00Z`
  throw new BakelineError('INVALID_INPUT', problem)
}

/** A time of which the beginning is known, as one that stands for itself. */
export function anchoredTime(time: string, beginning: number): string {
  return isOffset(time) ? new Date(beginning + durationMs(time)).toISOString() : time
}

/** The two ends of a daily stretch in milliseconds of the day; null when it cannot be read. */
export function dailyHours(daily: string): { readonly from: number; readonly to: number } | null {
  const found = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(daily)
  if (found === null) return null
  const [h1, m1, h2, m2] = found.slice(1).map(Number) as [number, number, number, number]
  if (m1 > 59 || m2 > 59 || h1 > 23 || h2 * 60 + m2 > 24 * 60) return null
  return { from: (h1 * 60 + m1) * 60_000, to: (h2 * 60 + m2) * 60_000 }
}

/** @throws BakelineError `INVALID_INPUT` for a time that cannot be read */
export function compileDuring(during: During): (at: number) => boolean {
  const from = during.from === undefined ? Number.NEGATIVE_INFINITY : instantOf(during.from)
  const to = during.to === undefined ? Number.POSITIVE_INFINITY : instantOf(during.to)
  const hours = during.daily === undefined ? null : dailyHours(during.daily)
  if (during.daily !== undefined && hours === null) {
    throw new BakelineError('INVALID_INPUT', `"${during.daily}" is not daily: write 22:00-04:00`)
  }
  return (at) => at >= from && at < to && (hours === null || isWithin(hours, at))
}

function isWithin(hours: { readonly from: number; readonly to: number }, at: number): boolean {
  const ofDay = ((at % dayMs) + dayMs) % dayMs
  return hours.from < hours.to
    ? ofDay >= hours.from && ofDay < hours.to
    : ofDay >= hours.from || ofDay < hours.to
}
