import { describe, expect, it } from 'vitest'
import { emulator, least, region } from './emulator.js'
import { Gateway } from '../../src/gateway/gateway.js'
import { Client, type ClientOptions, type Reply } from './client.js'

const ways: readonly ClientOptions[] = (['v3', 'v1'] as const).flatMap((signature) =>
  (['JSON', 'XML'] as const).flatMap((format): ClientOptions[] => [
    { signature, format, method: 'GET' },
    { signature, format, method: 'POST' },
    { signature, format, method: 'POST', place: 'form' },
  ]),
)

const key = { AccessKeyId: 'LTAIroot', AccessKeySecret: 'secret' }

/** The only entry of a list, whichever way it is written. */
function only({ body }: Reply, list: string, set: string): Readonly<Record<string, unknown>> {
  const entries = (body[list] as Record<string, unknown>)[set]
  return (Array.isArray(entries) ? entries[0] : entries) as Readonly<Record<string, unknown>>
}

async function created(client: Client, more: object = {}): Promise<string> {
  const { status, body } = await client.call('CreateImagePipeline', { ...least, ...more })
  expect(status).toBe(200)
  return String(body['ImagePipelineId'])
}

async function started(client: Client, ImagePipelineId: string): Promise<string> {
  const request = { RegionId: region, ImagePipelineId }
  const { status, body } = await client.call('StartImagePipelineExecution', request)
  expect(status).toBe(200)
  return String(body['ExecutionId'])
}

async function execution(client: Client, ExecutionId: string) {
  const reply = await client.call('DescribeImagePipelineExecutions', {
    RegionId: region,
    ExecutionId,
  })
  return only(reply, 'ImagePipelineExecution', 'ImagePipelineExecutionSet')
}

describe.each(ways)(
  'a client that signs $signature, asks by $method in $place for $format',
  (way) => {
    it('makes a template, starts it, polls it to SUCCESS, cancels the next and deletes', async () => {
      const { client: connect, builder } = await emulator({ world: { accessKeys: [key] } })
      const client = connect({ ...way, key })
      const ImagePipelineId = await created(client, { Name: 'web', ToRegionId: ['cn-beijing'] })
      expect(ImagePipelineId).toMatch(/^ip-/)
      const first = await started(client, ImagePipelineId)

      const request = { RegionId: region, ImagePipelineId }
      const again = await client.call('StartImagePipelineExecution', request)
      expect([again.status, again.body['Code']]).toEqual([
        403,
        'InvalidImagePipeline.HasRunningExecution',
      ])
      expect(again.body['Message']).toContain(first)

      const seen = new Set<unknown>()
      for (let polls = 0; polls < 100; polls++) {
        const { Status } = await execution(client, first)
        seen.add(Status)
        if (Status === 'SUCCESS') break
        await builder.engine.advance('30s')
      }
      expect([...seen]).toEqual(['PREPARING', 'BUILDING', 'DISTRIBUTING', 'RELEASING', 'SUCCESS'])

      const second = await started(client, ImagePipelineId)
      const busy = await client.call('DeleteImagePipeline', request)
      expect(busy.body['Code']).toBe('InvalidImagePipeline.HasRunningExecution')
      const cancel = { RegionId: region, ExecutionId: second }
      expect((await client.call('CancelImagePipelineExecution', cancel)).status).toBe(200)
      expect(await execution(client, second)).toMatchObject({ Status: 'CANCELLING' })
      await builder.engine.advance('1h')
      expect(await execution(client, second)).toMatchObject({ Status: 'CANCELLED' })
      expect((await client.call('CancelImagePipelineExecution', cancel)).body['Code']).toBe(
        'InvalidStatus.CancelFailed',
      )

      expect((await client.call('DeleteImagePipeline', request)).status).toBe(200)
      const gone = await client.call('StartImagePipelineExecution', request)
      expect([gone.status, gone.body['Code']]).toEqual([404, 'InvalidImagePipeline.NotFound'])
    })
  },
)

describe('the answer to a start', () => {
  it('is the same for the same ClientToken, with a RequestId of its own', async () => {
    const { client: connect } = await emulator()
    const client = connect()
    const ImagePipelineId = await created(client)
    const request = { RegionId: region, ImagePipelineId, ClientToken: 'one' }
    const first = await client.call('StartImagePipelineExecution', request)
    const again = await client.call('StartImagePipelineExecution', request)
    expect(again.body['ExecutionId']).toBe(first.body['ExecutionId'])
    expect(again.body['RequestId']).not.toBe(first.body['RequestId'])
  })

  it('repeats to the byte where the file has the same seed', async () => {
    const run = async (seed: number | null): Promise<string[]> => {
      const { client: connect, wall } = await emulator({ seed })
      const client = connect()
      const ImagePipelineId = await created(client)
      const other = await client.call('CreateImagePipeline', least)
      const start = { RegionId: region, ImagePipelineId }
      const list = { RegionId: region, MaxResults: 1 }
      return [
        other.text,
        (await client.call('StartImagePipelineExecution', start)).text,
        (await client.call('DescribeImagePipelines', list)).text,
        String(wall.now()),
      ]
    }
    expect(await run(7)).toEqual(await run(7))
    expect(await run(7)).not.toEqual(await run(8))
    expect(await run(null)).not.toEqual(await run(null))
  })
})

describe('lists that go on', () => {
  it('give tokens that only their own query may use', async () => {
    const { client: connect, builder, wall } = await emulator({ seed: null })
    const client = connect()
    await created(client)
    await created(client)
    const query = { RegionId: region, MaxResults: 1 }
    const first = await client.call('DescribeImagePipelines', query)
    const token = String(first.body['NextToken'])
    expect(token).not.toBe('')
    const next = await client.call('DescribeImagePipelines', { ...query, NextToken: token })
    expect([next.status, next.body['NextToken']]).toEqual([200, ''])
    expect(only(next, 'ImagePipeline', 'ImagePipelineSet')).not.toEqual(
      only(first, 'ImagePipeline', 'ImagePipelineSet'),
    )
    const process = new Client(await Gateway.open({ builder, wall }), wall)
    const elsewhere = await process.call('DescribeImagePipelines', { ...query, NextToken: token })
    expect(elsewhere.status).toBe(200)
    for (const NextToken of [`${token}x`, token.slice(1), 'nonsense']) {
      const refused = await client.call('DescribeImagePipelines', { ...query, NextToken })
      expect([refused.status, refused.body['Code']]).toEqual([403, 'Invalid.NextToken'])
    }
    const other = { ...query, Name: 'other', NextToken: token }
    expect((await client.call('DescribeImagePipelines', other)).status).toBe(403)
  })
})
