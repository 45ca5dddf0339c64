/** Enough that none is great, whatever is remembered of a minute. */
const count = 64

/**
 * A set of words that look drawn by lot, in many small sets by their last letters: a great one is
 * built anew when it grows, and its whole process waits for tens of milliseconds. Each is made when
 * its first word comes.
 */
export class SpreadSet {
  readonly #parts: (Set<string> | undefined)[] = Array.from({ length: count })
  #size = 0

  get size(): number {
    return this.#size
  }

  has(word: string): boolean {
    return this.#parts[lotOf(word)]?.has(word) === true
  }

  add(word: string): void {
    const lot = lotOf(word)
    const part = (this.#parts[lot] ??= new Set())
    const before = part.size
    this.#size += part.add(word).size - before
  }
}

function lotOf(word: string): number {
  const end = word.length - 1
  return (7 * (word.charCodeAt(end) || 0) + (word.charCodeAt(end - 1) || 0)) % count
}
