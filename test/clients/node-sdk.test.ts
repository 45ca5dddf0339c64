import { describe, expect } from 'vitest'
import { emulatorTest } from '../../src/testing/index.js'
import { models, RegionId, sdk, thrownBy } from './clients.js'

const test = emulatorTest({ seed: 1, clock: 'virtual@2026-01-05T02:00:00Z' })

const template = {
  regionId: RegionId,
  name: 'web',
  baseImageType: 'IMAGE',
  baseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
  buildContent: 'RUN yum update -y',
  toRegionId: ['cn-beijing', RegionId],
  addAccount: ['1284387915995949'],
  tag: [{ key: 'Created', value: 'sdk' }],
  imageOptions: { imageName: 'golden' },
}

describe.each(['v3', 'v2'] as const)('the SDK for Node with signature %s', (signature) => {
  test('bakes an image and finds it in each region', async ({ emulator }) => {
    const client = sdk(emulator, { signature })
    const created = await client.createImagePipeline(
      new models.CreateImagePipelineRequest({
        ...template,
        tag: template.tag.map((tag) => new models.CreateImagePipelineRequestTag(tag)),
        imageOptions: new models.CreateImagePipelineRequestImageOptions(template.imageOptions),
      }),
    )
    const imagePipelineId = created.body?.imagePipelineId ?? ''
    expect(imagePipelineId).toMatch(/^ip-/)
    const start = new models.StartImagePipelineExecutionRequest({
      regionId: RegionId,
      imagePipelineId,
    })
    const executionId = (await client.startImagePipelineExecution(start)).body?.executionId
    const refused = await thrownBy(client.startImagePipelineExecution(start))
    expect(refused).toMatchObject({
      code: 'InvalidImagePipeline.HasRunningExecution',
      statusCode: 403,
      data: { RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/) as string },
    })
    expect(refused.message).toContain(executionId)

    const seen: string[] = []
    while (seen.at(-1) !== 'SUCCESS' && seen.length < 50) {
      const described = await client.describeImagePipelineExecutions(
        new models.DescribeImagePipelineExecutionsRequest({
          regionId: RegionId,
          executionId: executionId ?? '',
        }),
      )
      const [execution] = described.body?.imagePipelineExecution?.imagePipelineExecutionSet ?? []
      if (seen.at(-1) !== execution?.status) seen.push(execution?.status ?? '')
      await emulator.clock.jump()
    }
    expect(seen).toEqual(['PREPARING', 'BUILDING', 'DISTRIBUTING', 'RELEASING', 'SUCCESS'])

    for (const region of template.toRegionId) {
      const { body } = await client.describeImages(
        new models.DescribeImagesRequest({ regionId: region, imageOwnerAlias: 'self' }),
      )
      const images = body?.images?.image ?? []
      expect(images.map(({ imageName, status }) => [imageName, status])).toEqual([
        [`golden_${executionId}`, 'Available'],
      ])
      const shared = await client.describeImageSharePermission(
        new models.DescribeImageSharePermissionRequest({
          regionId: region,
          imageId: images[0]?.imageId ?? '',
        }),
      )
      expect(shared.body?.accounts?.account?.map(({ aliyunId }) => aliyunId)).toEqual([
        '1284387915995949',
      ])
    }

    const remove = new models.DeleteImagePipelineRequest({ regionId: RegionId, imagePipelineId })
    await client.deleteImagePipeline(remove)
    expect(await thrownBy(client.deleteImagePipeline(remove))).toMatchObject({
      code: 'InvalidImagePipeline.NotFound',
      statusCode: 404,
    })
  })

  test('cancels, and is refused when there is nothing left to cancel', async ({ emulator }) => {
    const client = sdk(emulator, { signature })
    const { imagePipelineId = '' } =
      (
        await client.createImagePipeline(
          new models.CreateImagePipelineRequest({
            regionId: RegionId,
            baseImageType: 'IMAGE',
            baseImage: template.baseImage,
          }),
        )
      ).body ?? {}
    const start = new models.StartImagePipelineExecutionRequest({
      regionId: RegionId,
      imagePipelineId,
      clientToken: 'nightly-7',
    })
    const { executionId = '' } = (await client.startImagePipelineExecution(start)).body ?? {}
    const cancel = new models.CancelImagePipelineExecutionRequest({
      regionId: RegionId,
      executionId,
    })
    await client.cancelImagePipelineExecution(cancel)
    await emulator.clock.advance('10m')
    expect(await emulator.imageBuilder.execution(executionId)).toMatchObject({
      Status: 'CANCELLED',
    })
    expect(await thrownBy(client.cancelImagePipelineExecution(cancel))).toMatchObject({
      code: 'InvalidStatus.CancelFailed',
      statusCode: 400,
    })
    // The same token is the same start, long after that one has ended.
    const again = await client.startImagePipelineExecution(start)
    expect(again.body?.executionId).toBe(executionId)
  })

  test('reads what there is around the templates', async ({ emulator }) => {
    const client = sdk(emulator, { signature })
    const regions = await client.describeRegions(new models.DescribeRegionsRequest({}))
    expect(regions.body?.regions?.region?.map((each) => each.regionId)).toContain(RegionId)
    const zones = await client.describeZones(
      new models.DescribeZonesRequest({ regionId: RegionId, acceptLanguage: 'en-US' }),
    )
    expect(zones.body?.zones?.zone?.[0]?.availableInstanceTypes?.instanceTypes).toContain(
      'ecs.g6.large',
    )
    const types = await client.describeInstanceTypes(
      new models.DescribeInstanceTypesRequest({ cpuArchitecture: 'ARM', minimumMemorySize: 8 }),
    )
    expect(types.body?.instanceTypes?.instanceType?.map((each) => each.memorySize)).toEqual([8, 16])
    const stock = await client.describeAvailableResource(
      new models.DescribeAvailableResourceRequest({
        regionId: RegionId,
        destinationResource: 'InstanceType',
        instanceType: 'ecs.g6.large',
      }),
    )
    expect(stock.body?.availableZones?.availableZone?.[0]?.status).toBe('Available')
    const tasks = await client.describeTasks(
      new models.DescribeTasksRequest({ regionId: RegionId, pageSize: 50 }),
    )
    expect(tasks.body).toMatchObject({ totalCount: 0, pageSize: 50 })
    const none = client.cancelTask(
      new models.CancelTaskRequest({ regionId: RegionId, taskId: 't-none' }),
    )
    expect(await thrownBy(none)).toMatchObject({ code: 'InvalidTaskId.NotFound', statusCode: 400 })
  })
})
