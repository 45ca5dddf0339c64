import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { childKey, drawn, namedKey } from '../../src/core/draw.js'
import { normalQuantile } from '../../src/core/normal.js'
import { compiled } from '../helpers/programs.js'

describe('a number drawn by chance', () => {
  test('is the published one of Threefry-2x32-20 for the key and the counter 0', () => {
    // Known answer of the authors' test suite: 6b200159 99ba4efe, of which 53 bits are kept.
    expect(childKey(0, 0)).toBe(0x6b200159 * 2 ** 21 + (0x99ba4efe >>> 11))
  })

  test('follows from the key and the name alone', () => {
    const key = namedKey(7, 'exec-1')
    expect(namedKey(7, 'exec-1')).toBe(key)
    const others = [namedKey(8, 'exec-1'), namedKey(7, 'exec-2'), namedKey(7, 'exec-1\0')]
    expect(new Set([key, ...others, namedKey(7, ''), namedKey(7, '\0')]).size).toBe(6)
    expect(childKey(2 ** 53 - 1, 2 ** 53 - 1)).toBeLessThan(2 ** 53)
  })

  test('is between 0 and 1, as often below any share as the share is', () => {
    const draws = Array.from({ length: 20_000 }, (_, n) => drawn(childKey(namedKey(1, 'x'), n)))
    for (const share of [0.1, 0.5, 0.9]) {
      const below = draws.filter((draw) => draw < share).length / draws.length
      // Four standard errors of a share of 20,000.
      expect(Math.abs(below - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / 20_000))
    }
    expect(drawn(0)).toBeGreaterThan(0)
    expect(drawn(2 ** 53 - 1)).toBeLessThanOrEqual(1)
  })

  test('does not hang together with the next one', () => {
    const draws = Array.from({ length: 20_000 }, (_, n) => drawn(childKey(1, n)) - 0.5)
    const product = draws.reduce((sum, draw, n) => sum + draw * (draws[n + 1] ?? 0), 0)
    expect(Math.abs(product / draws.length / (1 / 12))).toBeLessThan(4 / Math.sqrt(20_000))
  })

  test('is the same in another process, time zone and language', () => {
    const code =
      'import(process.env.MODULE).then(({ namedKey }) => ' +
      "process.stdout.write(String(namedKey(3, 'ßİ-7'))))"
    const there = execFileSync(process.execPath, ['-e', code], {
      env: {
        ...process.env,
        MODULE: compiled('src/core/draw'),
        TZ: 'Asia/Tokyo',
        LANG: 'tr_TR.UTF-8',
        LC_ALL: 'tr_TR.UTF-8',
      },
    })
    expect(there.toString()).toBe(String(namedKey(3, 'ßİ-7')))
  })
})

describe('the normal quantile', () => {
  test.each([
    [0.5, 0],
    [0.75, 0.6744897501960817],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.999, 3.090232306167813],
    [1e-6, -4.753424308822899],
    [1e-20, -9.262340089798409],
  ])('of %s is %s', (share, quantile) => {
    expect(normalQuantile(share)).toBeCloseTo(quantile, 11)
  })
})
