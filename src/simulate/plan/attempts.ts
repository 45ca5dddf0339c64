/** Attempts from the first to the last, both included; the last may be infinite. */
export interface AttemptRange {
  readonly first: number
  readonly last: number
}

/** The highest attempt that a range can name: a policy allows no more. */
const highest = 1_000

/**
 * Reads `3`, `'3'`, `'1-2'` (first to last) or `'3-'` (from the third on); absent means every attempt.
 * Null when it is none of these, empty (`2-1`), or beyond 1 to 1000.
 */
export function attemptRange(attempt: number | string | undefined): AttemptRange | null {
  if (attempt === undefined) return { first: 1, last: Number.POSITIVE_INFINITY }
  const found = /^(\d{1,4})(?:(-)(\d{1,4})?)?$/.exec(String(attempt))
  if (found === null) return null
  const first = Number(found[1])
  const open = found[2] === undefined ? first : Number.POSITIVE_INFINITY
  const last = found[3] === undefined ? open : Number(found[3])
  if (first < 1 || first > highest || last < first) return null
  return last <= highest || last === Number.POSITIVE_INFINITY ? { first, last } : null
}
