import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AttemptFacts, SimulatedAttempt } from '../../src/engine/simulate.js'
import { attemptRange } from '../../src/simulate/plan/attempts.js'
import { type Rule, taskNames } from '../../src/simulate/plan/rule.js'
import { parsePlan } from '../../src/simulate/plan/schema.js'
import { simulatePlan } from '../../src/simulate/plan/simulate.js'
import { planReader } from './plan-reader.js'

const facts = (over: Partial<AttemptFacts> = {}): AttemptFacts => ({
  executionId: 'exec-1',
  singletonKey: 'ip-1',
  machine: 'execution@1',
  task: 'copy.cn-beijing',
  src: 'copyImage',
  input: { region: 'cn-beijing', imageId: 'm-1' },
  attempt: 1,
  at: 0,
  ...over,
})

const share = (accounts: string[], over: Partial<AttemptFacts> = {}) =>
  facts({ src: 'shareImage', input: { region: 'cn-beijing', imageId: 'm-1', accounts }, ...over })

function play(rules: readonly Rule[], attempt: AttemptFacts = facts()): SimulatedAttempt | null {
  return simulatePlan()(attempt, planReader(JSON.stringify(rules)))
}

const broken = { name: 'Error', code: 'Broken', message: 'It broke.' }
const fail = { code: 'Broken', message: 'It broke.' }

describe('the default plan', () => {
  it('lets every task succeed, in some eight minutes for all of them', () => {
    const all = taskNames.map((src) => simulatePlan()(facts({ src }), planReader(undefined)))
    expect(all.map((each) => each?.outcome)).toEqual(taskNames.map(() => ({ output: null })))
    const minutes = all.reduce((sum, each) => sum + (each?.duration ?? 0), 0) / 60_000
    expect(minutes).toBe(9.5)
  })

  it('is the beginning of any other', () => {
    expect(play([{ task: 'buildImage', duration: '1s' }])).toMatchObject({ duration: 120_000 })
  })
})

describe('a rule', () => {
  it('matches its task only', () => {
    expect(play([{ task: 'buildImage', fail }])?.outcome).toEqual({ output: null })
    expect(play([{ task: 'copyImage', fail }])?.outcome).toEqual({ error: broken })
  })

  it('matches its region, for a copy the one that it goes to', () => {
    const rules: Rule[] = [{ task: 'copyImage', region: 'cn-beijing', duration: '5s' }]
    expect(play(rules)?.duration).toBe(5_000)
    expect(play(rules, facts({ input: { region: 'cn-qingdao' } }))?.duration).toBe(120_000)
  })

  it('matches the Name of its template', () => {
    const attempt = (Name: string, over = {}) =>
      simulatePlan()(
        facts(over),
        planReader(
          JSON.stringify([{ task: 'copyImage', template: 'web', duration: '5s' }]),
          '1',
          Name,
        ),
      )?.duration
    expect(attempt('web')).toBe(5_000)
    expect(attempt('other')).toBe(120_000)
    expect(attempt('web', { singletonKey: null })).toBe(120_000)
    expect(attempt('web', { singletonKey: 'ip-gone' })).toBe(120_000)
  })

  it('matches its attempts', () => {
    const failing = (attempt: number | string) =>
      [1, 2, 3, 4].filter((n) => {
        const outcome = play([{ task: 'copyImage', attempt, fail }], facts({ attempt: n }))?.outcome
        return outcome !== undefined && 'error' in outcome
      })
    expect(failing(3)).toEqual([3])
    expect(failing('2')).toEqual([2])
    expect(failing('1-2')).toEqual([1, 2])
    expect(failing('3-')).toEqual([3, 4])
  })

  it('yields to a later one, for the duration and the failure apart', () => {
    const rules: Rule[] = [
      { task: 'copyImage', duration: '5s', fail: 'It broke.' },
      { task: 'copyImage', duration: '6s' },
    ]
    expect(play(rules)).toEqual({
      duration: 6_000,
      outcome: { error: { name: 'Error', code: 'InternalError', message: 'It broke.' } },
    })
    expect(play([...rules, { task: 'copyImage', fail: false }])).toEqual({
      duration: 6_000,
      outcome: { output: null },
    })
  })

  it('that does not match changes nothing, wherever it stands', () => {
    const matching: Rule[] = [
      { task: 'copyImage', duration: '5s', fail },
      { task: 'copyImage', region: 'cn-beijing', attempt: '1-2', duration: '7s' },
    ]
    const other = fc.constantFrom<Rule>(
      { task: 'buildImage', duration: '1s', fail: false },
      { task: 'copyImage', template: 'other', fail: false },
      { task: 'copyImage', region: 'cn-qingdao', duration: '2s' },
      { task: 'copyImage', attempt: '2-', duration: '3s', fail: false },
      { task: 'shareImage', account: '1', fail: false },
    )
    const list = fc.array(other, { maxLength: 5 })
    fc.assert(
      fc.property(list, list, list, (before, between, after) => {
        const [first, second] = matching as [Rule, Rule]
        const rules = [...before, first, ...between, second, ...after]
        expect(play(rules)).toEqual({ duration: 7_000, outcome: { error: broken } })
      }),
    )
  })
})

describe('a share', () => {
  const one: Rule = { task: 'shareImage', account: '1', fail }

  it('lists the accounts that a rule lets fail, and succeeds for the others', () => {
    const failed = [{ account: '1', code: 'Broken', message: 'It broke.' }]
    expect(play([one], share(['1', '2']))).toEqual({
      duration: 10_000,
      outcome: { output: { failed } },
    })
    expect(play([one], share(['2']))?.outcome).toEqual({ output: null })
  })

  it('fails as a whole by a rule without an account', () => {
    const whole: Rule = { task: 'shareImage', fail }
    expect(play([whole], share(['1', '2']))?.outcome).toEqual({ error: broken })
    expect(play([one, whole], share(['1', '2']))?.outcome).toEqual({ error: broken })
  })

  it('spares an account that a later rule takes out of the failure', () => {
    const rules: Rule[] = [
      { task: 'shareImage', fail },
      { task: 'shareImage', account: '1', fail: false },
    ]
    const failed = [{ account: '2', code: 'Broken', message: 'It broke.' }]
    expect(play(rules, share(['1', '2']))?.outcome).toEqual({ output: { failed } })
    expect(play(rules, share(['1']))?.outcome).toEqual({ output: null })
  })

  it('is whole again when a later rule takes every failure back', () => {
    const rules: Rule[] = [one, { task: 'shareImage', fail: false }]
    expect(play(rules, share(['1', '2']))?.outcome).toEqual({ output: null })
  })
})

describe('a simulated plan', () => {
  it('leaves other machines, and tasks that no rule times, to real functions', () => {
    expect(play([], facts({ machine: 'order@1' }))).toBeNull()
    expect(play([], facts({ machine: 'executions@1' }))).toBeNull()
    expect(play([], facts({ src: 'charge' }))).toBeNull()
  })

  it('may be told of other machines and another beginning', () => {
    const plan: Rule[] = [{ task: 'copyImage', duration: '1s' }]
    const simulate = simulatePlan({ machines: ['image'], plan })
    expect(simulate(facts({ machine: 'image@2' }), planReader(undefined))?.duration).toBe(1_000)
    expect(simulate(facts(), planReader(undefined))).toBeNull()
  })

  it('follows the setting when it is edited', () => {
    const simulate = simulatePlan()
    const at = (duration: string) =>
      simulate(facts(), planReader(JSON.stringify([{ task: 'copyImage', duration }])))?.duration
    expect([at('1s'), at('2s'), at('1s')]).toEqual([1_000, 2_000, 1_000])
  })

  it('says so when the setting is not a plan', () => {
    for (const text of ['{}', 'nonsense']) {
      expect(() => simulatePlan()(facts(), planReader(text))).toThrow(
        expect.objectContaining({ code: 'CORRUPT' }),
      )
    }
    expect(() => play([{ task: 'copyImage', attempt: '2-1', fail }])).toThrow('not an attempt')
    expect(() => play([{ task: 'copyImage', duration: 'long' }])).toThrow('not a duration')
  })
})

describe('reading a plan from outside', () => {
  it('gives the rules back', () => {
    const rules = [{ task: 'shareImage', account: '0123', attempt: '1-2', fail: { code: 'X' } }]
    expect(parsePlan(rules)).toEqual(rules)
  })

  it('names the place of what is wrong', () => {
    const problem = (value: unknown) => () => parsePlan(value)
    expect(problem({})).toThrow('plan: this must be a list, not a mapping')
    expect(problem([{ task: 'copy' }])).toThrow('plan[0].task: "copy" is not a task')
    expect(problem([{ task: 'copyImage', fial: 'x' }])).toThrow('did you mean "fail"?')
    expect(problem([{ task: 'copyImage' }])).toThrow(
      'plan[0]: a rule must state a duration, a failure (fail) or both',
    )
  })
})

describe('the attempts of a rule', () => {
  it('are one, some, or all from one on, of a thousand', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 0, max: 999 }),
        (from, n) => {
          const to = Math.min(from + n, 1000)
          expect(attemptRange(`${from}-${to}`)).toEqual({ first: from, last: to })
          expect(attemptRange(`${from}-`)).toEqual({ first: from, last: Number.POSITIVE_INFINITY })
          expect(attemptRange(from)).toEqual({ first: from, last: from })
        },
      ),
    )
    for (const wrong of [0, -1, 1.5, 1001, '', '-', '-2', '2-1', '1-1001', '1 - 2', 'all']) {
      expect(attemptRange(wrong)).toBeNull()
    }
  })
})
