import { describe, expect, it } from 'vitest'
import type { FaultRule } from '../../src/gateway/faults/rule.js'
import { breathe } from '../helpers/manual-wall.js'
import { emulator, least, region } from './emulator.js'

const failed = {
  status: 500,
  code: 'StartImagePipelineExecution.Failed',
  message: 'Start image pipeline execution failed.',
}
const busy = { status: 503, code: 'ServiceUnavailable', message: 'Later.' }

/** The codes that so many calls in a row are answered with; '' is a success. */
async function codes(rule: FaultRule, calls: number, seed = 1): Promise<string[]> {
  const { gateway, client } = await emulator({ seed })
  gateway.faults.add(rule)
  const found: string[] = []
  for (let n = 0; n < calls; n++) {
    const { body } = await client().call('DescribeImagePipelines', { RegionId: region })
    found.push(String(body['Code'] ?? ''))
  }
  return found
}

describe('a fault', () => {
  it('gives the start the one code that nothing else gives it', async () => {
    const { gateway, client } = await emulator()
    const api = client()
    const { body } = await api.call('CreateImagePipeline', least)
    const request = { RegionId: region, ImagePipelineId: body['ImagePipelineId'] }
    gateway.faults.add({ operation: 'StartImagePipelineExecution', first: 1, answer: failed })
    const refused = await api.call('StartImagePipelineExecution', request)
    expect([refused.status, refused.body['Code'], refused.body['Message']]).toEqual([
      500,
      'StartImagePipelineExecution.Failed',
      'Start image pipeline execution failed.',
    ])
    expect((await api.call('StartImagePipelineExecution', request)).status).toBe(200)
  })

  it('hits the n-th, the first n or every n-th request', async () => {
    const code = busy.code
    expect(await codes({ nth: 2, answer: busy }, 4)).toEqual(['', code, '', ''])
    expect(await codes({ first: 2, answer: busy }, 4)).toEqual([code, code, '', ''])
    expect(await codes({ every: 2, answer: busy }, 4)).toEqual(['', code, '', code])
    expect(await codes({ answer: busy }, 2)).toEqual([code, code])
  })

  it('that is left to chance follows from the seed', async () => {
    const rule = { probability: 0.5, answer: busy }
    const [one, again, other] = await Promise.all([
      codes(rule, 40),
      codes(rule, 40),
      codes(rule, 40, 2),
    ])
    expect(again).toEqual(one)
    expect(other).not.toEqual(one)
    const hits = one.filter((code) => code !== '').length
    expect(hits).toBeGreaterThan(8)
    expect(hits).toBeLessThan(32)
    expect(await codes({ probability: 0, answer: busy }, 3)).toEqual(['', '', ''])
    expect(await codes({ probability: 1, answer: busy }, 1)).toEqual([busy.code])
  })

  it('is about an operation, a region and an account', async () => {
    const { gateway, client } = await emulator()
    const api = client()
    gateway.faults.add({ operation: 'DescribeImageComponents', answer: busy })
    gateway.faults.add({ region: 'cn-beijing', answer: busy })
    gateway.faults.add({ account: '42', answer: busy })
    const status = async (action: string, RegionId: string) =>
      (await api.call(action, { RegionId })).status
    expect(await status('DescribeImagePipelines', region)).toBe(200)
    expect(await status('DescribeImageComponents', region)).toBe(503)
    expect(await status('DescribeImagePipelines', 'cn-beijing')).toBe(503)
    expect(gateway.faults.list().map(({ id, matched, hits }) => [id, matched, hits])).toEqual([
      ['fault-1', 1, 1],
      ['fault-2', 1, 1],
      ['fault-3', 0, 0],
    ])
    expect(gateway.faults.remove('fault-1')).toBe(true)
    expect(gateway.faults.remove('fault-1')).toBe(false)
    expect(await status('DescribeImageComponents', region)).toBe(200)
    gateway.faults.clear()
    expect(gateway.faults.list()).toEqual([])
    expect(await status('DescribeImagePipelines', 'cn-beijing')).toBe(200)
  })

  it('drops a request before anything is done, or its answer after', async () => {
    const { gateway, client } = await emulator()
    const api = client()
    const request = () => api.send(api.request('CreateImagePipeline', least))
    const count = async () =>
      (await api.call('DescribeImagePipelines', { RegionId: region })).body['TotalCount']
    const { id } = gateway.faults.add({ operation: 'CreateImagePipeline', drop: 'request' })
    expect(await request()).toBe('drop')
    expect(await count()).toBe(0)
    gateway.faults.remove(id)
    gateway.faults.add({ operation: 'CreateImagePipeline', first: 1, drop: 'answer' })
    expect(await request()).toBe('drop')
    expect(await count()).toBe(1)
    expect(await request()).toMatchObject({ status: 200 })
  })

  it('makes a request wait, by the wall clock, and latencies add up', async () => {
    const { gateway, client, wall } = await emulator()
    gateway.faults.add({ latency: '3s' })
    gateway.faults.add({ latency: '2s', answer: busy })
    let answered = 0
    const call = (async () => {
      const { status } = await client().call('DescribeImagePipelines', { RegionId: region })
      answered = status
    })()
    await breathe()
    await wall.advance(4_999)
    expect(answered).toBe(0)
    await wall.advance(1)
    await call
    expect(answered).toBe(503)
  })

  it.each([
    [{}, /does nothing/],
    [{ answer: busy, drop: 'request' }, /not both/],
    [{ nth: 1, every: 2, drop: 'answer' }, /one of nth, first and every/],
    [{ nth: 0, drop: 'answer' }, /^fault: nth: /],
    [{ latency: '1h' }, /10 minutes at most/],
    [{ latency: 'long' }, /long/],
    [{ probability: 2, drop: 'answer' }, /^fault: probability: /],
    [{ answer: { ...busy, status: 200 } }, /^fault: answer\.status: /],
    [{ operaton: 'x', drop: 'answer' }, /operaton/],
    ['drop', /^fault: /],
  ])('that cannot be is refused: %j', async (rule, problem) => {
    const { gateway } = await emulator()
    expect(() => gateway.faults.add(rule)).toThrow(problem)
    expect(gateway.faults.list()).toEqual([])
  })
})

describe('throttling', () => {
  it('is off until it is set', async () => {
    const { gateway, client } = await emulator()
    expect(gateway.throttle.perMinute).toBeNull()
    const calls = Array.from({ length: 50 }, () =>
      client().call('DescribeImagePipelines', { RegionId: region }),
    )
    expect(new Set((await Promise.all(calls)).map(({ status }) => status))).toEqual(new Set([200]))
  })

  it('counts by account, region and action, and lets in again in the next minute', async () => {
    const { gateway, client, wall } = await emulator()
    const api = client()
    gateway.throttle.perMinute = 2
    const call = (action = 'DescribeImagePipelines', RegionId = region) =>
      api.call(action, { RegionId })
    await wall.advance(15_000)
    expect([(await call()).status, (await call()).status]).toEqual([200, 200])
    const refused = await call()
    expect([refused.status, refused.body['Code']]).toEqual([400, 'Throttling.User'])
    expect(refused.headers['x-acs-retry-after']).toBe('45000')
    expect((await call('DescribeImageComponents')).status).toBe(200)
    expect((await call('DescribeImagePipelines', 'cn-beijing')).status).toBe(200)
    await wall.advance(44_999)
    expect((await call()).status).toBe(400)
    await wall.advance(1)
    expect((await call()).status).toBe(200)
    gateway.throttle.perMinute = null
    await call()
    expect((await call()).status).toBe(200)
  })

  it('takes a whole number of at least 1', async () => {
    const { gateway } = await emulator()
    for (const wrong of [0, -1, 1.5, Number.NaN]) {
      expect(() => {
        gateway.throttle.perMinute = wrong
      }).toThrow(/whole number/)
    }
  })
})
