import { assign } from 'xstate'
import { describe, expect, test } from 'vitest'
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
