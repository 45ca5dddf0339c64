import { describe, expect, it, vi } from 'vitest'
import { BakelineError } from '../../src/core/errors.js'
import { type AnyOperation, wireOperation } from '../../src/gateway/operation.js'
import { operations } from '../../src/gateway/operations/index.js'
import type { Observed } from '../../src/gateway/gateway.js'
import { operation } from '../../src/imagebuilder/parameters/field.js'
import { plainText } from '../../src/imagebuilder/parameters/common.js'
import { emulator, least, region } from './emulator.js'
import { rawRequest, recordedKey, recordedRequests } from './requests.js'

/** An operation that ends as a test says. */
function breaking(run: () => never): AnyOperation {
  return wireOperation({
    product: 'Ecs',
    request: operation({ action: 'Break', docs: 'Breaks.', fields: { Text: plainText('Text.') } }),
    kind: 'write',
    access: { action: 'ecs:Break', resources: () => [] },
    errors: [],
    sample: {},
    run,
  })
}

describe('a request for what there is not', () => {
  it.each(['JSON', 'XML'] as const)('is refused in its own format: %s', async (format) => {
    const { client } = await emulator()
    const version = await client({ format, version: '2020-01-01' }).call(
      'StartImagePipelineExecution',
    )
    expect([version.status, version.body['Code']]).toEqual([400, 'InvalidVersion'])
    const action = await client({ format }).call('StartImagePipeline')
    expect([action.status, action.body['Code']]).toEqual([404, 'InvalidAction.NotFound'])
    const other = await client({ format, version: '2016-04-28' }).call(
      'StartImagePipelineExecution',
    )
    expect([other.status, other.body['Code']]).toEqual([404, 'InvalidAction.NotFound'])
    const type = format === 'XML' ? 'text/xml;charset=utf-8' : 'application/json;charset=utf-8'
    expect(action.headers['content-type']).toBe(type)
    expect(action.text).toMatch(format === 'XML' ? /^<\?xml .*<Error>.*<\/Error>$/ : /^\{.*\}$/)
  })

  it('is told apart before anybody asks who calls', async () => {
    const { gateway } = await emulator()
    const target = '/?Action=Nothing&Version=2014-05-26'
    const answer = await gateway.handle(rawRequest({ method: 'GET', target }))
    expect(answer).toMatchObject({ status: 404 })
    const known = '/?Action=DescribeImagePipelines&Version=2014-05-26'
    expect(await gateway.handle(rawRequest({ method: 'GET', target: known }))).toMatchObject({
      status: 400,
      body: expect.stringContaining('AccessKeyId') as unknown,
    })
  })
})

describe('every answer', () => {
  it('has a RequestId, in the body and in the head, and an error has all that clients read', async () => {
    const { client } = await emulator()
    const { body, headers } = await client().call('StartImagePipelineExecution', {
      RegionId: region,
      ImagePipelineId: 'ip-none',
    })
    expect(Object.keys(body)).toEqual(['RequestId', 'HostId', 'Code', 'Message', 'Recommend'])
    expect(body['RequestId']).toMatch(/^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-/)
    expect(headers['x-acs-request-id']).toBe(body['RequestId'])
    expect(body['HostId']).toBe('ecs.aliyuncs.com')
    const regional = client({ host: 'ecs.cn-beijing.aliyuncs.com:80' })
    expect((await regional.call('Nothing')).body['HostId']).toBe('ecs.cn-beijing.aliyuncs.com')
  })

  it('is told to who observes, without names that a caller made up', async () => {
    const observe = vi.fn<(request: Observed) => void>(() => {
      throw new Error('the observer has trouble of its own')
    })
    const { client, logged, gateway } = await emulator({ observe })
    await client().call('CreateImagePipeline', least)
    await client().call('Made.Up')
    gateway.faults.add({ drop: 'request' })
    const api = client()
    await api.send(api.request('DescribeImagePipelines'))
    expect(
      observe.mock.calls.map(([{ action, account, status, code }]) => ({
        action,
        account,
        status,
        code,
      })),
    ).toEqual([
      { action: 'CreateImagePipeline', account: '1234567890123456', status: 200, code: '' },
      { action: '', account: '', status: 404, code: 'InvalidAction.NotFound' },
      { action: 'DescribeImagePipelines', account: '1234567890123456', status: null, code: '' },
    ])
    expect(logged).toHaveLength(3)
  })
})

describe('trouble of our own', () => {
  const call = async (error: unknown) => {
    const run = (): never => {
      throw error
    }
    const made = await emulator({
      operations: [breaking(run)],
      world: { accessKeys: [recordedKey] },
    })
    const parameters = { Text: 'a private text' }
    const reply = await made.client({ key: recordedKey }).call('Break', parameters)
    return { ...made, ...reply }
  }

  it('is answered with InternalError, and logged without anything that is secret', async () => {
    const { status, body, text, logged } = await call(new TypeError('x is undefined'))
    expect([status, body['Code']]).toEqual([500, 'InternalError'])
    expect(text).not.toContain('x is undefined')
    expect(logged).toHaveLength(1)
    expect(logged[0]).toContain(`Break ${String(body['RequestId'])} failed:`)
    expect(logged[0]).toContain('TypeError: x is undefined')
    for (const secret of [recordedKey.AccessKeySecret, recordedKey.AccessKeyId, 'a private text']) {
      expect(logged[0]).not.toContain(secret)
    }
  })

  it('that will pass is answered so that the client comes again', async () => {
    const overloaded = await call(new BakelineError('OVERLOADED', 'too many'))
    expect([overloaded.status, overloaded.body['Code']]).toEqual([400, 'Throttling.User'])
    expect(overloaded.headers['x-acs-retry-after']).toBe('1000')
    expect(overloaded.logged).toEqual([])
    const full = await call(new BakelineError('STORE', 'the disk is full: /var/secret.db'))
    expect([full.status, full.body['Code']]).toEqual([503, 'ServiceUnavailable'])
    expect(full.text).not.toContain('/var')
    expect(full.logged).toHaveLength(1)
  })

  it('does not reach the caller through a closed file', async () => {
    const { builder, client, logged } = await emulator()
    await builder.engine.close()
    const { status, body } = await client().call('CreateImagePipeline', least)
    expect([status, body['Code']]).toEqual([503, 'ServiceUnavailable'])
    expect(logged).toHaveLength(1)
  })
})

describe('the recorded requests of real clients', () => {
  it('reach their operations', async () => {
    const seen: string[] = []
    const observe = ({ action, code }: Observed): void => {
      seen.push(`${action} ${code}`)
    }
    const { gateway } = await emulator({ observe, world: { accessKeys: [recordedKey] } })
    const spoken = new Set(operations.map(({ request }) => request.action))
    const all = recordedRequests()
    for (const { raw } of all) await gateway.handle(raw)
    const gatewayCodes =
      /Signature|InvalidAccessKey|TimeStamp|Timestamp|InvalidVersion|InternalError/
    for (const [index, { action }] of all.entries()) {
      const line = seen[index] ?? ''
      if (spoken.has(action)) expect(line.split(' ', 1)).toEqual([action])
      else expect(line).toBe(' InvalidAction.NotFound')
      expect(line).not.toMatch(gatewayCodes)
    }
    expect(seen.filter((line) => line.endsWith(' ')).length).toBeGreaterThan(5)
  })
})
