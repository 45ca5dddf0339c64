import { BakelineError } from './errors.js'

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** A length of time: milliseconds, or text such as `90s`, `1h30m`, `2d`. */
export type Duration = number | string

/** The longest duration that is accepted, 400 days: a typo in a unit should be heard of. */
export const maxDurationMs = 400 * 86_400_000

/**
 * Milliseconds of a duration.
 *
 * @throws BakelineError `INVALID_INPUT` when the text is not one, negative, or over 400 days.
 */
export function durationMs(duration: Duration): number {
  const ms = typeof duration === 'number' ? duration : parse(duration)
  if (!Number.isFinite(ms) || ms < 0 || ms > maxDurationMs) throw bad(duration)
  return Math.round(ms)
}

function parse(text: string): number {
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) throw bad(text)
  let total = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    total += Number(amount) * (unitMs[unit as string] as number)
  }
  return total
}

function bad(duration: Duration): BakelineError {
  return new BakelineError(
    'INVALID_INPUT',
    `"${duration}" is not a duration: write 500ms, 90s, 10m, 1h30m or 2d (at most 400d)`,
  )
}

/** A duration as people read it: `0s`, `450ms`, `1m30s`, `2h`, `3d4h`. */
export function formatDuration(ms: number): string {
  if (ms > 0 && ms < 1_000) return `${ms}ms`
  let rest = Math.round(ms / 1_000)
  const parts: string[] = []
  for (const [unit, seconds] of [
    ['d', 86_400],
    ['h', 3_600],
    ['m', 60],
    ['s', 1],
  ] as const) {
    const amount = Math.floor(rest / seconds)
    if (amount > 0) parts.push(`${amount}${unit}`)
    rest -= amount * seconds
  }
  return parts.join('') || '0s'
}
