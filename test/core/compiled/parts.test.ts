import { assign } from 'xstate'
import { describe, expect, test } from 'vitest'
import { isJson } from '../../../src/core/compiled/admit.js'
import { recogniser } from '../../../src/core/compiled/builtins.js'
import { codeGeneration } from '../../../src/core/compiled/generate.js'

describe('a builtin', () => {
  test('is known by the function that does its work', () => {
    const kindOf = recogniser({ assign: [assign({}), 'assignment'] }, 'resolve')
    expect(kindOf(assign({ a: 1 }) as never)).toBe('assign')
    expect(kindOf({ resolve: () => [] })).toBeUndefined()
  })

  test('is unknown when xstate keeps something else in it than we read', () => {
    const kindOf = recogniser({ assign: [assign({}), 'label'] }, 'resolve')
    expect(kindOf(assign({ a: 1 }) as never)).toBeUndefined()
  })
})

describe('code of text', () => {
  test('is made where that is allowed', () => {
    expect(codeGeneration()?.<(n: number) => number>(['n'], 'return n + 1')(1)).toBe(2)
  })

  test('is not missed where it is forbidden', () => {
    const forbidden = (() => {
      throw new EvalError('Code generation from strings disallowed for this context')
    }) as unknown as FunctionConstructor
    expect(codeGeneration(forbidden)).toBeNull()
  })
})

describe('a value that an event takes along', () => {
  const nested = (depth: number): unknown => (depth === 0 ? null : [nested(depth - 1)])

  test.each([
    ['a text', 'a', true],
    ['a truth', true, true],
    ['nothing', null, true],
    ['a number', 1.5, true],
    ['a number that JSON has no word for', Number.NaN, false],
    ['an object of them', { a: ['b', null, { c: 1 }] }, true],
    ['a list with a hole that JSON fills', [undefined], false],
    ['a date', new Date(0), false],
    ['a key that is more than its name', JSON.parse('{"__proto__":1}'), false],
    ['something within that JSON leaves out', { a: { b: undefined } }, false],
    ['what nests deeper than anybody means', nested(600), false],
  ])('%s', (_, value, says) => {
    expect(isJson(value)).toBe(says)
  })
})
