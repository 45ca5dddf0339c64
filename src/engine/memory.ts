import type { ClockState } from '../core/clock.js'
import type { WorkRow } from '../core/ports.js'
import { Recent } from '../core/recent.js'
import type { Draft } from './draft.js'
import { Undo } from './undo.js'
import { Upcoming } from './upcoming.js'

/** So many executions are remembered from one transaction to the next. */
const limit = 10_000

/**
 * What this process knows of the store from the transactions before: good for as long as nobody else
 * has written, which the store's generation tells. A turn works on it in place and takes back what
 * it did when it is refused; whatever goes wrong otherwise makes it forget everything.
 */
export class Memory {
  readonly drafts = new Recent<number, Draft>(limit)
  readonly byId = new Recent<string, number>(limit)
  /** Pending work by execution, in the order in which it was put. */
  readonly work = new Recent<number, WorkRow[]>(2 * limit)
  readonly upcoming = new Upcoming()
  /** Of the turn that is taken: one comes after the other, and a list of its own would grow anew in each. */
  readonly undo = new Undo()
  readonly slots = new Map<string, number>()
  readonly counters = new Map<string, number>()
  /** Whether a row of the catalog is there, by kind and key. */
  readonly catalog = new Recent<string, boolean>(2 * limit)
  readonly settings = new Map<string, string | undefined>()
  clock: ClockState | null = null
  /** Nothing that this process could do is due on the file's clock before this time. */
  quietUntil = Number.NEGATIVE_INFINITY
  #generation: number | null = null

  /** Forgets everything unless the store is as this process left it. */
  begin(generation: number): void {
    if (generation !== this.#generation) this.clear()
    this.#generation = generation
  }

  /** Remembers on: the store is going to be at this generation when the batch is written. */
  expect(generation: number): void {
    this.#generation = generation
    this.drafts.age()
    this.byId.age()
    // Work is also remembered of executions that are not.
    this.work.age()
    this.catalog.age()
    this.upcoming.trim()
  }

  forget(n: number, id: string): void {
    this.drafts.delete(n)
    this.byId.delete(id)
    this.work.delete(n)
  }

  clear(): void {
    this.drafts.clear()
    this.byId.clear()
    this.work.clear()
    this.upcoming.clear()
    this.slots.clear()
    this.counters.clear()
    this.catalog.clear()
    this.settings.clear()
    this.clock = null
    this.quietUntil = Number.NEGATIVE_INFINITY
    this.#generation = null
  }
}
