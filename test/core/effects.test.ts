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
})
