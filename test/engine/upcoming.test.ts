import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WorkRow } from '../../src/core/ports.js'
import { Undo } from '../../src/engine/undo.js'
import { type After, type Sight, Upcoming } from '../../src/engine/upcoming.js'
import { timer as timerOf } from '../contract/rows.js'

/** What one turn does: rows that it puts, takes away, or tries to put and takes back, and looks. */
interface Doing {
  readonly put?: { readonly n: number; readonly due: number }
  readonly failed?: { readonly n: number; readonly due: number }
  readonly remove?: number
  readonly lookUntil?: number
}

const timer = (n: number, due: number): WorkRow => timerOf(n, n, due)

const inOrder = (a: WorkRow, b: WorkRow): number =>
  (a.due as number) - (b.due as number) || a.n - b.n

/** A store that has what earlier turns left, and a turn over it. */
class Turn implements Sight {
  readonly undo = new Undo()
  readonly #stored: Map<number, WorkRow>
  readonly #changed = new Map<number, WorkRow | null>()
  pagesRead = 0

  constructor(stored: Map<number, WorkRow>) {
    this.#stored = stored
  }

  page(after: After | null, limit: number): readonly WorkRow[] {
    this.pagesRead += 1
    return [...this.#stored.values()]
      .filter((row) => after === null || inOrder(row, timer(after.n, after.due)) > 0)
      .sort(inOrder)
      .slice(0, limit)
  }

  changed(n: number): WorkRow | null | undefined {
    return this.#changed.get(n)
  }

  put(upcoming: Upcoming, row: WorkRow): void {
    this.undo.set(this.#changed, row.n, row)
    upcoming.put(row, this.undo)
  }

  remove(upcoming: Upcoming, n: number): void {
    this.undo.set(this.#changed, n, null)
    upcoming.remove(n, this.undo)
  }

  /** All that is pending, as this turn has left it. */
  pending(): WorkRow[] {
    const rows = new Map<number, WorkRow | null>([...this.#stored, ...this.#changed])
    return [...rows.values()].filter((row) => row !== null).sort(inOrder)
  }

  end(upcoming: Upcoming): void {
    for (const [n, row] of this.#changed) {
      if (row === null) this.#stored.delete(n)
      else this.#stored.set(n, row)
    }
    upcoming.trim()
  }
}

function does(turn: Turn, upcoming: Upcoming, { put, failed, remove, lookUntil }: Doing): void {
  if (put !== undefined) turn.put(upcoming, timer(put.n, put.due))
  if (failed !== undefined) {
    const fails = (): never => {
      turn.put(upcoming, timer(failed.n, failed.due))
      throw new Error('taken back')
    }
    expect(() => turn.undo.attempt(fails)).toThrow('taken back')
  }
  if (remove !== undefined) turn.remove(upcoming, remove)
  if (lookUntil !== undefined) looks(turn, upcoming, lookUntil)
}

/** Sees all that is due by then, one after the other; and does every second of them. */
function looks(turn: Turn, upcoming: Upcoming, until: number): void {
  upcoming.begin()
  const due = turn.pending().filter((row) => (row.due as number) <= until)
  for (const [index, row] of due.entries()) {
    const first = upcoming.peek(until, turn)
    expect(first?.n).toBe(row.n)
    expect(first).toEqual(row)
    upcoming.take(first as WorkRow)
    if (index % 2 === 0) turn.remove(upcoming, row.n)
  }
  expect(upcoming.peek(until, turn)).toBeNull()
}

const row = fc.record({ n: fc.integer({ min: 1, max: 90 }), due: fc.integer({ min: 0, max: 60 }) })
const later = fc.record({
  n: fc.integer({ min: 91, max: 400 }),
  due: fc.integer({ min: 61, max: 300 }),
})
const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ put: row }) },
  { weight: 4, arbitrary: fc.record({ put: later }) },
  { weight: 1, arbitrary: fc.record({ failed: fc.oneof(row, later) }) },
  { weight: 1, arbitrary: fc.record({ remove: fc.integer({ min: 1, max: 400 }) }) },
  { weight: 1, arbitrary: fc.record({ lookUntil: fc.integer({ min: 0, max: 310 }) }) },
)

test('what is due comes in order, whatever of it is remembered and whatever is left to the store', () => {
  const turns = fc.array(fc.array(doing, { maxLength: 12 }), { maxLength: 40 })
  fc.assert(
    fc.property(turns, fc.array(row, { maxLength: 30 }), (all, before) => {
      const stored = new Map(before.map(({ n, due }) => [n, timer(n, due)]))
      const upcoming = new Upcoming()
      for (const doings of [...all, [{ lookUntil: 310 }]]) {
        const turn = new Turn(stored)
        upcoming.begin()
        for (const one of doings) does(turn, upcoming, one)
        turn.end(upcoming)
      }
    }),
    { numRuns: 300 },
  )
})

test('what begins and is due after much else is read when its time comes, and in great pages', () => {
  const stored = new Map<number, WorkRow>()
  const upcoming = new Upcoming()
  looks(new Turn(stored), upcoming, 0)
  for (let n = 1; n <= 1_000; n += 1) {
    const turn = new Turn(stored)
    turn.put(upcoming, timer(n, n))
    turn.end(upcoming)
  }
  const turn = new Turn(stored)
  looks(turn, upcoming, 1_000)
  expect(turn.pagesRead).toBeGreaterThan(1)
  expect(turn.pagesRead).toBeLessThan(10)
})
