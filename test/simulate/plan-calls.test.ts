import { describe, expect, it } from 'vitest'
import { Calls } from '../../src/simulate/plan/calls.js'
import { gatewayFaults } from '../../src/simulate/plan/faults.js'
import type { CallRule } from '../../src/simulate/plan/rule.js'
import { replaySteps } from './replaying.js'

const call = 'StartImagePipelineExecution'
const facts = { operation: call, region: 'cn-hangzhou', at: Date.parse('2026-01-05T02:00:00Z') }

/** Which of so many calls are refused. */
function refused(rule: Omit<CallRule, 'call'>, count = 6): readonly number[] {
  const calls = new Calls(1, [{ call, fail: 'no', ...rule }])
  return Array.from({ length: count }, (_, n) => n + 1).filter(
    () => calls.strike(facts).refusal !== null,
  )
}

describe('a rule about calls', () => {
  it('counts as the gateway counts: the n-th, the first n, every n-th', () => {
    expect(refused({})).toEqual([1, 2, 3, 4, 5, 6])
    expect(refused({ nth: 2 })).toEqual([2])
    expect(refused({ first: 2 })).toEqual([1, 2])
    expect(refused({ every: 3 })).toEqual([3, 6])
  })

  it('hits its share of calls', () => {
    const share = refused({ probability: 0.25 }, 4_000).length / 4_000
    expect(Math.abs(share - 0.25)).toBeLessThan(4 * Math.sqrt(0.1875 / 4_000))
  })

  it('is of its operation, region and time only', () => {
    expect(refused({ region: 'cn-beijing' })).toEqual([])
    expect(refused({ during: { to: '2026-01-05T02:00:00Z' } })).toEqual([])
    const calls = new Calls(1, [{ call: 'DeleteImagePipeline', fail: 'no' }])
    expect(calls.strike(facts)).toEqual({ latency: 0, refusal: null })
  })

  it('adds its latency to that of others, up to the first that refuses', () => {
    const calls = new Calls(1, [
      { call, latency: '2s' },
      { call, latency: '3s', fail: { code: 'Throttling', status: 400 } },
    ])
    calls.add([{ call, latency: '9s' }])
    expect(calls.strike(facts)).toMatchObject({
      latency: 5_000,
      refusal: { status: 400, code: 'Throttling' },
    })
  })
})

describe('calls of a scenario', () => {
  it('are refused in place of the service, and take their time', async () => {
    const { ok, beats } = await replaySteps(
      `{ plan: [{ call: ${call}, first: 1, latency: 3s, fail: { code: Throttling.User, status: 400 } }] }`,
      '{ start: web, refused: Throttling.User }',
      '{ start: web }',
    )
    expect(ok).toBe(true)
    const played = beats.map(({ offset, result }) => [offset, result.replace(/exec-\w+/, 'exec')])
    expect(played.slice(-2)).toEqual([
      [0, 'refused: 400 Throttling.User'],
      [3_000, 'exec'],
    ])
  })

  it('cancel and delete as well', async () => {
    const { beats } = await replaySteps(
      '{ plan: [{ call: CancelImagePipelineExecution, fail: x }, { call: DeleteImagePipeline, fail: x }, { call: DeleteImageComponent, fail: x }] }',
      '{ start: web }',
      '{ cancel: web, refused: ServiceUnavailable }',
      '{ delete: web, refused: ServiceUnavailable }',
      '{ delete: tool, refused: ServiceUnavailable }',
    )
    expect(beats.flatMap(({ failures }) => failures)).toEqual([])
  })
})

describe('call rules on a port', () => {
  it('are faults of the gateway', () => {
    expect(
      gatewayFaults([
        { task: 'buildImage', duration: '1m' },
        { call, region: 'cn-hangzhou', nth: 2, latency: '1s' },
        { call, fail: 'Not now.' },
        { call, probability: 0.5, fail: { code: 'Throttling', status: 400 } },
      ]),
    ).toEqual([
      { operation: call, region: 'cn-hangzhou', nth: 2, latency: '1s' },
      { operation: call, answer: { status: 503, code: 'ServiceUnavailable', message: 'Not now.' } },
      {
        operation: call,
        probability: 0.5,
        answer: { status: 400, code: 'Throttling', message: 'Throttling' },
      },
    ])
  })

  it('say which of them only a scenario can follow', () => {
    expect(() => gatewayFaults([{ call, during: {}, fail: 'x' }])).toThrow(/plan\[0\]\.during: /)
    const latency = { exponential: { mean: '1s' } }
    expect(() => gatewayFaults([{ call, latency }])).toThrow(/plan\[0\]\.latency: .+ scenarios/)
  })
})
