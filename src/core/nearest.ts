/** Words longer than this are not compared: the table below grows with the product of lengths. */
const longestWord = 100

/**
 * The candidate that `word` was most likely meant to be, or `undefined` when none is close: up to a
 * third of the longer word may be mistyped. Case does not count. Of equals, the first wins.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > longestWord) return undefined
  let best: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    if (candidate.length > longestWord) continue
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    const longer = Math.max(word.length, candidate.length)
    const allowed = Math.max(1, Math.floor(longer / 3))
    // A word of which nothing is left was not mistyped.
    if (distance <= allowed && distance < longer && distance < least) {
      best = candidate
      least = distance
    }
  }
  return best
}

/** ` Did you mean "RegionId"?`, to end an error message with; empty when nothing is close. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const found = nearest(word, candidates)
  return found === undefined ? '' : ` Did you mean "${found}"?`
}

/**
 * How many letters must be put in, taken out, changed, or swapped with their neighbour to make one
 * word of the other (optimal string alignment).
 */
export function editDistance(left: string, right: string): number {
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row += 1) {
    const line = [row]
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1]
      const best = Math.min(
        at(last, column) + 1,
        at(line, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      )
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      line.push(swapped ? Math.min(best, at(beforeLast, column - 2) + 1) : best)
    }
    beforeLast = last
    last = line
  }
  return at(last, right.length)
}

/** A cell of the table. Every cell that is asked for is there, which the compiler cannot see. */
function at(line: readonly number[], column: number): number {
  return Number(line[column])
}
