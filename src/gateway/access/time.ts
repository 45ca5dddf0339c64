import { expiredTime, malformedTime } from './errors.js'

/** How far a request's time may be from ours, either way: 15 minutes, that very moment included. */
export const windowMs = 15 * 60_000

/**
 * A request's time in milliseconds since 1970: UTC to the second, `2026-11-24T02:15:36Z`, or finer,
 * as an old client sends it.
 *
 * @throws EcsError `InvalidTimeStamp.Format`
 */
export function readTime(text: string): number {
  if (text !== last.text) last = { text, at: parsed(text) }
  return last.at
}

/** Requests of the same second say the same. */
let last = { text: '', at: Number.NaN }

function parsed(text: string): number {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text)) throw malformedTime()
  const at = Date.parse(text)
  // A 30th of February parses as a day of March.
  const same = Number.isFinite(at) && new Date(at).toISOString().startsWith(text.slice(0, 19))
  if (!same) throw malformedTime()
  return at
}

/** @throws EcsError `InvalidTimeStamp.Expired` for a time too far away, in the past or the future */
export function refuseStale(at: number, now: number): void {
  if (Math.abs(now - at) > windowMs) throw expiredTime()
}
