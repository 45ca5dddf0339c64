import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ClockState,
  clockFrom,
  clockName,
  fileTime,
  parseClock,
  sameClock,
  wallDelay,
} from '../../src/core/clock.js'

const scaled = (scale: number): ClockState => ({
  mode: 'scaled',
  scale,
  anchorWall: 1_000,
  anchorFile: 5_000,
})

describe('the time of a file', () => {
  test('is the wall’s, a multiple of it since its anchor, or stands still', () => {
    expect(fileTime({ mode: 'system' }, 7)).toBe(7)
    expect(fileTime(scaled(60), 1_500)).toBe(35_000)
    expect(fileTime({ mode: 'virtual', now: 3 }, 1_500)).toBe(3)
  })

  test('is reached after the delay that is told, and not much before', () => {
    const clocks = fc.oneof(
      fc.constant<ClockState>({ mode: 'system' }),
      fc.double({ min: 0.01, max: 1_000, noNaN: true }).map(scaled),
    )
    fc.assert(
      fc.property(clocks, fc.integer({ min: 0, max: 1e9 }), fc.nat(1e9), (clock, wall, ahead) => {
        const time = fileTime(clock, wall) + ahead
        const delay = wallDelay(clock, time, wall) as number
        expect(fileTime(clock, wall + delay)).toBeGreaterThanOrEqual(time)
        const scale = clock.mode === 'scaled' ? clock.scale : 1
        expect(delay).toBeLessThanOrEqual(Math.ceil((ahead + 1) / scale))
      }),
    )
  })

  test('has no delay by the wall when it stands still', () => {
    expect(wallDelay({ mode: 'virtual', now: 3 }, 4, 0)).toBeNull()
  })

  test('is no delay when it has passed', () => {
    expect(wallDelay({ mode: 'system' }, 4, 9)).toBe(0)
  })
})

describe('the name of a clock', () => {
  test.each([
    ['system', { mode: 'system' }],
    ['virtual', { mode: 'virtual', now: 42 }],
    ['virtual@2026-01-05T02:00:00Z', { mode: 'virtual', now: Date.UTC(2026, 0, 5, 2) }],
    ['scale=60', { mode: 'scaled', scale: 60, anchorWall: 42, anchorFile: 42 }],
    ['scale=0.5', { mode: 'scaled', scale: 0.5, anchorWall: 42, anchorFile: 42 }],
  ])('%s stands for a clock', (text, clock) => {
    expect(parseClock(text, 42)).toEqual(clock)
  })

  test.each(['', 'fast', 'virtual@', 'virtual@soon', 'scale=0', 'scale=1000001', 'scale=x'])(
    '%s is none, and the error says what is',
    (text) => {
      expect(() => parseClock(text, 42)).toThrow(
        expect.objectContaining({
          code: 'INVALID_INPUT',
          message: expect.stringContaining('use system, virtual,') as string,
        }),
      )
    },
  )

  test('leaves out where the clock stands, and so does the comparison', () => {
    expect(clockName(scaled(60))).toBe('scale=60')
    expect(clockName({ mode: 'virtual', now: 5 })).toBe('virtual')
    expect(sameClock({ mode: 'virtual', now: 5 }, { mode: 'virtual', now: 6 })).toBe(true)
    expect(sameClock(scaled(60), scaled(61))).toBe(false)
  })
})

describe('another pace', () => {
  const now = { wall: 1_000, file: 5_000 }

  test('goes on from where the file stands, or stands still there', () => {
    const faster = clockFrom(now, 60)
    expect([fileTime(faster, 1_000), fileTime(faster, 1_001)]).toEqual([5_000, 5_060])
    expect(clockFrom(now, 0)).toEqual({ mode: 'virtual', now: 5_000 })
  })

  test.each([-1, Number.NaN, 1_000_001])('%d is none, and the error says what is', (scale) => {
    expect(() => clockFrom(now, scale)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        message: expect.stringContaining('give 60 for an hour a minute') as string,
      }),
    )
  })
})
