import { BakelineError } from '../core/errors.js'
import type { Decide } from '../core/ports.js'

/** A decision that waits, and whom to tell. */
export interface Waiting {
  readonly decide: Decide<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/**
 * Runs the first decisions of a queue that is not empty, at least one, and settles each of them.
 * Synchronous. Returns how many it settled; the rest have their turn later.
 */
export type RunGroup = (queue: readonly Waiting[]) => number

export interface QueueOptions {
  /** So many decisions wait at most. */
  readonly limit: number
  /**
   * Lets one more turn of the event loop pass before a group is run: where it takes as long as a disk
   * to keep what it decides, those who are at the door by then need no group of their own.
   */
  readonly patient?: boolean
}

/**
 * The queue before a store: decisions that arrive in one turn of the event loop are run together in
 * the next. It is bounded; who comes too late is told so before anything is written.
 */
export class DecisionQueue {
  readonly #limit: number
  readonly #patient: boolean
  readonly #run: RunGroup
  #waiting: Waiting[] = []
  #gathered: Promise<void> | null = null
  #allAreThere: (() => void) | null = null
  #scheduled = false
  #closed: Promise<void> | null = null
  #drained: (() => void) | null = null

  constructor({ limit, patient = false }: QueueOptions, run: RunGroup) {
    this.#limit = limit
    this.#patient = patient
    this.#run = run
  }

  /** Rejects with `OVERLOADED`, `CLOSED`, or whatever the group rejects with. */
  add<T>(decide: Decide<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.refuseClosed()
      if (this.#waiting.length >= this.#limit) throw overloaded(this.#limit)
      this.#waiting.push({ decide, resolve: resolve as (value: unknown) => void, reject })
      this.#schedule()
    })
  }

  /**
   * Resolves when what came in this turn of the event loop is there. What is added by those who waited
   * for it, before they wait for anything else, is in the group that is run then.
   */
  gathered(): Promise<void> {
    if (this.#closed) return Promise.reject(closed())
    this.#gathered ??= new Promise((resolve) => {
      this.#allAreThere = resolve
    })
    this.#schedule()
    return this.#gathered
  }

  /** @throws BakelineError `CLOSED` once `close` was called. */
  refuseClosed(): void {
    if (this.#closed) throw closed()
  }

  /** Takes no more decisions, and resolves when those that wait are settled. */
  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => {
      if (this.#scheduled) this.#drained = resolve
      else resolve()
    })
    return this.#closed
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    if (this.#patient) setImmediate(() => this.#soon())
    else this.#soon()
  }

  #soon(): void {
    setImmediate(() => this.#gather())
  }

  #gather(): void {
    const allAreThere = this.#allAreThere
    if (allAreThere === null) return this.#flush()
    this.#gathered = null
    this.#allAreThere = null
    allAreThere()
    // A tick that a promise asks for comes when all promises are done, those of who waited among them.
    queueMicrotask(() => process.nextTick(() => this.#flush()))
  }

  #flush(): void {
    const queue = this.#waiting
    // A decision that calls `add` waits for the next turn: it must not grow the group it is in.
    this.#waiting = []
    const settled = queue.length === 0 ? 0 : this.#settle(queue)
    if (settled < queue.length) this.#waiting = [...queue.slice(settled), ...this.#waiting]
    this.#scheduled = false
    if (this.#waiting.length > 0 || this.#allAreThere !== null) this.#schedule()
    else this.#drained?.()
  }

  #settle(queue: readonly Waiting[]): number {
    try {
      return this.#run(queue)
    } catch (error) {
      for (const waiting of queue) waiting.reject(error)
      return queue.length
    }
  }
}

function closed(): BakelineError {
  return new BakelineError('CLOSED', 'the store is closed')
}

function overloaded(limit: number): BakelineError {
  return new BakelineError(
    'OVERLOADED',
    `${limit} decisions wait already; nothing was written, try again in a moment`,
  )
}
