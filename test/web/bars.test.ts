import { describe, expect, test } from 'vitest'
import { drawnOf, lookBack, notePlace } from '../../web/model/bars.js'
import { scaleOf } from '../../web/model/scale.js'

describe('the bars of a lane', () => {
  const axis = scaleOf(0, 10_000, 100, [0, 2_500, 5_000, 7_500, 10_000])

  test('are one each where they can be told apart', () => {
    const stays = [
      { from: 0, to: 2_000 },
      { from: 3_000, to: null },
    ]
    expect(drawnOf(stays, axis, 9_000)).toEqual([
      { from: 0, to: 2_000, count: 1 },
      { from: 3_000, to: null, count: 1 },
    ])
  })

  test('are one where a thousand stays stand in a few pixels, and say how many', () => {
    const stays = Array.from({ length: 1_000 }, (_, n) => ({ from: n * 10, to: n * 10 + 5 }))
    expect(drawnOf(stays, axis, 10_000)).toEqual([{ from: 0, to: 9_995, count: 1_000 }])
  })

  test('a long stay keeps its own bar beside short ones', () => {
    const stays = [
      { from: 0, to: 5_000 },
      { from: 5_000, to: 5_010 },
      { from: 5_020, to: 5_030 },
    ]
    expect(drawnOf(stays, axis, 10_000).map(({ count }) => count)).toEqual([1, 2])
  })
})

describe('bars that are looked back at', () => {
  const attempt = (n: number, from: number, to: number | null) => {
    return { n, from, to, end: 'done', seq: null, error: null, due: null } as const
  }
  const tasks = [
    { startedAt: 10, attempts: [attempt(1, 10, 20), attempt(2, 30, null)] },
    { startedAt: 40, attempts: [] },
  ]
  /** What of the bars is of the past, and what has ended, by a time. */
  const looksAt = (at: number): unknown =>
    tasks.map(({ startedAt, attempts }) => [
      startedAt <= at,
      attempts.map(({ from, to }) => [from < at, to !== null && to <= at]),
    ])

  test('look at every time as they did when one of them looked otherwise last', () => {
    for (let at = 0; at < 60; at++) {
      expect([at, looksAt(lookBack({ tasks, visits: [] }, at))]).toEqual([at, looksAt(at)])
    }
  })

  test('are the same until something begins or ends', () => {
    const times = Array.from({ length: 60 }, (_, at) => lookBack({ tasks, visits: [] }, at))
    expect(new Set(times).size).toBe(6)
    const visits = [
      { from: 5, to: 15 },
      { from: 15, to: null },
    ]
    expect([5, 6, 15, 16, 50].map((at) => lookBack({ tasks: [], visits }, at))).toEqual([
      Number.NEGATIVE_INFINITY,
      5.5,
      5.5,
      15.5,
      15.5,
    ])
  })
})

describe('the note of a bar', () => {
  // Nothing happens between 1 s and 9 s: that stretch is 24 pixels wide.
  const cut = scaleOf(0, 10_000, 424, [0, 1_000, 9_000, 10_000])

  test('stands inside where there is room, else behind the bar', () => {
    const plain = scaleOf(0, 100, 100, [0, 30, 60, 100])
    expect(notePlace('4m 00s', 10, 80, plain)).toEqual({ inside: true, from: 0 })
    expect(notePlace('4m 00s', 10, 20, plain)).toEqual({ inside: false, x: 36 })
  })

  test('stands before the bar where it is too long for what is left of the axis', () => {
    const axis = scaleOf(0, 1_000, 800, [0, 200, 400, 600, 800, 1_000])
    const note = '20 done, 2m 09s to 4m 00s each'
    expect(notePlace(note, 600, 100, axis)).toEqual({ inside: false, x: 594, ends: true })
    // Nor is there any before it: behind it as much is seen as there is room.
    expect(notePlace(note, 20, 100, scaleOf(0, 1_000, 200, []))).toEqual({ inside: false, x: 126 })
    // The mark of a cut would hide it there.
    const cut = scaleOf(0, 10_000, 800, [0, 9_000, 9_100, 10_000])
    const shows = cut.x(cut.cut?.to ?? 0)
    const left = Math.max(shows + 20, 640)
    const place = notePlace('x'.repeat(100), left, 40, cut)
    expect(place).toEqual({ inside: false, x: left + 46 })
  })

  test('is never below the mark of a cut', () => {
    const [hides, shows] = [cut.x(cut.cut?.from ?? 0), cut.x(cut.cut?.to ?? 0)]
    // A bar that begins just before the cut and ends well behind it has its note behind the cut.
    const left = hides - 20
    expect(notePlace('4m 00s', left, 200, cut)).toEqual({ inside: true, from: shows - left })
    // One that ends just before it has its note behind the cut too.
    const place = notePlace('4m 00s', hides - 12, 4, cut)
    expect(place).toEqual({ inside: false, x: shows + 4 })
  })
})
