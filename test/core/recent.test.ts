import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Recent } from '../../src/core/recent.js'

function filled(most: number, count: number): Recent<number, string> {
  const recent = new Recent<number, string>(most)
  for (let key = 0; key < count; key += 1) {
    recent.set(key, `v${key}`)
    recent.age()
  }
  return recent
}

test('keeps all of what is not too much', () => {
  const recent = filled(100, 100)
  for (let key = 0; key < 100; key += 1) expect(recent.get(key)).toBe(`v${key}`)
})

test('forgets what was not used for long, and keeps what was used since', () => {
  const recent = filled(10, 6)
  expect(recent.get(0)).toBe('v0')
  for (let key = 6; key < 12; key += 1) {
    recent.set(key, `v${key}`)
    recent.age()
  }
  expect(recent.get(0)).toBe('v0')
  expect(recent.has(1)).toBe(false)
  expect(recent.get(1)).toBeUndefined()
  expect(recent.get(11)).toBe('v11')
})

test('nothing that was deleted comes back', () => {
  const recent = filled(4, 5)
  expect(recent.get(1)).toBe('v1')
  recent.delete(1)
  expect(recent.has(1)).toBe(false)
  expect(recent.get(1)).toBeUndefined()
})

test('nothing is left when all is forgotten', () => {
  const recent = filled(10, 8)
  recent.clear()
  for (let key = 0; key < 8; key += 1) expect(recent.has(key)).toBe(false)
})

const doings = fc.array(
  fc.oneof(
    fc.record({ set: fc.nat(30), to: fc.nat() }),
    fc.record({ get: fc.nat(30) }),
    fc.record({ remove: fc.nat(30) }),
  ),
  { maxLength: 200 },
)

test('says of a key what was said last, or nothing, and holds no more than it may', () => {
  fc.assert(
    fc.property(doings, fc.integer({ min: 2, max: 20 }), (steps, most) => {
      const recent = new Recent<number, number>(most)
      const all = new Map<number, number>()
      for (const step of steps) {
        if ('set' in step) {
          recent.set(step.set, step.to)
          all.set(step.set, step.to)
        } else if ('remove' in step) {
          recent.delete(step.remove)
          all.delete(step.remove)
        } else expect([undefined, all.get(step.get)]).toContain(recent.get(step.get))
        recent.age()
        const held = Array.from({ length: 31 }, (_, key) => key).filter((key) => recent.has(key))
        expect(held.length).toBeLessThanOrEqual(most + 1)
        for (const key of held) expect(all.has(key)).toBe(true)
      }
    }),
  )
})
