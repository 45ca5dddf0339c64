import { type Claim, claimNext, type ClaimOptions, settle } from './claims.js'
import type { AttemptOutcome } from './simulate.js'
import type { Turns } from './turns.js'

export interface EndsOptions {
  readonly turns: Turns
  readonly claims: Omit<ClaimOptions, 'limit' | 'runs'>
  /** Takes up a task that was claimed where another has ended. */
  readonly start: (claim: Claim) => void
  /** Called when all of a group have been told. */
  readonly settled: () => void
  readonly failed: (error: unknown) => void
}

/** A real function that has come to its end, and whom to tell whether that is written. */
export interface Ended {
  readonly claim: Claim
  readonly outcome: AttemptOutcome
  readonly told: (written: boolean) => void
}

/**
 * Writes down what real functions came to: all that end in one turn of the event loop share a
 * transaction, in which the tasks that follow are claimed at once.
 */
export class Ends {
  readonly #options: EndsOptions
  readonly #writing = new Set<Promise<void>>()
  #waiting: Ended[] = []
  #closed = false

  constructor(options: EndsOptions) {
    this.#options = options
  }

  add(ended: Ended): void {
    this.#waiting.push(ended)
    if (this.#waiting.length > 1) return
    const writing = this.#write().finally(() => this.#writing.delete(writing))
    this.#writing.add(writing)
  }

  /** Claims no more, and waits for what is being written. */
  async close(): Promise<void> {
    this.#closed = true
    while (this.#writing.size > 0) await Promise.all(this.#writing)
  }

  async #write(): Promise<void> {
    let taken: readonly Ended[] = []
    /** Those that have ended when the transaction begins: more than when it was asked for. */
    const take = (): readonly Ended[] => {
      if (taken.length === 0) taken = this.#waiting.splice(0)
      return taken
    }
    try {
      await this.#settle(take)
    } catch (error) {
      const [only, ...others] = take()
      if (only === undefined) return
      if (others.length === 0) this.#refused(only, error)
      // One that cannot be written must not keep the others.
      else await Promise.all(taken.map((ended) => this.#alone(ended)))
    }
  }

  async #alone(ended: Ended): Promise<void> {
    try {
      await this.#settle(() => [ended])
    } catch (error) {
      this.#refused(ended, error)
    }
  }

  #refused({ told }: Ended, error: unknown): void {
    this.#options.failed(error)
    told(false)
    this.#options.settled()
  }

  async #settle(take: () => readonly Ended[]): Promise<void> {
    const { turns, claims, start, settled: all } = this.#options
    const next = await turns.command((turn) => {
      const settled = take()
        .filter(({ claim, outcome }) => settle(turn, claim, claims.owner, outcome))
        .map(({ claim }) => claim)
      return this.#closed ? [] : claimNext(turn, settled, claims)
    })
    for (const { told } of take()) told(true)
    for (const claim of next) start(claim)
    all()
  }
}
