import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { SpreadSet } from '../../src/gateway/access/spread-set.js'

test('has what was added, each once, as a set has', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 3 })),
      fc.string({ maxLength: 3 }),
      (words, other) => {
        const [spread, plain] = [new SpreadSet(), new Set<string>()]
        for (const word of words) {
          spread.add(word)
          plain.add(word)
          expect(spread.size).toBe(plain.size)
        }
        for (const word of [...words, other]) expect(spread.has(word)).toBe(plain.has(word))
      },
    ),
  )
})
