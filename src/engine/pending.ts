import type { Reader, WorkRow } from '../core/ports.js'
import { MergedQueue } from './merged-queue.js'
import type { Undo } from './undo.js'

const duePage = 256
const waitingPage = 32

/** The pending work that a turn sees and changes: timers and tasks, their slots, their queues. */
export class Pending {
  readonly #reader: Reader
  readonly #undo: Undo
  /** Pools of which a slot became free and has not been given on. */
  readonly freed = new Set<string>()
  readonly #rows = new Map<number, WorkRow | null>()
  readonly #of = new Map<number, Map<string, WorkRow>>()
  readonly #slots = new Map<string, number>()
  readonly #queues = new Map<string, MergedQueue>()
  #due: { readonly until: number; readonly queue: MergedQueue } | null = null
  #cause: { readonly row: WorkRow; readonly depth: number } | null = null
  readonly #depths = new Map<number, { readonly at: number; readonly depth: number }>()

  constructor(reader: Reader, undo: Undo) {
    this.#reader = reader
    this.#undo = undo
  }

  /** Pending work of an execution, as it stands now. */
  of(execution: number): readonly WorkRow[] {
    return [...this.#load(execution).values()]
  }

  get(execution: number, kind: WorkRow['kind'], id: string): WorkRow | undefined {
    return this.#load(execution).get(`${kind}/${id}`)
  }

  /** Starts with nothing: the execution is new. */
  begin(execution: number): void {
    this.#of.set(execution, new Map())
  }

  put(row: WorkRow): void {
    const map = this.#load(row.execution)
    const key = `${row.kind}/${row.id}`
    const before = map.get(key)
    if (before?.n !== row.n) this.#followed(row)
    this.#countSlot(before ?? null, row)
    this.#undo.set(this.#rows, row.n, row)
    this.#undo.set(map, key, row)
    if (row.parked) return
    if (this.#due && row.axis === 'file' && row.due !== null && row.due <= this.#due.until) {
      this.#due.queue.push(row)
    }
    if (row.state === 'waiting' && row.pool !== null) this.queue(row.pool).push(row)
  }

  remove(row: WorkRow): void {
    const map = this.#load(row.execution)
    const key = `${row.kind}/${row.id}`
    const old = map.get(key)
    this.#countSlot(old ?? row, null)
    this.#undo.set(this.#rows, row.n, null)
    map.delete(key)
    if (old) this.#undo.did(() => map.set(key, old))
  }

  /**
   * What the execution of this row puts anew from now on follows from the row.
   *
   * @returns how many rows of this turn led to it without any time passing.
   */
  follow(row: WorkRow): number {
    const known = this.#depths.get(row.n)
    const depth = known && known.at === row.due ? known.depth : 0
    this.#cause = { row, depth }
    return depth
  }

  #followed({ n, execution, due }: WorkRow): void {
    if (this.#cause === null || this.#cause.row.execution !== execution) return
    const at = this.#cause.row.due as number
    // One that waits for a slot may get it at the same instant.
    if (due === at || due === null) this.#depths.set(n, { at, depth: this.#cause.depth + 1 })
  }

  /** How many slots of a pool are held. */
  slots(pool: string): number {
    return this.#slots.get(pool) ?? this.#reader.slots(pool)
  }

  /** What is due on the file's clock until a time, in order of (due, n). */
  due(until: number): MergedQueue {
    const queue = new MergedQueue({
      pageSize: duePage,
      page: (last) =>
        this.#reader.due({
          axis: 'file',
          until,
          limit: duePage,
          ...(last ? { after: { due: last.due as number, n: last.n } } : {}),
        }),
      order: (a, b) => (a.due as number) - (b.due as number) || a.n - b.n,
      current: this.#current,
    })
    this.#due = { until, queue }
    return queue
  }

  /** Who queues for a slot of a pool, in order of tickets. */
  queue(pool: string): MergedQueue {
    const known = this.#queues.get(pool)
    if (known) return known
    const queue = new MergedQueue({
      pageSize: waitingPage,
      page: (last) => this.#reader.waiting(pool, last?.ticket ?? 0, waitingPage),
      order: (a, b) => (a.ticket as number) - (b.ticket as number),
      current: this.#current,
    })
    this.#queues.set(pool, queue)
    return queue
  }

  /** What is to be written. */
  changes(): { readonly put: readonly WorkRow[]; readonly remove: readonly number[] } {
    const put: WorkRow[] = []
    const remove: number[] = []
    for (const [n, row] of this.#rows) {
      if (row === null) remove.push(n)
      else put.push(row)
    }
    return { put, remove }
  }

  readonly #current = (row: WorkRow): WorkRow | null | undefined => this.#rows.get(row.n)

  #load(execution: number): Map<string, WorkRow> {
    let map = this.#of.get(execution)
    if (!map) {
      map = new Map(this.#reader.workOf(execution).map((row) => [`${row.kind}/${row.id}`, row]))
      this.#of.set(execution, map)
    }
    return map
  }

  #countSlot(before: WorkRow | null, after: WorkRow | null): void {
    const [held, holds] = [before?.slot ?? false, after?.slot ?? false]
    const pool = before?.pool ?? after?.pool ?? null
    if (held === holds || pool === null) return
    this.#undo.set(this.#slots, pool, this.slots(pool) + (holds ? 1 : -1))
    if (held) this.freed.add(pool)
  }
}
