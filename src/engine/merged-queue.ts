import TinyQueue from 'tinyqueue'
import type { WorkRow } from '../core/ports.js'

/** What a turn knows of a row: its newest form, null when removed, undefined when untouched. */
type Current = (row: WorkRow) => WorkRow | null | undefined

interface QueueSource {
  /** The next rows of the store after one, in order; fewer than `pageSize` when there are no more. */
  readonly page: (after: WorkRow | null) => readonly WorkRow[]
  readonly pageSize: number
  readonly order: (a: WorkRow, b: WorkRow) => number
  readonly current: Current
}

/**
 * Rows in an order: pages from the store, which stays as it is while a turn runs, merged with what
 * the turn itself has put. A row that the turn touched counts in its newest form alone.
 */
export class MergedQueue {
  readonly #source: QueueSource
  readonly #fresh: TinyQueue<WorkRow>
  #page: readonly WorkRow[] = []
  #index = 0
  #drained = false

  constructor(source: QueueSource) {
    this.#source = source
    this.#fresh = new TinyQueue<WorkRow>([], source.order)
  }

  push(row: WorkRow): void {
    this.#fresh.push(row)
  }

  /** The next row, without taking it. */
  peek(): WorkRow | null {
    const stored = this.#stored()
    const fresh = this.#freshest()
    if (stored === null || fresh === null) return stored ?? fresh
    return this.#source.order(fresh, stored) < 0 ? fresh : stored
  }

  /** Passes over the row that `peek` gave. */
  take(row: WorkRow): void {
    if (this.#fresh.peek() === row) this.#fresh.pop()
    else this.#index++
  }

  #freshest(): WorkRow | null {
    for (;;) {
      const row = this.#fresh.peek()
      if (row === undefined) return null
      if (this.#source.current(row) === row) return row
      this.#fresh.pop()
    }
  }

  #stored(): WorkRow | null {
    for (;;) {
      const row = this.#page[this.#index]
      if (row !== undefined) {
        if (this.#source.current(row) === undefined) return row
        this.#index++
      } else if (!this.#load()) return null
    }
  }

  #load(): boolean {
    if (this.#drained) return false
    this.#page = this.#source.page(this.#page.at(-1) ?? null)
    this.#index = 0
    this.#drained = this.#page.length < this.#source.pageSize
    return this.#page.length > 0
  }
}
