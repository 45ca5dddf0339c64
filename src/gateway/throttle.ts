import { BakelineError } from '../core/errors.js'
import type { FaultFacts } from './faults/faults.js'
import { throttledUser } from './wire/errors.js'

const minuteMs = 60_000

/** Who calls what in more than so many ways a minute is counted together. */
const mostNames = 10_000

/**
 * How many requests an account may make of one action in one region in a minute of wall time. Off
 * until a limit is set.
 */
export class Throttle {
  #perMinute: number | null = null
  #minute = 0
  #counts = new Map<string, number>()

  get perMinute(): number | null {
    return this.#perMinute
  }

  /**
   * Sets the limit; null takes it away. Counting begins anew.
   *
   * @throws BakelineError `INVALID_INPUT` for anything but a whole number of at least 1
   */
  set perMinute(limit: number | null) {
    if (limit !== null && !(Number.isSafeInteger(limit) && limit >= 1)) {
      const problem = `throttling takes a whole number of requests a minute, not ${String(limit)}`
      throw new BakelineError('INVALID_INPUT', problem)
    }
    this.#perMinute = limit
    this.#counts = new Map()
  }

  /**
   * Counts a request.
   *
   * @param now wall time, in milliseconds
   * @throws EcsError 400 `Throttling.User`, with the time until the next minute
   */
  count({ action, region, caller }: FaultFacts, now: number): void {
    const limit = this.#perMinute
    if (limit === null) return
    const minute = Math.floor(now / minuteMs)
    if (minute !== this.#minute) this.#counts = new Map()
    this.#minute = minute
    const name = JSON.stringify([caller.account, region.slice(0, 64), action])
    const key = this.#counts.has(name) || this.#counts.size < mostNames ? name : ''
    const used = this.#counts.get(key) ?? 0
    if (used >= limit) throw throttledUser((minute + 1) * minuteMs - now)
    this.#counts.set(key, used + 1)
  }
}
