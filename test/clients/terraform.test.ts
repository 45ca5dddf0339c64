import { expect } from 'vitest'
import type { Emulator } from '../../src/index.js'
import { emulatorTest } from '../../src/testing/index.js'
import { flat, type TeaAnswer, teaRpc, waitFor } from './terraform.js'

const test = emulatorTest({ seed: 1, clock: 'virtual@2026-01-05T02:00:00Z' })

/** The value at a path such as `ImagePipeline.ImagePipelineSet.0`. */
function at(body: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], body)
}

async function ok(answer: Promise<TeaAnswer>): Promise<TeaAnswer['body']> {
  const { status, body } = await answer
  expect([status, body['Message']]).toEqual([200, undefined])
  return body
}

/** The provider's pages: fifty at a time until there is no token. */
async function imagesBy(url: string, RegionId: string): Promise<readonly string[]> {
  const found: string[] = []
  for (let page = 1; ; page++) {
    const parameters = {
      RegionId,
      ImageOwnerAlias: 'system',
      PageSize: '50',
      PageNumber: `${page}`,
    }
    const body = await ok(teaRpc(url, 'DescribeImages', parameters))
    const images = at(body, 'Images.Image') as readonly { readonly ImageId: string }[]
    found.push(...images.map(({ ImageId }) => ImageId))
    if (images.length < 50) return found
  }
}

const pass = (emulator: Emulator) => (seconds: number) => emulator.clock.advance(`${seconds}s`)

test('alicloud_ecs_image_pipeline: created, read, deleted, and gone', async ({ emulator }) => {
  const { url } = emulator
  const RegionId = 'cn-hangzhou'
  const ids = await imagesBy(url, RegionId)
  const base = ids.find((id) => /^ubuntu_[0-9]+_[0-9]+_x64*/.test(id)) ?? ''
  expect(base).toMatch(/^ubuntu/)
  const created = await ok(
    teaRpc(url, 'CreateImagePipeline', {
      RegionId,
      ClientToken: 'TF-CreateImagePipeline-1733130000-000000000000000000000000000',
      Name: 'tf-testaccecsimagepipeline',
      BaseImageType: 'IMAGE',
      BaseImage: base,
      BuildContent: 'RUN yum update -y',
      DeleteInstanceOnFailure: 'true',
      Description: 'tf-testAccEcsImagePipeline',
      ImageName: 'test-image-pipeline',
      InstanceType: 'ecs.g6.large',
      InternetMaxBandwidthOut: '20',
      SystemDiskSize: '40',
      ...flat('AddAccount', ['1234567890123456']),
      ...flat('ToRegionId', ['cn-qingdao', 'cn-zhangjiakou']),
      'Tag.1.Key': 'Created',
      'Tag.1.Value': 'TF',
      'Tag.2.Key': 'Foo',
      'Tag.2.Value': 'Bar',
    }),
  )
  const ImagePipelineId = String(created['ImagePipelineId'])
  const read = { RegionId, MaxResults: '20', ...flat('ImagePipelineId', [ImagePipelineId]) }
  const described = await ok(teaRpc(url, 'DescribeImagePipelines', read))
  expect(at(described, 'ImagePipeline.ImagePipelineSet.0')).toMatchObject({
    ImagePipelineId,
    BaseImage: base,
    ToRegionIds: { ToRegionId: ['cn-qingdao', 'cn-zhangjiakou'] },
    DeleteInstanceOnFailure: true,
    InternetMaxBandwidthOut: 20,
    SystemDiskSize: 40,
  })
  await ok(teaRpc(url, 'DeleteImagePipeline', { RegionId, ImagePipelineId }))
  const after = await ok(teaRpc(url, 'DescribeImagePipelines', read))
  // The provider looks the list up by its path: the key must be there when nothing is in it.
  expect(at(after, 'ImagePipeline.ImagePipelineSet')).toEqual([])
})

test('alicloud_ecs_image_pipeline_execution: started, waited for, set to CANCELLED', async ({
  emulator,
}) => {
  const { url } = emulator
  const RegionId = 'cn-hangzhou'
  const component = await ok(
    teaRpc(url, 'CreateImageComponent', {
      RegionId,
      Name: 'tf-component',
      Content: 'RUN yum update -y',
      SystemType: 'Linux',
      ComponentType: 'Build',
      ClientToken: 'TF-CreateImageComponent-1',
    }),
  )
  const created = await ok(
    teaRpc(url, 'CreateImagePipeline', {
      RegionId,
      Name: 'tf-execution',
      BaseImageType: 'IMAGE',
      BaseImage: 'aliyun_3_x64_20G_dengbao_alibase_20240819.vhd',
      BuildContent: `COMPONENT ${String(component['ImageComponentId'])}`,
      ImageName: 'test-image-pipeline',
      ...flat('AddAccount', ['1284387915995949']),
      ...flat('ToRegionId', ['cn-beijing']),
    }),
  )
  const ImagePipelineId = String(created['ImagePipelineId'])
  const started = await ok(
    teaRpc(url, 'StartImagePipelineExecution', {
      RegionId,
      ImagePipelineId,
      ClientToken: 'TF-StartImagePipelineExecution-1',
    }),
  )
  const ExecutionId = String(started['ExecutionId'])
  const status = async (): Promise<string> => {
    const body = await ok(teaRpc(url, 'DescribeImagePipelineExecutions', { RegionId, ExecutionId }))
    return String(at(body, 'ImagePipelineExecution.ImagePipelineExecutionSet.0.Status'))
  }
  const reached = await waitFor({
    status,
    target: ['SUCCESS', 'BUILDING', 'PREPARING'],
    fail: ['FAILED'],
    interval: 20,
    timeout: 300,
    pass: pass(emulator),
  })
  expect(reached).toBe('PREPARING')
  await ok(teaRpc(url, 'CancelImagePipelineExecution', { RegionId, ExecutionId }))
  const cancelled = await waitFor({
    status,
    target: ['CANCELLED'],
    fail: [],
    interval: 10,
    timeout: 300,
    pass: pass(emulator),
  })
  expect(cancelled).toBe('CANCELLED')
})

test('alicloud_ecs_image_component: moved, tagged, deleted; 404 is success', async ({
  emulator,
}) => {
  const { url } = emulator
  const RegionId = 'cn-beijing'
  const created = await ok(
    teaRpc(url, 'CreateImageComponent', {
      RegionId,
      Name: 'tf-testacc',
      ComponentVersion: '1.1.1',
      ComponentType: 'Build',
      SystemType: 'Linux',
      Description: 'tf-testAccEcsImageComponent',
      Content: 'RUN yum update -y',
      ClientToken: 'TF-CreateImageComponent-2',
      'Tag.1.Key': 'Created',
      'Tag.1.Value': 'TF',
    }),
  )
  const id = String(created['ImageComponentId'])
  const read = async (): Promise<unknown> =>
    at(
      await ok(
        teaRpc(url, 'DescribeImageComponents', { RegionId, ...flat('ImageComponentId', [id]) }),
      ),
      'ImageComponent.ImageComponentSet.0',
    )
  expect(await read()).toMatchObject({
    ComponentVersion: '1.1.1',
    Tags: { Tag: [{ TagKey: 'Created', TagValue: 'TF' }] },
  })
  const resource = { RegionId, ResourceType: 'imagecomponent', ...flat('ResourceId', [id]) }
  await ok(teaRpc(url, 'UntagResources', { ...resource, ...flat('TagKey', ['Created']) }))
  await ok(teaRpc(url, 'TagResources', { ...resource, 'Tag.1.Key': 'For', 'Tag.1.Value': 'Test' }))
  expect(await read()).toMatchObject({ Tags: { Tag: [{ TagKey: 'For', TagValue: 'Test' }] } })
  const { resourceGroups } = await emulator.imageBuilder.world()
  await ok(
    teaRpc(url, 'JoinResourceGroup', {
      RegionId,
      ResourceType: 'imagecomponent',
      ResourceId: id,
      ResourceGroupId: resourceGroups[0]?.ResourceGroupId ?? '',
    }),
  )
  await ok(teaRpc(url, 'DeleteImageComponent', { RegionId, ImageComponentId: id }))
  const gone = await teaRpc(url, 'DeleteImageComponent', { RegionId, ImageComponentId: id })
  expect(gone.status).toBe(404)
})

test('alicloud_image_copy and its share: waited for as the provider does', async ({ emulator }) => {
  const { url } = emulator
  const made = await ok(
    teaRpc(url, 'CreateImage', {
      RegionId: 'cn-hangzhou',
      InstanceId: 'i-default0instance0000',
      ImageName: 'tf-image',
    }),
  )
  await emulator.clock.advance('5m')
  const copied = await ok(
    teaRpc(url, 'CopyImage', {
      RegionId: 'cn-hangzhou',
      ImageId: String(made['ImageId']),
      DestinationRegionId: 'cn-beijing',
      DestinationImageName: 'tf-copy',
      'Tag.1.Key': 'Created',
      'Tag.1.Value': 'TF',
    }),
  )
  const own = { RegionId: 'cn-beijing', ImageId: String(copied['ImageId']) }
  const reached = await waitFor({
    status: async () => {
      const Status = 'Creating,Waiting,Available,UnAvailable,CreateFailed'
      const body = await ok(teaRpc(url, 'DescribeImages', { ...own, Status }))
      return String(at(body, 'Images.Image.0.Status'))
    },
    target: ['Available'],
    fail: ['CreateFailed', 'UnAvailable'],
    interval: 60,
    timeout: 600,
    pass: pass(emulator),
  })
  expect(reached).toBe('Available')
  const shares = async (): Promise<unknown> =>
    at(await ok(teaRpc(url, 'DescribeImageSharePermission', own)), 'Accounts.Account')
  await ok(teaRpc(url, 'ModifyImageSharePermission', { ...own, ...flat('AddAccount', ['1']) }))
  expect(await shares()).toMatchObject([{ AliyunId: '1' }])
  await ok(teaRpc(url, 'ModifyImageSharePermission', { ...own, ...flat('RemoveAccount', ['1']) }))
  expect(await shares()).toEqual([])
  await ok(teaRpc(url, 'DeleteImage', own))
})

test('the data sources of the acceptance tests find a zone, a type, a network and a group', async ({
  emulator,
}) => {
  const { url } = emulator
  const RegionId = 'cn-hangzhou'
  const types = await ok(
    teaRpc(url, 'DescribeAvailableResource', {
      RegionId,
      DestinationResource: 'InstanceType',
      IoOptimized: 'optimized',
      InstanceChargeType: 'PostPaid',
      SpotStrategy: 'NoSpot',
      Cores: '2',
      Memory: '8.000000',
    }),
  )
  expect(at(types, 'AvailableZones.AvailableZone.0')).toMatchObject({ Status: 'Available' })
  const stock = 'AvailableResources.AvailableResource.0.SupportedResources.SupportedResource.0'
  const InstanceType = String(at(types, `AvailableZones.AvailableZone.0.${stock}.Value`))
  const described = await ok(teaRpc(url, 'DescribeInstanceTypes', { NextToken: '' }))
  const all = at(described, 'InstanceTypes.InstanceType') as readonly Record<string, unknown>[]
  expect(all.find(({ InstanceTypeId }) => InstanceTypeId === InstanceType)).toMatchObject({
    InstanceTypeFamily: 'ecs.g6',
    CpuCoreCount: 2,
    MemorySize: 8,
    EniQuantity: expect.any(Number) as number,
  })
  const zones = await ok(teaRpc(url, 'DescribeZones', { RegionId, InstanceChargeType: 'PostPaid' }))
  const ZoneId = String(at(zones, 'Zones.Zone.0.ZoneId'))
  const page = { RegionId, PageSize: '50', PageNumber: '1' }
  const vpcs = await ok(teaRpc(url, 'DescribeVpcs', page, '2016-04-28'))
  const VpcId = String(at(vpcs, 'Vpcs.Vpc.0.VpcId'))
  const found = await ok(teaRpc(url, 'DescribeVSwitches', { ...page, VpcId, ZoneId }, '2016-04-28'))
  const VSwitchId = String(at(found, 'VSwitches.VSwitch.0.VSwitchId'))
  expect(at(found, 'VSwitches.VSwitch.0.RouteTable.RouteTableId')).toMatch(/^vtb-/)
  const groups = await ok(
    teaRpc(url, 'ListResourceGroups', { PageSize: '50', PageNumber: '1' }, '2020-03-31'),
  )
  const ResourceGroupId = String(at(groups, 'ResourceGroups.ResourceGroup.0.Id'))
  // What they found is what a template takes.
  await ok(
    teaRpc(url, 'CreateImagePipeline', {
      RegionId,
      BaseImageType: 'IMAGE',
      BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
      InstanceType,
      VSwitchId,
      ResourceGroupId,
    }),
  )
})

test('the provider configures itself: who it is, its kind of account, where things are', async ({
  emulator,
}) => {
  const { url, endpoint } = emulator
  const who = await ok(teaRpc(url, 'GetCallerIdentity', { RegionId: 'cn-hangzhou' }, '2015-04-01'))
  expect(who['AccountId']).toBe('1234567890123456')
  const bought = {
    PageSize: '50',
    PageNum: '1',
    ProductCode: 'vipcloudfw',
    ProductType: 'vipcloudfw',
    SubscriptionType: 'Subscription',
  }
  await ok(teaRpc(url, 'QueryAvailableInstances', bought, '2017-12-14'))
  const where = { Id: 'cn-hangzhou', ServiceCode: 'ecs' }
  const found = await ok(teaRpc(url, 'DescribeEndpoints', where, '2015-06-12'))
  expect(at(found, 'Endpoints.Endpoint.0')).toMatchObject({ Type: 'openAPI', Endpoint: endpoint })
})
