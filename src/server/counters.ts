import type { Observed } from '../gateway/gateway.js'

/** What was answered how often. */
export interface Count {
  readonly action: string
  /** HTTP; `drop` for a connection that was closed without an answer. */
  readonly status: string
  /** '' for a success. */
  readonly code: string
  readonly count: number
}

/** Codes come from fault rules too, so that somebody could make up any number of them. */
const mostCounts = 5_000

/** Counts requests for the metrics. */
export class Counters {
  readonly #counts = new Map<string, { -readonly [K in keyof Count]: Count[K] }>()

  /** Takes note of one; what `Gateway.open({ observe })` wants. */
  readonly observed = ({ action, status, code }: Observed): void => {
    const answered = status === null ? 'drop' : String(status)
    // Neither an action nor a status has a blank.
    const key = `${action} ${answered} ${code}`
    const known = this.#counts.get(key)
    if (known !== undefined) known.count += 1
    else if (this.#counts.size < mostCounts) {
      this.#counts.set(key, { action, status: answered, code, count: 1 })
    }
  }

  get all(): readonly Count[] {
    return [...this.#counts.values()]
  }
}
