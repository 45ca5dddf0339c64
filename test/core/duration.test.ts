import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { durationMs, formatDuration, maxDurationMs } from '../../src/core/duration.js'

describe('a duration', () => {
  test.each([
    [0, 0],
    [1_500.4, 1_500],
    ['500ms', 500],
    ['90s', 90_000],
    ['1.5m', 90_000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
    ['400d', maxDurationMs],
  ])('%s is %d milliseconds', (duration, ms) => {
    expect(durationMs(duration)).toBe(ms)
  })

  test.each(['', '90', 's', '-1s', '1w', '1s ', '401d', -1, Number.NaN, Number.POSITIVE_INFINITY])(
    '%s is none, and the error says what is',
    (duration) => {
      expect(() => durationMs(duration)).toThrow(
        expect.objectContaining({
          code: 'INVALID_INPUT',
          message: `"${duration}" is not a duration: write 500ms, 90s, 10m, 1h30m or 2d (at most 400d)`,
        }),
      )
    },
  )

  test.each([
    [0, '0s'],
    [450, '450ms'],
    [1_000, '1s'],
    [90_000, '1m30s'],
    [7_200_000, '2h'],
    [273_600_000, '3d4h'],
  ])('%d milliseconds read %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  test('of whole seconds reads back as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: maxDurationMs / 1_000 }), (seconds) => {
        expect(durationMs(formatDuration(seconds * 1_000))).toBe(seconds * 1_000)
      }),
    )
  })
})
