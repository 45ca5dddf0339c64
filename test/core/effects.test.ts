import { describe, expect, test } from 'vitest'
import { type Effect, effectsHash } from '../../src/core/effects.js'

const stop: Effect = { kind: 'stopTask', id: 'a' }
const start: Effect = { kind: 'startTask', id: 'a', src: 'work', input: { n: 1 } }

describe('the hash of effects', () => {
  test('is empty for none', () => {
    expect(effectsHash([])).toBe('')
  })

  test('is the same in every process', () => {
    expect(effectsHash([start, stop])).toBe('Xv8DMEzUIkCs')
  })

  test('tells order, ids and inputs apart', () => {
    const hashes = [[start, stop], [stop, start], [stop], [{ ...start, input: null }]].map((list) =>
      effectsHash(list as Effect[]),
    )
    expect(new Set(hashes).size).toBe(4)
  })

  test('knows a custom action by its type alone', () => {
    const action = (run: () => void): Effect => ({ kind: 'action', type: 'shout', run })
    expect(effectsHash([action(() => undefined)])).toBe(effectsHash([action(() => expect(1))]))
  })

  test.each([
    ['short', 1],
    ['long', 'x'.repeat(500)],
  ])('of a %s text is the same, however many came between', (_, much) => {
    const of = (n: number): string => effectsHash([{ ...start, input: { n, much } }])
    const first = of(0)
    const others = Array.from({ length: 1_500 }, (_, n) => of(n + 1))
    expect(new Set([first, ...others]).size).toBe(1_501)
    expect(of(0)).toBe(first)
    expect(of(1_500)).toBe(others.at(-1))
  })
})
