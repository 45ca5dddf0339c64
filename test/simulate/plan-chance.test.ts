import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AttemptFacts } from '../../src/engine/simulate.js'
import type { Rule } from '../../src/simulate/plan/rule.js'
import { parsePlan } from '../../src/simulate/plan/schema.js'
import { simulatePlan } from '../../src/simulate/plan/simulate.js'
import { compileSpread, type Spread } from '../../src/simulate/plan/spread.js'
import { planReader } from './plan-reader.js'

const hour = 3_600_000
const start = Date.parse('2026-01-05T02:00:00Z')

const facts = (over: Partial<AttemptFacts> = {}): AttemptFacts => ({
  executionId: 'exec-1',
  singletonKey: 'ip-1',
  machine: 'execution@1',
  task: 'copy.cn-beijing',
  src: 'copyImage',
  input: { region: 'cn-beijing', imageId: 'm-1' },
  attempt: 1,
  at: start,
  ...over,
})

/** What becomes of copies by so many executions under these rules. */
function play(rules: readonly unknown[], over: Partial<AttemptFacts> = {}, seed = '1') {
  const simulate = simulatePlan()
  const reader = planReader(JSON.stringify(parsePlan(rules)), seed)
  return (executionId: string) => {
    const attempt = simulate(facts({ executionId, ...over }), reader)
    if (attempt === null) throw new Error('no rule says how long it takes')
    return { ...attempt, duration: Number(attempt.duration), fails: 'error' in attempt.outcome }
  }
}

const many = Array.from({ length: 4_000 }, (_, n) => `exec-${n}`)
const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length

describe('a duration by chance', () => {
  const shares: [string, Spread, share: number, ms: number][] = [
    ['uniform', { uniform: { from: '1m', to: '3m' } }, 0.25, 90_000],
    ['normal', { normal: { mean: '4m', deviation: '30s' } }, 0.8413447, 270_000],
    ['normal, never below zero', { normal: { mean: '1s', deviation: '9s' } }, 0.1, 0],
    ['log-normal by median', { logNormal: { median: '4m', p95: '9m' } }, 0.95, 540_000],
    ['log-normal by mean', { logNormal: { mean: '10m', deviation: '0s' } }, 0.7, 600_000],
    ['exponential', { exponential: { mean: '100s' } }, 1 - Math.exp(-1), 100_000],
    ['empirical', { empirical: ['5s', { value: '2s', count: 3 }] }, 0.74, 2_000],
    ['empirical, beyond', { empirical: ['5s', { value: '2s', count: 3 }] }, 0.76, 5_000],
    ['bounded below', { exponential: { mean: '9s' }, atLeast: '2s' }, 0.01, 2_000],
    ['bounded above', { exponential: { mean: '9s' }, atMost: '10s' }, 0.99, 10_000],
  ]

  it.each(shares)('that is %s has its known quantiles', (_, spread, share, ms) => {
    expect(Math.abs(compileSpread(spread)(share) - ms)).toBeLessThanOrEqual(1)
  })

  it('has the mean that a log-normal one states', () => {
    const draw = play([
      { task: 'copyImage', duration: { logNormal: { mean: '10m', deviation: '2m' } } },
    ])
    const durations = many.map((id) => draw(id).duration)
    // Four standard errors of a mean of 4,000.
    expect(Math.abs(mean(durations) - 600_000)).toBeLessThan((4 * 120_000) / Math.sqrt(4_000))
  })

  it('rises with what is drawn, whatever the spread', () => {
    const length = fc.integer({ min: 1, max: 10_000_000 })
    const spread = fc.oneof<fc.Arbitrary<Spread>[]>(
      fc.tuple(length, length).map(([a, b]) => {
        return { uniform: { from: Math.min(a, b), to: Math.max(a, b) } }
      }),
      fc.record({ normal: fc.record({ mean: length, deviation: length }) }),
      fc.record({ logNormal: fc.record({ mean: length, deviation: length }) }),
      fc.record({ exponential: fc.record({ mean: length }) }),
      fc.record({ empirical: fc.array(length, { minLength: 1, maxLength: 9 }) }),
    )
    const share = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true })
    fc.assert(
      fc.property(spread, share, share, (given, a, b) => {
        const sampler = compileSpread(given)
        expect(sampler(Math.min(a, b))).toBeLessThanOrEqual(sampler(Math.max(a, b)))
        expect(sampler(a)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('follows from seed, execution, task and attempt, and from no other draw', () => {
    const rules = [{ task: 'copyImage', duration: { exponential: { mean: '2m' } } }]
    const { duration } = play(rules)('exec-1')
    expect(play(rules)('exec-1').duration).toBe(duration)
    const others = [
      play(rules)('exec-2'),
      play(rules, { attempt: 2 })('exec-1'),
      play(rules, { task: 'copy.cn-qingdao' })('exec-1'),
      play(rules, {}, '2')('exec-1'),
    ].map((each) => each.duration)
    expect(new Set([duration, ...others]).size).toBe(5)
    const more = [{ task: 'copyImage', probability: 0.5, fail: 'no' }, ...rules]
    expect(play(more)('exec-1').duration).toBe(duration)
  })

  it('is drawn alike where durations are longer: a slower plan makes nothing faster', () => {
    const slow = play([{ task: 'copyImage', duration: { exponential: { mean: '4m' } } }])
    const fast = play([{ task: 'copyImage', duration: { exponential: { mean: '2m' } } }])
    for (const id of many.slice(0, 100)) {
      expect(Math.abs(slow(id).duration - 2 * fast(id).duration)).toBeLessThanOrEqual(1)
    }
  })
})

describe('a rule with a probability', () => {
  it('is about that share of attempts', () => {
    const draw = play([{ task: 'copyImage', probability: 0.3, fail: 'no capacity' }])
    const failed = many.filter((id) => draw(id).fails).length / many.length
    expect(Math.abs(failed - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / many.length))
  })

  it('of 0 is about none, of 1 about all', () => {
    const none = play([{ task: 'copyImage', probability: 0, fail: 'x' }])
    const all = play([{ task: 'copyImage', probability: 1, fail: 'x' }])
    expect(many.filter((id) => none(id).fails)).toEqual([])
    expect(many.every((id) => all(id).fails)).toBe(true)
  })

  it('hits the same attempts, and more, when it is raised', () => {
    const at = (probability: number) => {
      const draw = play([{ task: 'copyImage', probability, fail: 'x' }])
      return new Set(many.filter((id) => draw(id).fails))
    }
    const [few, more] = [at(0.1), at(0.2)]
    expect([...few].every((id) => more.has(id))).toBe(true)
  })

  it('draws for itself: two rules about the same do not hit the same attempts', () => {
    const rule = { task: 'copyImage', probability: 0.5, fail: 'x' }
    const once = play([rule])
    const twice = play([rule, rule])
    const share = (draw: typeof once) => many.filter((id) => draw(id).fails).length / many.length
    expect(share(once)).toBeGreaterThan(0.46)
    expect(share(once)).toBeLessThan(0.54)
    expect(share(twice)).toBeGreaterThan(0.71)
  })

  it('makes a mixture, when it states a duration', () => {
    const draw = play([{ task: 'copyImage', probability: 0.1, duration: '1h' }])
    const slow = many.filter((id) => draw(id).duration === hour).length / many.length
    expect(Math.abs(slow - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / many.length))
  })

  it('decides for each account that it names', () => {
    const input = { region: 'cn-beijing', imageId: 'm-1', accounts: ['1', '2'] }
    const rules: Rule[] = [{ task: 'shareImage', account: '2', probability: 0.5, fail: 'x' }]
    const draw = play(rules, { src: 'shareImage', task: 'share.cn-beijing.1', input })
    const outputs = many.map((id) => JSON.stringify(draw(id).outcome))
    expect(outputs.filter((text) => text.includes('"account":"1"'))).toEqual([])
    const hit = outputs.filter((text) => text.includes('"account":"2"')).length
    expect(Math.abs(hit / many.length - 0.5)).toBeLessThan(0.04)
  })
})

describe('a rule with a time', () => {
  const fails = (during: object, at: number) =>
    play([{ task: 'copyImage', during, fail: 'x' }], { at })('exec-1').fails

  it('is about attempts that begin within it, its end not included', () => {
    const during = { from: '2026-01-05T02:00:00Z', to: '2026-01-05T03:00:00Z' }
    const found = [start - 1, start, start + hour - 1, start + hour].map((at) => fails(during, at))
    expect(found).toEqual([false, true, true, false])
    expect(fails({ from: '2026-01-05T02:00:00Z' }, start + 1_000 * hour)).toBe(true)
  })

  it('may be of hours of the day, in UTC, also over midnight', () => {
    const at = (daily: string) => [0, 1, 2, 20].map((h) => fails({ daily }, start + h * hour))
    expect(at('02:00-03:30')).toEqual([true, true, false, false])
    expect(at('22:00-03:00')).toEqual([true, false, false, true])
  })
})
