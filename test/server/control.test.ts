import { describe, expect, test } from 'vitest'
import { Served } from './server.js'

describe('health and reset', () => {
  test('it says what it is', async () => {
    const { body } = await (await Served.open()).control('GET /health')
    expect(body).toEqual({
      status: 'ready',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      account: '1234567890123456',
      accessKeys: false,
      clock: 'virtual',
      now: '2026-01-05T02:00:00.000Z',
      place: 'memory',
    })
  })

  test('a reset begins anew in every respect', async () => {
    const served = await Served.open({ plan: [{ task: 'buildImage', duration: '1h' }] })
    const first = await served.begun()
    await served.control('POST /clock/advance', { by: '3h' })
    await served.control('PUT /plan', { plan: [] })
    await served.control('PATCH /world', { account: '1234567890' })
    await served.control('POST /faults', { latency: '1s' })
    await served.control('PUT /progression', { mode: 'immediate' })
    expect((await served.control('POST /reset')).status).toBe(204)
    expect((await served.control('GET /health')).body).toMatchObject({
      now: '2026-01-05T02:00:00.000Z',
      account: '1234567890123456',
    })
    expect((await served.control('GET /plan')).body['plan']).toEqual([
      { task: 'buildImage', duration: '1h' },
    ])
    expect((await served.control('GET /faults')).body).toEqual({ faults: [] })
    expect((await served.control('GET /progression')).body).toEqual({
      default: { mode: 'time' },
      templates: {},
    })
    expect((await served.control('GET /templates')).body).toEqual({ templates: [] })
    expect(await served.begun()).toEqual(first)
  })

  test('requests that are under way end before a reset', async () => {
    const served = await Served.open()
    const { template } = await served.begun()
    const [described, reset] = await Promise.all([
      served.ecs('DescribeImagePipelines', { 'ImagePipelineId.1': template }),
      served.control('POST /reset'),
    ])
    expect([described.status, reset.status]).toEqual([200, 204])
  })
})

describe('the clock', () => {
  test('is advanced, and jumps to what is due next', async () => {
    const served = await Served.open()
    const { execution } = await served.begun()
    expect((await served.control('GET /clock')).body).toEqual({
      mode: 'virtual',
      scale: null,
      now: '2026-01-05T02:00:00.000Z',
      nextDue: '2026-01-05T02:01:00.000Z',
    })
    expect((await served.control('POST /clock/jump')).body).toEqual({
      now: '2026-01-05T02:01:00.000Z',
      done: 1,
      held: null,
    })
    expect(await served.status(execution)).toBe('BUILDING')
    await served.control('POST /clock/advance', { by: '1h' })
    expect(await served.status(execution)).toBe('SUCCESS')
    expect((await served.control('POST /clock/jump')).body).toMatchObject({ done: 0 })
  })

  test('runs on at another pace, without a leap, and stands still again', async () => {
    const served = await Served.open()
    const before = await served.control('POST /clock/scale', { scale: 0.000_001 })
    expect(before.body).toMatchObject({ mode: 'scaled', now: '2026-01-05T02:00:00.000Z' })
    const refused = await served.control('POST /clock/advance', { by: '10m' })
    expect([refused.status, refused.body['Code']]).toEqual([409, 'CLOCK'])
    const paused = await served.control('POST /clock/pause')
    expect(paused.body).toMatchObject({ mode: 'virtual', now: '2026-01-05T02:00:00.000Z' })
    expect((await served.control('POST /clock/advance', { by: '10m' })).status).toBe(200)
  })
})

describe('what was done to the clock', () => {
  test('is listed page by page, of a span', async () => {
    const served = await Served.open()
    await served.control('POST /clock/advance', { by: '1h' })
    await served.control('POST /clock/advance', { by: '10m' })
    await served.control('POST /clock/scale', { scale: 60 })
    const at = Date.parse('2026-01-05T02:00:00Z')
    const first = { n: 1, kind: 'jump', at, until: at + 3_600_000, was: 'virtual', record: 0 }
    expect((await served.control('GET /clock/changes?limit=1')).body).toMatchObject({
      changes: [first],
      next: 1,
    })
    expect((await served.control('GET /clock/changes?after=1')).body).toMatchObject({
      changes: [
        { n: 2, kind: 'jump' },
        { n: 3, kind: 'pace', clock: 'scale=60' },
      ],
      next: null,
    })
    const span = await served.control(`GET /clock/changes?from=${at}&to=${at + 1}`)
    expect(span.body).toMatchObject({ changes: [first], next: null })
  })
})

describe('what is wrong in a request', () => {
  test.each([
    [
      'POST /clock/advance',
      { bi: '1m' },
      'body.bi: "bi" is not a field of an advance; did you mean "by"?',
    ],
    ['POST /clock/advance', { by: 5 }, 'body.by: "by" must have a unit: 5s or 5ms'],
    ['POST /clock/advance', [], 'body: this must be a mapping, not a list'],
    ['PUT /plan', { plan: [{ task: 'buildImag', duration: '1m' }] }, 'did you mean "buildImage"?'],
    ['POST /faults', { first: 1 }, 'fault: it does nothing: give answer, drop, crash or latency'],
    ['POST /faults', { first: 1, drop: 'all' }, 'body.drop: "drop" must be "request" or "answer"'],
    [
      'PUT /progression',
      { mode: 'slow' },
      'body.mode: "mode" must be "time" or "immediate" or "manual"',
    ],
    ['PUT /throttling', { perMinute: 0 }, 'body.perMinute: "perMinute" must be at least 1'],
    ['PATCH /world', { image: [] }, 'image: Unknown field "image". Did you mean "images"?'],
    ['POST /snapshots', { name: '../etc' }, 'body.name: "name" must be a word of up to 64'],
    ['GET /executions?limit=0', undefined, 'query.limit: "limit" must be a whole number from 1'],
    ['GET /executions?state=x', undefined, 'query.state: "state" is not a field of this query'],
  ])('%s says so', async (line, body, message) => {
    const reply = await (await Served.open()).control(line, body)
    expect([reply.status, reply.body['Code']]).toEqual([400, 'INVALID_INPUT'])
    expect(reply.body['Message']).toContain(message)
  })

  test('a body is JSON, says so, and is no longer than a mebibyte', async () => {
    const served = await Served.open()
    const post = (body: string, type = 'application/json') =>
      served.ask('/_bakeline/clock/advance', {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      })
    expect((await post('{"by":')).body['Message']).toMatch(/^the body is no JSON: /)
    expect((await post('by=1m', 'text/plain')).body['Message']).toContain('application/json')
    expect((await post(`"${'a'.repeat(1024 * 1024)}"`)).body['Message']).toContain('1048576 bytes')
  })

  test.each([
    ['GET /executions/exec-none', 'NOT_FOUND'],
    ['GET /executions/exec-none/history', 'NOT_FOUND'],
    ['GET /executions?after=exec-none', 'NOT_FOUND'],
    ['DELETE /faults/fault-9', 'NOT_FOUND'],
    ['PUT /templates/ip-none/progression', 'NOT_FOUND'],
    ['POST /snapshots/none/load', 'NOT_FOUND'],
    ['DELETE /snapshots/none', 'NOT_FOUND'],
    ['GET /nothing', 'NOT_FOUND'],
    ['DELETE /clock', 'NOT_FOUND'],
  ])('%s is not there', async (line, code) => {
    const body = line.startsWith('PUT') ? { mode: 'time' } : undefined
    const reply = await (await Served.open()).control(line, body)
    expect([reply.status, reply.body['Code']]).toEqual([404, code])
  })
})

describe('faults', () => {
  test('hit, are counted, and are taken away', async () => {
    const served = await Served.open()
    const { body } = await served.control('POST /faults', {
      operation: 'StartImagePipelineExecution',
      nth: 2,
      answer: { status: 500, code: 'StartImagePipelineExecution.Failed', message: 'Not now.' },
    })
    await served.begun()
    const struck = await served.ecs('StartImagePipelineExecution', { ImagePipelineId: 'ip-x' })
    expect([struck.status, struck.body['Code'], struck.body['Message']]).toEqual([
      500,
      'StartImagePipelineExecution.Failed',
      'Not now.',
    ])
    expect((await served.control('GET /faults')).body).toMatchObject({
      faults: [{ id: body['id'], matched: 2, hits: 1 }],
    })
    expect((await served.control(`DELETE /faults/${body['id']}`)).status).toBe(204)
    expect((await served.control('GET /faults')).body).toEqual({ faults: [] })
  })

  test('may drop an answer whose work is done', async () => {
    const served = await Served.open()
    await served.control('POST /faults', { operation: 'CreateImagePipeline', drop: 'answer' })
    const dropped = await served.ecs('CreateImagePipeline', {
      BaseImageType: 'IMAGE',
      BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
    })
    expect([dropped.status, dropped.text]).toEqual([502, ''])
    const { templates } = (await served.control('GET /templates')).body as {
      readonly templates?: readonly unknown[]
    }
    expect(templates).toHaveLength(1)
  })

  test('of too many requests are a limit of their own', async () => {
    const served = await Served.open()
    await served.control('PUT /throttling', { perMinute: 1 })
    await served.ecs('DescribeImagePipelines')
    const second = await served.ecs('DescribeImagePipelines')
    expect([second.status, second.body['Code']]).toEqual([400, 'Throttling.User'])
    expect((await served.control('PUT /throttling', { perMinute: null })).body).toEqual({
      perMinute: null,
    })
    expect((await served.ecs('DescribeImagePipelines')).status).toBe(200)
  })
})

describe('progression', () => {
  test('of one template is its own', async () => {
    const served = await Served.open()
    const { template, execution } = await served.begun()
    const own = { mode: 'manual', describes: 2 }
    expect((await served.control(`PUT /templates/${template}/progression`, own)).body).toEqual({
      default: { mode: 'time' },
      templates: { [template]: own },
    })
    const seen: unknown[] = []
    for (let poll = 0; poll < 6; poll++) {
      await served.ecs('DescribeImagePipelineExecutions', { ExecutionId: execution })
      seen.push(await served.status(execution))
    }
    expect(seen).toEqual(['PREPARING', 'BUILDING', 'BUILDING', 'RELEASING', 'RELEASING', 'SUCCESS'])
    const without = await served.control(`DELETE /templates/${template}/progression`)
    expect(without.body).toEqual({ default: { mode: 'time' }, templates: {} })
  })
})

describe('the world', () => {
  test('is changed from now on, and does not show what opens anything', async () => {
    const served = await Served.open()
    const reply = await served.control('PATCH /world', {
      remove: { images: ['aliyun_3_x64_20G_alibase_20240819.vhd'] },
      accessKeys: [
        { AccessKeyId: 'LTAI1', AccessKeySecret: 'secret', account: '1234567890123456' },
      ],
    })
    expect(reply.text).not.toContain('"secret"')
    expect((await served.control('GET /world')).body['accessKeys']).toMatchObject([
      { AccessKeyId: 'LTAI1', AccessKeySecret: '(not shown)' },
    ])
    expect((await served.ecs('DescribeImagePipelines')).status).not.toBe(200)
  })
})

describe('executions', () => {
  test('are listed page by page, shown, and told record by record', async () => {
    const served = await Served.open()
    const { template, execution } = await served.begun()
    await served.control('POST /clock/advance', { by: '1h' })
    await served.ecs('StartImagePipelineExecution', { ImagePipelineId: template })
    const page = await served.control(`GET /executions?limit=1&template=${template}`)
    const { executions, next } = page.body as {
      readonly executions?: readonly { readonly Status: string }[]
      readonly next?: string
    }
    expect(executions).toMatchObject([{ Status: 'PREPARING' }])
    expect((await served.control(`GET /executions?after=${next}`)).body).toMatchObject({
      executions: [{ ExecutionId: execution, Status: 'SUCCESS' }],
      next: null,
    })
    expect((await served.control('GET /executions?status=FAILED')).body).toEqual({
      executions: [],
      next: null,
    })
    expect((await served.control(`GET /executions/${execution}`)).body).toMatchObject({
      execution: { ExecutionId: execution },
      state: 'done',
      stuck: null,
      work: [],
      images: [{ Status: 'Available', SharedWith: [] }],
    })
    const history = await served.control(`GET /executions/${execution}/history?after=1&limit=2`)
    expect(history.body).toMatchObject({
      records: [
        { seq: 2, at: '2026-01-05T02:01:00.000Z', kind: 'step' },
        { seq: 3, at: '2026-01-05T02:05:00.000Z' },
      ],
    })
  })

  test('that are under way show what they wait for', async () => {
    const served = await Served.open()
    const { execution } = await served.begun()
    expect((await served.control(`GET /executions/${execution}`)).body).toMatchObject({
      work: [{ id: 'prepareInstance', kind: 'task', due: '2026-01-05T02:01:00.000Z', attempt: 1 }],
    })
  })
})

test('metrics are what Prometheus reads', async () => {
  const served = await Served.open()
  await served.begun()
  await served.ecs('Nonsense', { Version: '"\n' })
  const { text, headers } = await served.control('GET /metrics')
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(text).toContain(
    'bakeline_requests_total{action="CreateImagePipeline",status="200",code=""} 1\n',
  )
  expect(text).toContain(
    'bakeline_requests_total{action="",status="400",code="InvalidVersion"} 1\n',
  )
  expect(text).toContain('bakeline_executions{status="PREPARING"} 1\n')
  expect(text).toContain('bakeline_clock_seconds 1767578400\n')
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(/^(# (HELP|TYPE) bakeline_\w+ .+|bakeline_\w+(\{.*\})? [\d.e+]+)$/)
  }
})
