import { describe, expect } from 'vitest'
import { emulatorTest } from '../../src/testing/index.js'
import { pop, RegionId, thrownBy } from './clients.js'

const test = emulatorTest({ seed: 1, clock: 'virtual@2026-01-05T02:00:00Z' })

const template = {
  RegionId,
  Name: 'web',
  BaseImageType: 'IMAGE',
  BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
  'ToRegionId.1': 'cn-beijing',
  'AddAccount.1': '1284387915995949',
}

interface Described {
  readonly ImagePipelineExecution: {
    readonly ImagePipelineExecutionSet: readonly { readonly Status: string }[]
  }
}

interface Images {
  readonly Images: {
    readonly Image: readonly { readonly ImageId: string; readonly Status: string }[]
  }
}

describe.each(['GET', 'POST'] as const)('pop-core by %s', (method) => {
  test('bakes, distributes, shares and deletes', async ({ emulator }) => {
    const client = pop(emulator)
    const call = <T>(action: string, parameters: object): Promise<T> =>
      client.request<T>(action, { RegionId, ...parameters }, { method })
    const { ImagePipelineId } = await call<{ ImagePipelineId: string }>(
      'CreateImagePipeline',
      template,
    )
    const start = { ImagePipelineId }
    const { ExecutionId } = await call<{ ExecutionId: string }>(
      'StartImagePipelineExecution',
      start,
    )
    const refused = await thrownBy(call('StartImagePipelineExecution', start))
    expect(refused.code).toBe('InvalidImagePipeline.HasRunningExecution')
    expect(refused.entry?.response?.statusCode).toBe(403)

    const statusOf = async (): Promise<string | undefined> => {
      const { ImagePipelineExecution } = await call<Described>('DescribeImagePipelineExecutions', {
        ExecutionId,
      })
      return ImagePipelineExecution.ImagePipelineExecutionSet[0]?.Status
    }
    const seen = new Set<string | undefined>()
    while (!seen.has('SUCCESS') && seen.size < 20) {
      seen.add(await statusOf())
      if ((await emulator.clock.jump()) === null) break
    }
    seen.add(await statusOf())
    expect([...seen]).toEqual(['PREPARING', 'BUILDING', 'DISTRIBUTING', 'RELEASING', 'SUCCESS'])

    for (const region of [RegionId, 'cn-beijing']) {
      const { Images } = await call<Images>('DescribeImages', {
        RegionId: region,
        ImageOwnerAlias: 'self',
      })
      expect(Images.Image).toMatchObject([{ Status: 'Available' }])
      const own = { RegionId: region, ImageId: Images.Image[0]?.ImageId }
      expect(await call('DescribeImageSharePermission', own)).toMatchObject({
        Accounts: { Account: [{ AliyunId: '1284387915995949' }] },
      })
      await call('ModifyImageSharePermission', { ...own, 'RemoveAccount.1': '1284387915995949' })
      expect(await call('DescribeImageSharePermission', own)).toMatchObject({
        Accounts: { Account: [] },
      })
    }
    await call('DeleteImagePipeline', { ImagePipelineId })
    const gone = await thrownBy(call('StartImagePipelineExecution', start))
    expect([gone.code, gone.entry?.response?.statusCode]).toEqual([
      'InvalidImagePipeline.NotFound',
      404,
    ])
  })

  test('cancels while it builds', async ({ emulator }) => {
    const client = pop(emulator)
    const call = <T>(action: string, parameters: object): Promise<T> =>
      client.request<T>(action, { RegionId, ...parameters }, { method })
    const { ImagePipelineId } = await call<{ ImagePipelineId: string }>(
      'CreateImagePipeline',
      template,
    )
    const { ExecutionId } = await call<{ ExecutionId: string }>('StartImagePipelineExecution', {
      ImagePipelineId,
    })
    await emulator.clock.advance('2m')
    await call('CancelImagePipelineExecution', { ExecutionId })
    await emulator.clock.advance('5m')
    expect((await emulator.imageBuilder.execution(ExecutionId))?.Status).toBe('CANCELLED')
  })
})
