import type { Reader, WorkRow } from '../core/ports.js'
import type { Memory } from './memory.js'
import { MergedQueue } from './merged-queue.js'
import { written } from './task-body.js'
import type { Undo } from './undo.js'
import type { After, Sight } from './upcoming.js'

const waitingPage = 32

/** The pending work that a turn sees and changes: timers and tasks, their slots, their queues. */
export class Pending implements Sight {
  readonly #reader: Reader
  readonly #memory: Memory
  readonly #undo: Undo
  /** Pools of which a slot became free and has not been given on. */
  readonly freed = new Set<string>()
  /** What this turn put, by number; null for what it removed. */
  readonly #rows = new Map<number, WorkRow | null>()
  /** Made when they are needed: most turns need none. */
  #queues: Map<string, MergedQueue> | null = null
  /** Greater numbers are of rows that no store has seen. */
  readonly #lastStored: number
  #vacant: number | null = null
  #cause: { readonly row: WorkRow; readonly depth: number } | null = null
  #depths: Map<number, { readonly at: number; readonly depth: number }> | null = null

  constructor(reader: Reader, memory: Memory, undo: Undo, lastStored: number) {
    this.#reader = reader
    this.#memory = memory
    this.#undo = undo
    this.#lastStored = lastStored
    memory.upcoming.begin()
  }

  /** Pending work of an execution, as it stands now. */
  of(execution: number): readonly WorkRow[] {
    return [...this.#load(execution)]
  }

  get(execution: number, kind: WorkRow['kind'], id: string): WorkRow | undefined {
    return this.#load(execution).find((row) => row.id === id && row.kind === kind)
  }

  /** Starts with nothing: the execution is new. */
  begin(execution: number): void {
    this.#undo.put(this.#memory.work, execution, [])
  }

  put(row: WorkRow): void {
    const rows = this.#load(row.execution)
    const index = indexOf(rows, row)
    const before = rows[index] ?? null
    if (before?.n !== row.n) this.#followed(row)
    this.#countSlot(before, row)
    this.#undo.set(this.#rows, row.n, row)
    if (before === null) this.#undo.push(rows, row)
    else {
      rows[index] = row
      this.#undo.did(putBack, rows, index, before)
    }
    this.#memory.upcoming.put(row, this.#undo)
    if (row.parked) return
    if (row.axis === 'file' && row.due !== null) this.#isDueAt(row.due)
    if (row.state === 'waiting' && row.pool !== null) this.queue(row.pool).push(row)
  }

  #isDueAt(due: number): void {
    if (due < this.#memory.quietUntil) this.#memory.quietUntil = due
  }

  remove(row: WorkRow): void {
    const rows = this.#load(row.execution)
    const index = indexOf(rows, row)
    const old = rows[index] ?? null
    this.#countSlot(old ?? row, null)
    this.#undo.set(this.#rows, row.n, null)
    this.#memory.upcoming.remove(row.n, this.#undo)
    if (old === null) return
    rows.splice(index, 1)
    this.#undo.did(insertBack, rows, index, old)
  }

  /**
   * Does the step that the end of a real task is: the next real task that begins in it may take over
   * the row, which is written in place then.
   */
  succeed(n: number, part: () => void): void {
    this.#vacant = n
    try {
      part()
    } finally {
      this.#vacant = null
    }
  }

  /** The number of a row to take over, once; null when there is none. */
  takeVacant(): number | null {
    const n = this.#vacant
    this.#vacant = null
    return n
  }

  /**
   * What the execution of this row puts anew from now on follows from the row.
   *
   * @returns how many rows of this turn led to it without any time passing.
   */
  follow(row: WorkRow): number {
    const known = this.#depths?.get(row.n)
    const depth = known && known.at === row.due ? known.depth : 0
    this.#cause = { row, depth }
    return depth
  }

  #followed({ n, execution, due }: WorkRow): void {
    if (this.#cause === null || this.#cause.row.execution !== execution) return
    const at = this.#cause.row.due as number
    // One that waits for a slot may get it at the same instant.
    if (due !== at && due !== null) return
    this.#depths ??= new Map()
    this.#depths.set(n, { at, depth: this.#cause.depth + 1 })
  }

  /** How many slots of a pool are held. */
  slots(pool: string): number {
    return this.#memory.slots.get(pool) ?? this.#reader.slots(pool)
  }

  /** What is due first on the file's clock until a time, by (due, n), of what was not taken yet. */
  nextDue(until: number): WorkRow | null {
    return this.#memory.upcoming.peek(until, this)
  }

  /** Passes over the row that `nextDue` gave, for this turn. */
  takeDue(row: WorkRow): void {
    this.#memory.upcoming.take(row)
  }

  /** Whether it is known that nothing that one can do is due at a time. */
  isQuiet(now: number): boolean {
    return now < this.#memory.quietUntil
  }

  /** Whether work is due at a time that one can do. Asked at every command, so it is remembered. */
  isDue(now: number, can: (row: WorkRow) => boolean): boolean {
    if (this.isQuiet(now)) return false
    const { upcoming } = this.#memory
    upcoming.begin()
    for (;;) {
      const row = this.nextDue(Number.MAX_SAFE_INTEGER)
      const due = row?.due ?? Number.POSITIVE_INFINITY
      if (row === null || due > now || can(row)) {
        this.#memory.quietUntil = due
        upcoming.begin()
        return now >= due
      }
      upcoming.take(row)
    }
  }

  page(after: After | null, limit: number): readonly WorkRow[] {
    const from = after === null ? {} : { after }
    return this.#reader.due({ axis: 'file', until: Number.MAX_SAFE_INTEGER, limit, ...from })
  }

  changed(n: number): WorkRow | null | undefined {
    return this.#rows.get(n)
  }

  /** Who queues for a slot of a pool, in order of tickets. */
  queue(pool: string): MergedQueue {
    this.#queues ??= new Map()
    const known = this.#queues.get(pool)
    if (known) return known
    const queue = new MergedQueue({
      pageSize: waitingPage,
      page: (last) => this.#reader.waiting(pool, last?.ticket ?? 0, waitingPage),
      order: (a, b) => (a.ticket as number) - (b.ticket as number),
      current: (row) => this.changed(row.n),
    })
    this.#queues.set(pool, queue)
    return queue
  }

  /** What is to be written. */
  changes(): { readonly put: readonly WorkRow[]; readonly remove: readonly number[] } {
    const put: WorkRow[] = []
    const remove: number[] = []
    for (const [n, row] of this.#rows) {
      if (row !== null) put.push(written(row))
      // What came and went within the turn was never stored.
      else if (n <= this.#lastStored) remove.push(n)
    }
    return { put, remove }
  }

  #load(execution: number): WorkRow[] {
    const { work } = this.#memory
    let rows = work.get(execution)
    if (!rows) {
      rows = [...this.#reader.workOf(execution)]
      work.set(execution, rows)
    }
    return rows
  }

  #countSlot(before: WorkRow | null, after: WorkRow | null): void {
    const [held, holds] = [before?.slot ?? false, after?.slot ?? false]
    const pool = before?.pool ?? after?.pool ?? null
    if (held === holds || pool === null) return
    this.#undo.set(this.#memory.slots, pool, this.slots(pool) + (holds ? 1 : -1))
    if (held) this.freed.add(pool)
  }
}

/** Where the row of the same name stands; -1 when there is none. */
function indexOf(rows: readonly WorkRow[], { kind, id }: WorkRow): number {
  return rows.findIndex((row) => row.id === id && row.kind === kind)
}

function putBack(rows: WorkRow[], index: number, row: WorkRow): void {
  rows[index] = row
}

function insertBack(rows: WorkRow[], index: number, row: WorkRow): void {
  rows.splice(index, 0, row)
}
