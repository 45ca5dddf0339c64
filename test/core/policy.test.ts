import { describe, expect, test } from 'vitest'
import { normalisePolicy, retryAt, taskError, timeoutError } from '../../src/core/policy.js'

const error = { name: 'Error', message: 'no' }
const failure = { attempt: 1, at: 1_000, deadline: Number.POSITIVE_INFINITY, error }

describe('a policy', () => {
  test('tries once and waits for ever when it says nothing', () => {
    const policy = normalisePolicy()
    expect(policy).toMatchObject({
      attempts: 1,
      firstMs: 1_000,
      factor: 2,
      maxMs: 3_600_000,
      attemptMs: Number.POSITIVE_INFINITY,
      totalMs: Number.POSITIVE_INFINITY,
      heartbeatMs: null,
    })
    expect(policy.pool(null)).toBeNull()
    expect(policy.retryable(error)).toBe(true)
  })

  test('takes durations as people write them', () => {
    const policy = normalisePolicy({
      attempts: 3,
      backoff: { first: '2s', factor: 3, max: '1m' },
      timeout: { attempt: '5m', total: '1h' },
      heartbeat: '10s',
      pool: () => ({ name: 'p', limit: 2 }),
      retryable: () => false,
    })
    expect(policy).toMatchObject({
      attempts: 3,
      firstMs: 2_000,
      factor: 3,
      maxMs: 60_000,
      attemptMs: 300_000,
      totalMs: 3_600_000,
      heartbeatMs: 10_000,
    })
    expect(policy.pool(null)).toEqual({ name: 'p', limit: 2 })
    expect(policy.retryable(error)).toBe(false)
  })

  test.each([
    [{ attempts: 0 }, 'attempts is 0: give a whole number from 1 to 1000'],
    [{ attempts: 1.5 }, 'attempts is 1.5: give a whole number from 1 to 1000'],
    [{ attempts: 1_001 }, 'attempts is 1001: give a whole number from 1 to 1000'],
    [{ backoff: { factor: 0.5 } }, 'backoff.factor is 0.5: give a number from 1 to 100'],
    [{ backoff: { factor: Number.NaN } }, 'backoff.factor is NaN: give a number from 1 to 100'],
    [{ heartbeat: 'soon' }, '"soon" is not a duration'],
  ])('%j is refused with the limits', (policy, message) => {
    expect(() => normalisePolicy(policy)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        message: expect.stringContaining(message) as string,
      }),
    )
  })

  test.each([
    { name: '', limit: 1 },
    { name: 'p', limit: 0 },
    { name: 'p', limit: 1.5 },
    { name: 7 as unknown as string, limit: 1 },
  ])('with the pool %j is refused when the pool is asked for', (pool) => {
    const policy = normalisePolicy({ pool: () => pool })
    expect(() => policy.pool(null)).toThrow(/a pool needs a name and a limit of at least 1/)
  })
})

describe('the next attempt', () => {
  const policy = normalisePolicy({ attempts: 5, backoff: { first: '1s', factor: 2, max: '3s' } })

  test('comes after a pause that grows to its most', () => {
    const times = [1, 2, 3, 4].map((attempt) => retryAt(policy, { ...failure, attempt }))
    expect(times).toEqual([2_000, 3_000, 4_000, 4_000])
  })

  test('does not come after the last, past the deadline, or when it cannot help', () => {
    expect(retryAt(policy, { ...failure, attempt: 5 })).toBeNull()
    expect(retryAt(policy, { ...failure, deadline: 2_000 })).toBeNull()
    expect(retryAt(policy, { ...failure, deadline: 2_001 })).toBe(2_000)
    const hopeless = normalisePolicy({ attempts: 5, retryable: ({ code }) => code !== 'Gone' })
    expect(retryAt(hopeless, { ...failure, error: { ...error, code: 'Gone' } })).toBeNull()
  })
})

describe('the error of a task', () => {
  const itself: Record<string, unknown> = {}
  itself.me = itself

  test.each([
    [new TypeError('bad'), { name: 'TypeError', message: 'bad' }],
    [Object.assign(new Error('x'), { code: 'E1' }), { name: 'Error', code: 'E1', message: 'x' }],
    [Object.assign(new Error('x'), { code: 7 }), { name: 'Error', message: 'x' }],
    ['plain text', { name: 'Error', message: 'plain text' }],
    [null, { name: 'Error', message: 'null' }],
    [undefined, { name: 'Error', message: 'undefined' }],
    [{ reason: 1 }, { name: 'Error', message: '{"reason":1}' }],
    [itself, { name: 'Error', message: '[object Object]' }],
    [{ toJSON: () => undefined }, { name: 'Error', message: '[object Object]' }],
  ])('made of %s is plain data', (thrown, expected) => {
    expect(taskError(thrown)).toEqual(expected)
  })

  test('that took too long says which limit it was', () => {
    expect(timeoutError('copy', 'attempt', 5)).toEqual({
      name: 'TimeoutError',
      code: 'Timeout',
      message: 'copy: the attempt took longer than 5 ms',
    })
    expect(timeoutError('copy', 'total', 5).message).toBe(
      'copy: all attempts together took longer than 5 ms',
    )
  })
})
