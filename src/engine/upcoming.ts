import TinyQueue from 'tinyqueue'
import type { WorkRow } from '../core/ports.js'
import type { Undo } from './undo.js'

/** Where a page goes on: what is due then and later, in order of (due, n). */
export interface After {
  readonly due: number
  readonly n: number
}

/** The next rows of the store after one, due on the file's clock, in order. */
export type DuePage = (after: After | null, limit: number) => readonly WorkRow[]

const largestPage = 256

/** So many rows are remembered from one transaction to the next. */
const limit = 4_000

/**
 * What falls due next on the file's clock, remembered from turn to turn: every row of the store up to
 * a place, and whatever was put since. Rows are read once, and those that this process put never.
 */
export class Upcoming {
  /** The rows as they stand now; what the heap holds beside them is of the past. */
  readonly #rows = new Map<number, WorkRow>()
  #heap = new TinyQueue<WorkRow>([], inOrder)
  /** Up to here the store was read; null: not at all. */
  #readTo: After | null = null
  #allRead = false
  #page = 1
  /** Passed over in this turn, though nobody did them. */
  #passed: WorkRow[] = []

  /** Takes a row as it is from now on. */
  put(row: WorkRow, undo: Undo): void {
    if (row.parked || row.axis !== 'file' || row.due === null) return this.remove(row.n, undo)
    undo.set(this.#rows, row.n, row)
    this.#heap.push(row)
  }

  remove(n: number, undo: Undo): void {
    undo.delete(this.#rows, n)
  }

  /** Begins a turn: nothing was passed over. */
  begin(): void {
    for (const row of this.#passed) if (this.#isNow(row)) this.#heap.push(row)
    this.#passed = []
  }

  /**
   * What is due first until a time and was not passed over, without taking it.
   *
   * @param touched whether this turn changed a row: then the store's is of the past
   */
  peek(until: number, page: DuePage, touched: (n: number) => boolean): WorkRow | null {
    for (;;) {
      const row = this.#first()
      if (row !== null && this.#isRead(row)) return (row.due as number) <= until ? row : null
      if (this.#allRead || (this.#readTo?.due ?? Number.NEGATIVE_INFINITY) > until) return null
      this.#read(page, touched)
    }
  }

  /** Passes over the row that `peek` gave. */
  take(row: WorkRow): void {
    this.#heap.pop()
    this.#passed.push(row)
  }

  /** Forgets everything when it is too much to remember. */
  trim(): void {
    if (this.#heap.length > limit) this.clear()
  }

  clear(): void {
    this.#rows.clear()
    this.#heap = new TinyQueue<WorkRow>([], inOrder)
    this.#passed = []
    this.#readTo = null
    this.#allRead = false
    this.#page = 1
  }

  #first(): WorkRow | null {
    for (;;) {
      const row = this.#heap.peek()
      if (row === undefined) return null
      if (this.#isNow(row)) return row
      this.#heap.pop()
    }
  }

  #isNow(row: WorkRow): boolean {
    return this.#rows.get(row.n) === row
  }

  #isRead(row: WorkRow): boolean {
    if (this.#allRead) return true
    return this.#readTo !== null && inOrder(row, this.#readTo) <= 0
  }

  #read(page: DuePage, touched: (n: number) => boolean): void {
    const rows = page(this.#readTo, this.#page)
    for (const row of rows) {
      if (this.#rows.has(row.n) || touched(row.n)) continue
      this.#rows.set(row.n, row)
      this.#heap.push(row)
    }
    const last = rows.at(-1)
    if (last) this.#readTo = { due: last.due as number, n: last.n }
    if (rows.length < this.#page) this.#allRead = true
    // The first is all that most commands want to see.
    this.#page = Math.min(largestPage, this.#page * 16)
  }
}

function inOrder(a: { due: number | null; n: number }, b: { due: number | null; n: number }) {
  return (a.due as number) - (b.due as number) || a.n - b.n
}
