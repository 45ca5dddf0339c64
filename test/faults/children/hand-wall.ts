import type { Wall } from '../../../src/core/ports.js'

/** A wall clock that is moved by hand, so that leases run out when a test says so. */
export class HandWall implements Wall {
  #now = 0
  readonly #alarms = new Set<{ readonly at: number; readonly callback: () => void }>()

  now(): number {
    return this.#now
  }

  after(ms: number, callback: () => void): () => void {
    const alarm = { at: this.#now + ms, callback }
    this.#alarms.add(alarm)
    return () => this.#alarms.delete(alarm)
  }

  /** Calls what was to be called by then, in order. */
  moveTo(time: number): void {
    for (;;) {
      const [next] = [...this.#alarms].filter(({ at }) => at <= time).sort((a, b) => a.at - b.at)
      if (!next) break
      this.#alarms.delete(next)
      this.#now = next.at
      next.callback()
    }
    this.#now = time
  }
}
