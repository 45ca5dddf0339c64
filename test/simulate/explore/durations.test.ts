import { describe, expect, it } from 'vitest'
import { durationsOf, isFixed } from '../../../src/simulate/explore/durations.js'
import { faultsOf } from '../../../src/simulate/explore/outcomes.js'
import type { Rule } from '../../../src/simulate/plan/rule.js'

const spread: Rule = { task: 'copyImage', duration: { exponential: { mean: '2m' } } }
const unlikely: Rule = { task: 'copyImage', probability: 0.5, duration: '9m' }
const later: Rule = { task: 'copyImage', during: { from: '1h', to: '2h' }, duration: '9m' }
const failing: Rule = { task: 'copyImage', region: 'cn-beijing', duration: '1m', fail: 'no room' }

describe('of the rules of a plan an exploration', () => {
  it('keeps how long attempts take where that is fixed, and nothing of their ends', () => {
    expect(
      durationsOf([spread, unlikely, later, failing, { task: 'shareImage', fail: 'no' }]),
    ).toEqual([{ task: 'copyImage', region: 'cn-beijing', duration: '1m' }])
  })

  it('knows whether they leave a time to chance or to the hour', () => {
    expect(isFixed([failing])).toBe(true)
    for (const rule of [spread, unlikely, later]) expect(isFixed([failing, rule])).toBe(false)
  })

  it('takes the first fault of each task, with a code and a message of our own where it has none', () => {
    const faults = faultsOf([
      failing,
      { task: 'copyImage', fail: { code: 'Other' } },
      { task: 'buildImage', fail: false },
      { task: 'buildImage', fail: { code: 'BuildFailed' } },
    ])
    expect([...faults]).toEqual([
      ['copyImage', { code: 'InternalError', message: 'no room' }],
      ['buildImage', { code: 'BuildFailed', message: 'The plan lets this attempt fail.' }],
    ])
  })
})
