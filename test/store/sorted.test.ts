import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Sorted } from '../../src/store/memory/sorted.js'

const ascending = (a: number, b: number): number => a - b

describe('a sorted list', () => {
  it('does what an array that is sorted anew does, over many blocks', () => {
    const change = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 4_000 }))
    const changes = fc.array(change, { minLength: 2_000, maxLength: 4_000, size: 'max' })
    fc.assert(
      fc.property(changes, fc.integer({ min: -1, max: 4_001 }), (list, from) => {
        const sorted = new Sorted(ascending)
        const model = new Set<number>()
        for (const [remove, value] of list) {
          if (remove) sorted.remove(value)
          else if (!model.has(value)) sorted.add(value)
          if (remove) model.delete(value)
          else model.add(value)
        }
        const expected = [...model].toSorted(ascending)
        expect(sorted.size).toBe(expected.length)
        expect(sorted.toArray()).toEqual(expected)
        expect([...sorted.ascending()]).toEqual(expected)
        expect([...sorted.descending()]).toEqual(expected.toReversed())
        const reached = (value: number): boolean => value >= from
        expect([...sorted.ascending(reached)]).toEqual(expected.filter(reached))
        const before = expected.filter((value) => !reached(value)).toReversed()
        expect([...sorted.descending(reached)]).toEqual(before)
      }),
      { numRuns: 40 },
    )
  })

  it('puts a row in the place of its equal, and nothing where there is none', () => {
    const sorted = new Sorted<{ n: number; text: string }>((a, b) => a.n - b.n)
    sorted.replace({ n: 1, text: 'lost' })
    sorted.add({ n: 1, text: 'old' })
    sorted.replace({ n: 1, text: 'new' })
    sorted.replace({ n: 2, text: 'lost' })
    expect(sorted.toArray()).toEqual([{ n: 1, text: 'new' }])
  })
})
