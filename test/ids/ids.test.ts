import * as fc from 'fast-check'
import { customRandom } from 'nanoid'
import { expect, test } from 'vitest'
import { derive } from '../../src/core/derive.js'
import { derivedId, ids } from '../../src/ids/ids.js'

test('ids without a seed that are made one after the other stand side by side when they are sorted', () => {
  const made = Array.from({ length: 1_000 }, (_, n) => ids(null).next('execution', n))
  expect([...made].sort()).toEqual(made)
  expect(new Set(made).size).toBe(1_000)
  for (const id of made) expect(id).toMatch(/^[0-9a-z]{24}$/)
})

test('half of such an id or more is drawn, so that nobody can tell the next', () => {
  const drawn = Array.from({ length: 1_000 }, (_, n) => ids(null).next('execution', n).slice(8))
  expect(new Set(drawn).size).toBe(1_000)
  const tens = drawn.filter((letters) => /^[0-9]/.test(letters)).length
  expect(tens).toBeGreaterThan(150)
  expect(tens).toBeLessThan(450)
})

test('a short id is drawn whole', () => {
  const format = () => ({ prefix: 'x-', alphabet: 'ab', size: 10 })
  const made = Array.from({ length: 100 }, (_, n) => ids(null, format).next('thing', n))
  for (const id of made) expect(id).toMatch(/^x-[ab]{10}$/)
  expect(new Set(made).size).toBeGreaterThan(50)
})

test('a derived id has the letters that nanoid draws from the same bytes', () => {
  const alphabet = fc.constantFrom('ab', '0123456789abcdef', '0123456789abcdefghijklmnopqrstuvwxyz')
  fc.assert(
    fc.property(alphabet, fc.integer({ min: 1, max: 100 }), fc.nat(), (letters, size, n) => {
      const from = { seed: 'seed', name: 'thing', n }
      const byteAt = derive(from.seed, from.name, n)
      let at = 0
      const next = (count: number) => Uint8Array.from({ length: count }, () => byteAt(at++))
      const drawn = customRandom(letters, size, next)()
      expect(derivedId({ prefix: 'x-', alphabet: letters, size }, from)).toBe(`x-${drawn}`)
    }),
  )
})
