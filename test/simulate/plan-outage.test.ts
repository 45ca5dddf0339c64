import { describe, expect, it } from 'vitest'
import type { AttemptFacts } from '../../src/engine/simulate.js'
import { compileOutage } from '../../src/simulate/plan/outage.js'
import { parsePlan } from '../../src/simulate/plan/schema.js'
import { simulatePlan } from '../../src/simulate/plan/simulate.js'
import { planReader } from './plan-reader.js'

const minute = 60_000
const day = 86_400_000
const start = Date.parse('2026-01-05T02:00:00Z')
const during = { from: '2026-01-05T03:00:00Z', to: '2026-01-05T04:00:00Z' }
const down = 60 * minute

/** What a copy of two minutes comes to that begins so many milliseconds after the start. */
function copy(rule: object, after: number, over: Partial<AttemptFacts> = {}) {
  const facts = {
    executionId: 'exec-1',
    singletonKey: 'ip-1',
    machine: 'execution@1',
    task: 'copy.cn-beijing',
    src: 'copyImage',
    input: { region: 'cn-beijing' },
    attempt: 1,
    at: start + after,
    ...over,
  }
  return simulatePlan()(facts, planReader(JSON.stringify(parsePlan([rule]))))
}

describe('an outage', () => {
  const rule = { outage: 'cn-beijing', during, fail: { code: 'Down', message: 'Gone.' } }
  const error = { name: 'Error', code: 'Down', message: 'Gone.' }

  it('fails what begins in it at once', () => {
    expect(copy(rule, down)).toEqual({ duration: 0, outcome: { error } })
    expect(copy(rule, 2 * down - 1)).toEqual({ duration: 0, outcome: { error } })
  })

  it('fails what runs when it begins, then', () => {
    expect(copy(rule, down - minute)).toEqual({ duration: minute, outcome: { error } })
  })

  it('leaves alone what is over before, or begins after', () => {
    const well = { duration: 2 * minute, outcome: { output: null } }
    expect(copy(rule, down - 2 * minute)).toEqual(well)
    expect(copy(rule, 2 * down)).toEqual(well)
  })

  it('is of its regions and tasks only', () => {
    expect(copy({ ...rule, outage: ['cn-qingdao', 'cn-beijing'] }, down)?.duration).toBe(0)
    expect(copy({ ...rule, outage: 'cn-qingdao' }, down)?.duration).toBe(2 * minute)
    expect(copy({ ...rule, tasks: ['shareImage'] }, down)?.duration).toBe(2 * minute)
    expect(copy({ ...rule, tasks: ['copyImage'] }, down)?.duration).toBe(0)
  })

  it('names itself where no failure is stated', () => {
    expect(copy({ outage: 'cn-beijing', during }, down)?.outcome).toEqual({
      error: { name: 'Error', code: 'ServiceUnavailable', message: 'An outage of cn-beijing.' },
    })
  })

  it('can slow down instead, for as much of the work as falls into it', () => {
    const slow = { outage: 'cn-beijing', during, slower: 10 }
    expect(copy(slow, down)?.duration).toBe(20 * minute)
    expect(copy(slow, down - minute)?.duration).toBe(11 * minute)
    // Five minutes of the outage do half a minute of the work; the rest goes at its own pace.
    expect(copy(slow, 2 * down - 5 * minute)?.duration).toBe(6.5 * minute)
    expect(copy(slow, 0)?.duration).toBe(2 * minute)
  })
})

describe('outages by chance', () => {
  const outage = compileOutage({ outage: 'x', every: '2d', lasts: '3h' }, 5, null)
  const spans = outage.spans(1, start, start + 20_000 * day)

  it('are so far apart in the mean, and last as long as they should', () => {
    // Beginnings within another outage do not show: so the gaps are a little longer.
    const shown = 10_000 * Math.exp(-3 / 48)
    expect(Math.abs(spans.length - shown)).toBeLessThan(4 * Math.sqrt(shown))
    expect(spans.filter(({ from, to }) => to - from === 3 * 3_600_000).length).toBeGreaterThan(
      0.9 * spans.length,
    )
  })

  it('are the same whatever stretch of time is asked for', () => {
    const apart = spans.slice(10, 80).filter(({ from, to }) => to - from === 3 * 3_600_000)
    for (const { from, to } of apart) {
      expect(outage.spans(1, from, from + 1)).toEqual([{ from, to }])
      expect(outage.spans(1, to - 1, to)).toEqual([{ from, to }])
    }
  })

  it('are others under another seed', () => {
    expect(outage.spans(2, start, start + 100 * day)).not.toEqual(
      outage.spans(1, start, start + 100 * day),
    )
  })

  it('hit every attempt in the region together', () => {
    const rule = { outage: 'cn-beijing', every: '4h', lasts: { exponential: { mean: '1h' } } }
    const fails = (after: number, executionId: string) => {
      const attempt = copy(rule, after, { executionId })
      return attempt !== null && 'error' in attempt.outcome
    }
    const times = Array.from({ length: 200 }, (_, n) => n * 17 * minute)
    const one = times.map((after) => fails(after, 'exec-1'))
    expect(times.map((after) => fails(after, 'exec-2'))).toEqual(one)
    expect(new Set(one).size).toBe(2)
  })
})
