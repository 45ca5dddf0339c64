import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../../src/core/json.js'
import { changesOf } from '../../src/engine/changes.js'
import { applied, type Json as PageJson } from '../../web/model/changes.js'

test('a field that was added, changed or removed is one change each', () => {
  expect(changesOf({ a: 1, b: 2 }, { b: 3, c: 4 })).toEqual([
    { path: ['a'], before: 1 },
    { path: ['b'], before: 2, after: 3 },
    { path: ['c'], after: 4 },
  ])
})

test('a list that grew tells what was added, one that shrank changes as a whole', () => {
  expect(changesOf({ copied: ['x'] }, { copied: ['x', 'y'] })).toEqual([
    { path: ['copied', 1], after: 'y' },
  ])
  expect(changesOf({ left: ['x', 'y'] }, { left: ['y'] })).toEqual([
    { path: ['left'], before: ['x', 'y'], after: ['y'] },
  ])
})

test('what did not change is no change, and the first step is one', () => {
  expect(changesOf({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toEqual([])
  expect(changesOf(null, { a: 1 })).toEqual([{ path: [], before: null, after: { a: 1 } }])
})

test('the page comes from any value to any other by the changes', () => {
  // `__proto__` is no key that JSON of ours has; 0 and -0 are one in JSON.
  const key = fc.string({ maxLength: 4 }).filter((name) => name !== '__proto__')
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.oneof(fc.constant(null), fc.boolean(), fc.nat(), fc.string({ maxLength: 4 })),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }))
  fc.assert(
    fc.property(value, value, (before, after) => {
      const through = JSON.parse(JSON.stringify(changesOf(before, after))) as ReturnType<
        typeof changesOf
      >
      expect(applied(before as PageJson, through)).toEqual(after)
    }),
  )
})
