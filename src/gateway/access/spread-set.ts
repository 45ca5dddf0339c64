/**
 * A set of words that look drawn by lot, in many small sets by their last letters: a great one is
 * built anew when it grows, and its whole process waits for tens of milliseconds.
 */
export class SpreadSet {
  readonly #parts: Set<string>[] = Array.from({ length: 64 }, () => new Set())
  #size = 0

  get size(): number {
    return this.#size
  }

  has(word: string): boolean {
    return this.#part(word).has(word)
  }

  add(word: string): void {
    const part = this.#part(word)
    const before = part.size
    this.#size += part.add(word).size - before
  }

  #part(word: string): Set<string> {
    const end = word.length - 1
    const lot = 7 * (word.charCodeAt(end) || 0) + (word.charCodeAt(end - 1) || 0)
    return this.#parts[lot % this.#parts.length] as Set<string>
  }
}
