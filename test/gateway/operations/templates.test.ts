import { beforeEach, describe, expect, it } from 'vitest'
import { entries, least, region, type Service, service, started, template } from './service.js'

const set = 'ImagePipeline.ImagePipelineSet'
let ecs: Service
beforeEach(async () => {
  ecs = await service()
})

async function ids(parameters: object, as?: { readonly account: string }): Promise<unknown[]> {
  const answer = await ecs.call('DescribeImagePipelines', { RegionId: region, ...parameters }, as)
  return entries(answer, set).map(({ ImagePipelineId }) => ImagePipelineId)
}

describe('DescribeImagePipelines', () => {
  it('answers with an empty set where there is nothing', async () => {
    expect(await ecs.call('DescribeImagePipelines', { RegionId: region })).toEqual({
      ImagePipeline: { ImagePipelineSet: [] },
      TotalCount: 0,
      MaxResults: 50,
      NextToken: '',
    })
  })

  it('gives back what was given, accounts as text, old names beside the new ones', async () => {
    const given = {
      Name: 'web',
      Description: 'for the web',
      ImageName: 'web',
      ImageFamily: 'webs',
      NvmeSupport: 'auto',
      ImageOptions: { Description: 'an image', ImageTags: [{ Key: 'a', Value: 'b' }] },
      InstanceType: 'ecs.g7.large',
      VSwitchId: 'vsw-bp1defaultcnhangzhou',
      SystemDiskSize: '60',
      InternetMaxBandwidthOut: '5',
      DeleteInstanceOnFailure: 'false',
      BuildContent: 'FROM IMAGE:m-1\nRUN yum update -y',
      TestContent: 'RUN true',
      RepairMode: 'Customized',
      RepairItem: ['grub', 'fstab'],
      AddAccount: [1284387915995949, 42],
      ToRegionId: ['cn-beijing', 'cn-hangzhou'],
      Tag: [{ Key: 'Created', Value: 'TF' }, { Key: 'Empty' }],
      AdvancedOptions: { RetainCloudAssistant: true, ImageNameSuffix: 'disable' },
    }
    const ImagePipelineId = await template(ecs, given)
    const answer = await ecs.call('DescribeImagePipelines', { RegionId: region })
    expect(entries(answer, set)).toEqual([
      {
        ImagePipelineId,
        Name: 'web',
        Description: 'for the web',
        CreationTime: '2026-01-05T02:00:00Z',
        ResourceGroupId: '',
        BaseImageType: 'IMAGE',
        BaseImage: least.BaseImage,
        BuildContent: given.BuildContent,
        TestContent: 'RUN true',
        RepairMode: 'Customized',
        RepairItems: { RepairItem: ['grub', 'fstab'] },
        InstanceType: 'ecs.g7.large',
        VSwitchId: 'vsw-bp1defaultcnhangzhou',
        SystemDiskSize: 60,
        InternetMaxBandwidthOut: 5,
        DeleteInstanceOnFailure: false,
        ImageName: 'web',
        ImageFamily: 'webs',
        NvmeSupport: 'auto',
        ToRegionIds: { ToRegionId: ['cn-beijing', 'cn-hangzhou'] },
        AddAccounts: { AddAccount: ['1284387915995949', '42'] },
        Tags: {
          Tag: [
            { TagKey: 'Created', TagValue: 'TF' },
            { TagKey: 'Empty', TagValue: '' },
          ],
        },
        AdvancedOptions: { RetainCloudAssistant: true, ImageNameSuffix: 'disable' },
        ImageOptions: {
          ImageName: 'web',
          ImageFamily: 'webs',
          Description: 'an image',
          ImageFeatures: { NvmeSupport: 'auto' },
          ImageTags: { ImageTag: [{ TagKey: 'a', TagValue: 'b' }] },
        },
      },
    ])
  })

  it('tells an import with its defaults, its tags spelt as the service spells them', async () => {
    await template(ecs, {
      BaseImageType: 'OSS',
      BaseImage: undefined,
      ImportImageOptions: {
        ImportImageTags: [{ Key: 'a', Value: 'b' }],
        RetainImportedImage: true,
        DiskDeviceMappings: [
          { OSSBucket: 'images', OSSObject: 'system.raw', DiskImageSize: 40, Format: 'RAW' },
          { OSSBucket: 'images', OSSObject: 'data.raw' },
        ],
      },
    })
    const answer = await ecs.call('DescribeImagePipelines', { RegionId: region })
    expect(entries(answer, set)[0]?.ImportImageOptions).toEqual({
      Architecture: 'x86_64',
      OSType: 'linux',
      Platform: 'Others Linux',
      BootMode: 'BIOS',
      LicenseType: 'Auto',
      ImageName: '',
      Description: '',
      RoleName: '',
      RetainImportedImage: true,
      RetentionStrategy: 'RetainAlways',
      Features: { NvmeSupport: 'unsupported', ImdsSupport: 'v1' },
      DiskDeviceMappings: {
        DiskDeviceMapping: [
          { OSSBucket: 'images', OSSObject: 'system.raw', Format: 'RAW', DiskImageSize: 40 },
          { OSSBucket: 'images', OSSObject: 'data.raw', Format: '' },
        ],
      },
      ImportImageTags: { ImportImageTag: [{ Key: 'a', Value: 'b' }] },
    })
  })

  it('finds by ids, whole names and tags, all of which must hold', async () => {
    const web = await template(ecs, { Name: 'web', Tag: [{ Key: 'env', Value: 'prod' }] })
    const api = await template(ecs, { Name: 'api', Tag: [{ Key: 'env', Value: 'test' }] })
    await template(ecs, { Name: 'web-2' })
    expect(await ids({ ImagePipelineId: [api, 'ip-none', api] })).toEqual([api])
    expect(await ids({ Name: 'web' })).toEqual([web])
    expect(await ids({ Tag: [{ Key: 'env' }] })).toEqual([web, api].sort().reverse())
    expect(await ids({ Tag: [{ Key: 'env', Value: 'test' }] })).toEqual([api])
    expect(await ids({ Tag: [{ Key: 'env' }], Name: 'web', ImagePipelineId: [api] })).toEqual([])
  })

  it('lists the newest first', async () => {
    const first = await template(ecs)
    await ecs.builder.engine.advance('1s')
    const second = await template(ecs)
    await ecs.builder.engine.advance('1s')
    const third = await template(ecs)
    expect(await ids({})).toEqual([third, second, first])
  })

  it('shows an account its own of the region, and none of anybody else', async () => {
    const other = { account: '42' }
    const own = await template(ecs)
    const elsewhere = await template(ecs, { RegionId: 'cn-beijing' })
    const foreign = await template(ecs, {}, other)
    expect(await ids({})).toEqual([own])
    expect(await ids({ RegionId: 'cn-beijing' })).toEqual([elsewhere])
    expect(await ids({}, other)).toEqual([foreign])
    expect(await ids({ ImagePipelineId: [own] }, other)).toEqual([])
  })
})

describe('resource groups of templates', () => {
  it('find what is in them; what names none is in the default one', async () => {
    await ecs.edit({ resourceGroups: [{ ResourceGroupId: 'rg-team' }] })
    const none = await template(ecs)
    const team = await template(ecs, { ResourceGroupId: 'rg-team' })
    expect(await ids({ ResourceGroupId: 'rg-team' })).toEqual([team])
    expect(await ids({ ResourceGroupId: 'rg-acfmdefault0000' })).toEqual([none])
    expect(await ids({ ResourceGroupId: 'rg-unknown' })).toEqual([])
  })

  it('are seen by the account that owns them only', async () => {
    await ecs.edit({ resourceGroups: [{ ResourceGroupId: 'rg-other', account: '42' }] })
    await expect(template(ecs, { ResourceGroupId: 'rg-other' })).rejects.toMatchObject({
      code: 'InvalidResourceGroup.NotFound',
    })
    await template(ecs, { ResourceGroupId: 'rg-other' }, { account: '42' })
  })
})

describe('DeleteImagePipeline', () => {
  it('answers with nothing, and the template is gone with its executions', async () => {
    const id = await template(ecs)
    const ExecutionId = await started(ecs, id, { Tag: [{ Key: 'k' }] })
    await ecs.settle()
    const parameters = { RegionId: region, ImagePipelineId: id }
    expect(await ecs.call('DeleteImagePipeline', parameters)).toEqual({})
    expect(await ids({})).toEqual([])
    const answer = await ecs.call('DescribeImagePipelineExecutions', {
      RegionId: region,
      ExecutionId,
    })
    expect(answer).toMatchObject({ TotalCount: 0 })
    const left = await ecs.builder.engine.read((reader) =>
      reader.catalogFind({ kind: 'executionTags' }),
    )
    expect(left).toEqual([])
  })
})
