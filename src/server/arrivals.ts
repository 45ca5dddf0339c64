/** Enough for the connections of a burst; whoever comes after them waits for a turn that has work in it. */
const mostTurns = 128

/**
 * Holds requests back while connections arrive. The event loop takes one connection a turn, and a turn
 * that has a group of starts in it lasts for milliseconds: of thirty clients that connect at once the
 * last would be heard after a hundred. A turn without requests is over in microseconds.
 */
export class Arrivals {
  #held: (() => void)[] = []
  #hasCome = false
  #isWaiting = false
  #turns = 0

  /** A connection was taken: the next one may be waiting. */
  came(): void {
    this.#hasCome = true
    if (this.#isWaiting) return
    this.#isWaiting = true
    this.#turns = 0
    this.#wait()
  }

  /** Does something, now or when a turn has passed without a new connection. */
  whenQuiet(doing: () => void): void {
    if (this.#isWaiting) this.#held.push(doing)
    else doing()
  }

  #wait(): void {
    setImmediate(() => {
      const goesOn = this.#hasCome && ++this.#turns < mostTurns
      this.#hasCome = false
      if (goesOn) this.#wait()
      else this.#release()
    })
  }

  #release(): void {
    const held = this.#held
    this.#held = []
    this.#isWaiting = false
    for (const doing of held) doing()
  }
}
