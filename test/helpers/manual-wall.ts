import type { Wall } from '../../src/core/ports.js'

interface Alarm {
  readonly at: number
  readonly callback: () => void
}

/** Monday, 5 January 2026, 02:00 UTC. */
export const monday = Date.UTC(2026, 0, 5, 2)

/** A wall clock that a test moves. */
export class ManualWall implements Wall {
  #now: number
  #alarms: Alarm[] = []

  constructor(now = monday) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  /** How many alarms are set. */
  get alarms(): number {
    return this.#alarms.length
  }

  after(ms: number, callback: () => void): () => void {
    const alarm = { at: this.#now + ms, callback }
    this.#alarms.push(alarm)
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm)
    }
  }

  /** Moves on and lets each alarm ring at its own time, the work that it sets off included. */
  async advance(ms: number): Promise<void> {
    await breathe()
    const end = this.#now + ms
    for (;;) {
      const next = this.#first(end)
      if (next === undefined) break
      this.#alarms = this.#alarms.filter((other) => other !== next)
      this.#now = Math.max(this.#now, next.at)
      next.callback()
      await breathe()
    }
    this.#now = end
    await breathe()
  }

  /** Moves, also back, without ringing: a laptop that slept, a clock that was set. */
  jump(ms: number): void {
    this.#now += ms
  }

  #first(until: number): Alarm | undefined {
    let first: Alarm | undefined
    for (const alarm of this.#alarms) {
      if (alarm.at <= until && (first === undefined || alarm.at < first.at)) first = alarm
    }
    return first
  }
}

/** Lets promises and the store's groups go on until they have nothing more to do. */
export async function breathe(rounds = 12): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve)
    })
  }
}
