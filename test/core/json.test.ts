import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonFlaw, viaJson } from '../../src/core/json.js'

class Point {
  readonly x = 1
}

describe('what passes through JSON', () => {
  test('is what a reopened file would see', () => {
    expect(viaJson({ a: undefined, when: new Date(0), n: Number.NaN })).toEqual({
      when: '1970-01-01T00:00:00.000Z',
      n: null,
    })
    expect(viaJson(undefined)).toBeNull()
  })

  test('is what JSON gives back, whatever it is, and a copy', () => {
    const odd = [
      new Date(0),
      new Point(),
      new Map([['a', 1]]),
      -0,
      Array(2),
      Object.assign([1], { more: 2 }),
      Object.assign([1], { toJSON: () => 'a list' }),
      { toJSON: () => ({ other: true }) },
      { inner: { toJSON: 1, x: [undefined, () => 1, Symbol('s')] } },
      JSON.parse('{"__proto__":{"a":1},"b":2}'),
      Object.create({ inherited: 1 }),
      Object.create(null, { a: { value: 1, enumerable: true }, b: { value: 2 } }),
      { [Symbol('s')]: 1, 2: 'b', 1: 'a', f: () => 1 },
      '\ud800',
      new String('boxed'),
    ]
    const anything = fc.oneof(
      fc.anything({ withDate: true, withMap: true, withNullPrototype: true }),
      fc.constantFrom(...odd).chain((value) => fc.constant({ deep: [value, value] })),
      fc.constantFrom(...odd),
    )
    fc.assert(
      fc.property(anything, (value) => {
        const text = JSON.stringify(value)
        const copy = viaJson(value)
        expect(JSON.stringify(copy)).toBe(text === undefined ? 'null' : text)
        expect(copy).toStrictEqual(text === undefined ? null : JSON.parse(text))
        if (typeof value === 'object' && value !== null) expect(copy).not.toBe(value)
      }),
      { numRuns: 2_000 },
    )
  })

  test('may be nested as deeply as JSON may', () => {
    let deep: unknown = 1
    for (let depth = 0; depth < 400; depth++) deep = { deep: [deep] }
    expect(JSON.stringify(viaJson(deep))).toBe(JSON.stringify(deep))
  })

  test('is refused where JSON cannot say it', () => {
    expect(() => viaJson(1n)).toThrow(TypeError)
  })
})

describe('a flaw', () => {
  const itself: Record<string, unknown> = {}
  itself.me = itself
  const match = 'abc'.match(/b/)
  const symbol = { [Symbol('s')]: 1 }
  const bare = Object.create(Object.create(null) as object) as object

  test.each([
    [undefined, 'c is undefined'],
    [() => 1, 'c is a function'],
    [1n, 'c is a bigint'],
    [Symbol('s'), 'c is a symbol'],
    [Number.NaN, 'c is NaN'],
    [Number.NEGATIVE_INFINITY, 'c is -Infinity'],
    [-0, 'c is -0'],
    [new Date(0), 'c is a Date'],
    [new Map(), 'c is a Map'],
    [new Point(), 'c is a Point'],
    [bare, 'c is a object with a prototype of its own'],
    [symbol, 'c has a symbol as a key'],
    [{ toJSON: 1 }, 'c has the key toJSON'],
    [JSON.parse('{"__proto__":1}'), 'c has the key __proto__'],
    [{ a: { b: [1, { c: undefined }] } }, 'c.a.b[1].c is undefined'],
    [[1, undefined], 'c[1] is undefined'],
    [match, 'c is a list with fields of its own'],
  ])('of %s is named with its place', (value, flaw) => {
    expect(jsonFlaw(value, 'c')).toBe(flaw)
  })

  test('of what contains itself is found before the stack ends', () => {
    expect(jsonFlaw(itself, 'c')).toMatch(/contains itself/)
  })

  test('is found in nothing that JSON itself made, and then JSON gives it back the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const clean = JSON.parse(JSON.stringify(value)) as unknown
        const flaw = jsonFlaw(clean, 'c')
        if (flaw === null) expect(JSON.parse(JSON.stringify(clean))).toEqual(clean)
        else expect(flaw).toMatch(/__proto__|toJSON/)
      }),
    )
  })
})
