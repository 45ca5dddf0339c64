import { describe, expect, test } from 'vitest'
import { changesOf, type ClockChange, plateOf, saidOf } from '../../web/model/clock-changes.js'
import { Document, type ExecutionData } from '../../web/model/document.js'
import { placed, widthOf } from '../../web/model/plates.js'
import { scaleOf } from '../../web/model/scale.js'

const minute = 60_000
const jump = (n: number, at: number, until: number, record = 1): ClockChange => {
  return { n, kind: 'jump', at, until, was: 'virtual', clock: 'virtual', record }
}
const pace = (n: number, at: number, was: string, clock: string, record = 1): ClockChange => {
  return { n, kind: 'pace', at, until: at, was, clock, record }
}

/** An execution whose records have the numbers 10 and 20. */
function ran(clock: readonly ClockChange[], endedAt: number | null): Document {
  const step = (n: number, at: number) => ({
    n,
    seq: n / 10,
    at,
    kind: 'step' as const,
    body: { event: { type: 'go' }, value: 'open' },
  })
  const data = {
    execution: { id: 'exec-1', machine: 'order@1', endedAt },
    records: [step(10, 0), step(20, 100 * minute)],
    work: [],
  } as unknown as ExecutionData
  return Document.of(data, null, clock)
}

describe('what was done to the clock', () => {
  test('is shown where it was while an execution ran, and jumps where they are long for it', () => {
    const changes = [
      pace(1, -minute, 'virtual', 'scale=60', 9),
      jump(2, minute, 5 * minute, 10),
      jump(3, 6 * minute, 12 * minute, 12),
      pace(4, 50 * minute, 'virtual', 'scale=60', 15),
      jump(5, 100 * minute, 200 * minute, 20),
    ]
    const over = ran(changes, 100 * minute)
    expect(changesOf(over, 900 * minute).map(({ n }) => n)).toEqual([3, 4])
    const runs = ran(changes, null)
    expect(changesOf(runs, 200 * minute).map(({ n }) => n)).toEqual([4, 5])
  })

  test('is said in a few letters, and in a sentence', () => {
    expect(plateOf(jump(1, 0, 260_000))).toBe('jump 4m 20s')
    expect(saidOf(jump(1, 0, 260_000), 'utc')).toBe(
      'the clock was moved on 4m 20s, from 00:00:00 to 00:04:20',
    )
    expect(plateOf(pace(1, 0, 'scale=60', 'virtual'))).toBe('still')
    expect(saidOf(pace(1, 0, 'virtual', 'system'), 'utc')).toBe(
      '00:00:00: the clock went from standing still to 1×',
    )
    const back = { ...jump(1, 3_600_000, 0), kind: 'back' as const }
    expect(plateOf(back)).toBe('set back 1h 00m')
  })
})

describe('plates on the ruler', () => {
  const axis = scaleOf(0, 1_000, 500, [])
  const words = 'jump 4m 20s'
  const long = widthOf(words)

  test('stand over their place, else beside it, and inside the axis', () => {
    const [over] = placed([{ x: 200, words }], axis, [])
    expect(over?.from).toBeCloseTo(200 - long / 2)
    expect(over?.to).toBeCloseTo(200 + long / 2)
    expect(placed([{ x: 0, words }], axis, [])).toEqual([{ from: 2, to: 2 + long }])
    expect(placed([{ x: 499, words }], axis, [])).toEqual([{ from: 494 - long, to: 494 }])
  })

  test('stand beside the playhead, also at the edges', () => {
    const besides = (x: number) => placed([{ x, words }], axis, [{ from: x, to: x }])
    expect(besides(200)).toEqual([{ from: 205, to: 205 + long }])
    expect(besides(0)).toEqual([{ from: 5, to: 5 + long }])
    expect(besides(499)).toEqual([{ from: 494 - long, to: 494 }])
  })

  test('touch neither each other nor what stands there', () => {
    const taken = [{ from: 190, to: 230 }]
    const [first, second, third] = placed(
      [
        { x: 200, words },
        { x: 210, words },
        { x: 205, words },
      ],
      axis,
      taken,
    )
    expect(first).toEqual(null)
    expect(second).toEqual(null)
    expect(third).toEqual(null)
    expect(placed([{ x: 210, words, must: true }], axis, taken)).not.toEqual([null])
    const [left] = placed([{ x: 188, words }], axis, taken)
    expect(left).toEqual({ from: 183 - long, to: 183 })
  })
})
