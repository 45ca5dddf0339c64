import { describe, expect, test } from 'vitest'
import { printRows } from '../../bench/print.js'
import { inTurn, median, percentile, ratioOf } from '../../bench/rounds.js'
import { missing, row } from '../../bench/rows.js'

describe('what the rounds give', () => {
  test('a percentile lies between its neighbours by distance', () => {
    expect(median([5, 1, 3])).toBe(3)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(percentile([10, 20, 30, 40, 50], 90)).toBeCloseTo(46)
    expect(percentile([7], 99)).toBe(7)
    expect(() => median([])).toThrow('no values')
  })

  test('the ratio is the median of the ratios of each round, not the ratio of the medians', () => {
    expect(ratioOf([10, 20, 90], [10, 10, 10])).toBe(2)
    expect(ratioOf([1, 100, 9], [1, 10, 3])).toBe(3)
  })

  test('all are measured in every round, in turned order, and what warms up is dropped', async () => {
    const order: string[] = []
    const step = (name: string) => () => order.push(name)
    const measured = await inTurn({ a: step('a'), b: step('b') }, 2, 1)
    expect(order).toEqual(['b', 'a', 'a', 'b', 'b', 'a'])
    expect(measured).toEqual({ a: [3, 6], b: [4, 5] })
  })
})

describe('a row', () => {
  const against = (rounds: readonly number[]) => ({ name: 'raw', rounds })

  test('carries floor and goal, and says of both whether they hold', () => {
    const good = row('durable/full-group', {
      ours: [60, 60, 10],
      against: against([100, 100, 100]),
    })
    expect(good).toMatchObject({ ratio: 0.6, floor: 0.4, goal: 0.55, rounds: 3 })
    expect(good).toMatchObject({ floorHeld: true, goalReached: true })
    const poor = row('durable/full-group', { ours: [30], against: against([100]) })
    expect(poor).toMatchObject({ ratio: 0.3, floorHeld: false, goalReached: false })
  })

  test('is judged the other way round where less is better', () => {
    const between = row('startup/serve', { ours: [350], against: against([100]) })
    expect(between).toMatchObject({ ratio: 3.5, floorHeld: true, goalReached: false })
  })

  test('is judged by our own figure where nobody stands beside it', () => {
    expect(row('memory/live', { ours: [790] })).toMatchObject({
      ratio: null,
      floorHeld: true,
      goalReached: true,
    })
  })

  test('does not pair rounds that were not measured together', () => {
    const uneven = { ours: [1, 2], against: against([1]) }
    expect(() => row('durable/full-group', uneven)).toThrow('2 rounds against 1')
  })

  test('without a figure says why, and is neither held nor reached', () => {
    const gone = missing('real/dbos', 'PostgreSQL is not installed')
    expect(gone).toMatchObject({ ours: null, floorHeld: null, goalReached: null, floor: 30 })
    expect(printRows([gone])).toContain('not measured: PostgreSQL is not installed')
  })

  test('is printed with its level, the other, and the verdict', () => {
    const text = printRows([
      row('durable/full-group', {
        durability: 'WAL FULL',
        ours: [45_000],
        against: against([100_000]),
        note: 'bound by the disk',
      }),
    ])
    expect(text).toContain('0.45 ×')
    expect(text).toContain('45,000 steps/s at WAL FULL against raw: 100,000 steps/s, 1 rounds')
    expect(text).toContain('floor ≥ 0.4, goal ≥ 0.55')
    expect(text).toContain('bound by the disk')
  })
})
