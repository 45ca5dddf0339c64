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
