import TinyQueue from 'tinyqueue'
import type { WorkRow } from '../core/ports.js'
import type { Undo } from './undo.js'

/** Where a page goes on: what is due then and later, in order of (due, n). */
export interface After {
  readonly due: number
  readonly n: number
}

/** What a turn sees of what is due. */
export interface Sight {
  /** The next rows of the store after one, due on the file's clock, in order. */
  page(after: After | null, limit: number): readonly WorkRow[]
  /** A row as the turn left it, null for one that it removed, undefined for one it has not touched. */
  changed(n: number): WorkRow | null | undefined
}

const largestPage = 256

/** So many rows are remembered from one transaction to the next. */
const limit = 4_000
/** With so many, what is put and due later than all of them is not remembered. */
const enough = 16

/**
 * What falls due next on the file's clock, remembered from turn to turn: every row of the store up to
 * a place, and what was put since. Rows are read once, and those that this process put only when so
 * many come first that they are better left to the store.
 */
export class Upcoming {
  /** The rows as they stand now; what the heap holds beside them is of the past. */
  readonly #rows = new Map<number, WorkRow>()
  #heap = new TinyQueue<WorkRow>([], inOrder)
  /** Put in this turn, and due after much else; some may be of the past. */
  #late: WorkRow[] = []
  /** The last that the heap has ever held. */
  #last: After | null = null
  /** Up to here the store was read; null: not at all. */
  #readTo: After | null = null
  #allRead = false
  #page = 1
  /** Passed over in this turn, though nobody did them. */
  #passed: WorkRow[] = []

  /** Takes a row as it is from now on. */
  put(row: WorkRow, undo: Undo): void {
    if (row.parked || row.axis !== 'file' || row.due === null) return this.remove(row.n, undo)
    if (this.#heap.length >= enough && this.#isLast(row)) {
      this.remove(row.n, undo)
      this.#late.push(row)
    } else {
      undo.set(this.#rows, row.n, row)
      this.#hold(row)
    }
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
   * What is due first until a time and was not passed over, without taking it. Not to be asked within a
   * part that may be taken back: what it finds to be of the past is gone.
   */
  peek(until: number, sight: Sight): WorkRow | null {
    if (this.#late.length > 0) this.#holdLate(sight)
    for (;;) {
      const row = this.#first()
      if (row !== null && this.#isRead(row)) return (row.due as number) <= until ? row : null
      if (this.#allRead || (this.#readTo?.due ?? Number.NEGATIVE_INFINITY) > until) return null
      this.#read(sight)
    }
  }

  /** Passes over the row that `peek` gave. */
  take(row: WorkRow): void {
    this.#heap.pop()
    this.#passed.push(row)
  }

  /**
   * Ends a turn. What is due after much else is left to the store, which has it from now on; when it is
   * too much to remember otherwise, everything is forgotten.
   */
  trim(): void {
    if (this.#late.length > 0) this.#leaveLate()
    if (this.#heap.length > limit) this.clear()
  }

  #holdLate(sight: Sight): void {
    const late = this.#late
    this.#late = []
    for (const row of late) {
      if (sight.changed(row.n) !== row) continue
      this.#rows.set(row.n, row)
      this.#hold(row)
    }
  }

  #leaveLate(): void {
    this.#late = []
    if (!this.#allRead) return
    // Nothing is missing up to the last; these are.
    this.#allRead = false
    this.#readTo = this.#last
  }

  #isLast(row: WorkRow): boolean {
    return this.#last === null || inOrder(row, this.#last) > 0
  }

  #hold(row: WorkRow): void {
    this.#heap.push(row)
    if (this.#isLast(row)) this.#last = { due: row.due as number, n: row.n }
  }

  clear(): void {
    this.#rows.clear()
    this.#heap = new TinyQueue<WorkRow>([], inOrder)
    this.#late = []
    this.#last = null
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

  #read(sight: Sight): void {
    const rows = sight.page(this.#readTo, this.#page)
    for (const row of rows) {
      if (this.#rows.has(row.n) || sight.changed(row.n) !== undefined) continue
      this.#rows.set(row.n, row)
      this.#hold(row)
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
