import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Agenda } from '../../../src/simulate/loop/agenda.js'

describe('an agenda', () => {
  it('gives items in order of due time and then of order, whatever was taken out', () => {
    const move = fc.record({
      put: fc.boolean(),
      item: fc.integer({ min: 0, max: 200 }),
      due: fc.integer({ min: 0, max: 9 }),
    })
    fc.assert(
      fc.property(fc.array(move, { maxLength: 400 }), (moves) => {
        const agenda = new Agenda()
        const there = new Map<number, { due: number; order: number }>()
        for (const [order, { put, item, due }] of moves.entries()) {
          if (!put) {
            agenda.remove(item)
            there.delete(item)
          } else if (!there.has(item)) {
            agenda.put(item, due, order)
            there.set(item, { due, order })
          }
        }
        const expected = [...there].sort(([, a], [, b]) => a.due - b.due || a.order - b.order)
        expect(agenda.size).toBe(expected.length)
        const given: number[] = []
        while (agenda.size > 0) {
          expect(agenda.next).toBe(there.get(expected[given.length]?.[0] ?? -1)?.due)
          given.push(agenda.take())
        }
        expect(given).toEqual(expected.map(([item]) => item))
        expect(agenda.next).toBe(Number.POSITIVE_INFINITY)
      }),
    )
  })

  it('does not mind what was never there', () => {
    const agenda = new Agenda()
    agenda.remove(1_000_000)
    agenda.put(70_000, 1, 1)
    agenda.remove(3)
    expect(agenda.take()).toBe(70_000)
  })
})
