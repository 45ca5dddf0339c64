import { component, least, linux, region, template } from '../service.js'
import { badCommands, badFroms } from './content.js'
import { calling, each, longKey, longTag, manyTags, type Refusals, twinTags } from './refusals.js'

const request = calling('CreateImagePipeline', least)
const disk = { OSSBucket: 'images', OSSObject: 'base.raw' }
const imported = calling('CreateImagePipeline', { RegionId: region, BaseImageType: 'OSS' })
const importing = (options: object) =>
  imported({ ImportImageOptions: { DiskDeviceMappings: [disk], ...options } })
const ofDisk = (more: object) => importing({ DiskDeviceMappings: [{ ...disk, ...more }] })
const build = (BuildContent: string) => request({ BuildContent })
const marketplace = 'm-market'
const imageOf = (ImageId: string, more: object) => ({
  images: [{ ImageId, ...more }],
})

const malformed: Refusals = {
  MissingParameter: ({ call }) => call('CreateImagePipeline', { BaseImageType: 'IMAGE' }),
  InvalidParameter: request({ Colour: 'red' }),
  'InvalidBaseImageType.NotSupportedValue': request({ BaseImageType: 'SNAPSHOT' }),
  'InvalidName.Malformed': request({ Name: '1' }),
  'InvalidDescription.Malformed': request({ Description: 'http://example.com' }),
  'InvalidImageName.Malformed': request({ ImageOptions: { ImageName: '_web' } }),
  'InvalidImageFamily.Malformed': request({ ImageOptions: { ImageFamily: 'acs:mine' } }),
  'InvalidParameter.NvmeSupport': request({ NvmeSupport: 'maybe' }),
  'InvalidSystemDiskSize.NotSupportedValue': request({ SystemDiskSize: 501 }),
  'InvalidInternetMaxBandwidthOut.NotSupportedValue': request({ InternetMaxBandwidthOut: 101 }),
  'InvalidAddAccountSize.ExceededMaxNumber': request({ AddAccount: Array(21).fill(1) }),
  'InvalidToRegionIdSize.ExceededMaxNumber': request({ ToRegionId: Array(21).fill('cn-beijing') }),
  'InvalidBuildContent.LengthExceeded': build(`RUN ${'a'.repeat(16_384)}`),
  'InvalidParameter.RepairMode': request({ RepairMode: 'Some' }),
  'InvalidImageOptions.Description': request({ ImageOptions: { Description: 'x' } }),
  'InvalidAdvancedOptions.ImageNameSuffix': request({
    AdvancedOptions: { ImageNameSuffix: 'enable' },
  }),
  'InvalidTagKey.Malformed': request({ Tag: longKey }),
  'InvalidTagValue.Malformed': request({ Tag: longTag }),
  'NumberExceed.Tags': request({ Tag: manyTags }),
  'Duplicate.TagKey': request({ Tag: twinTags }),
  InvalidParameterCombination: request({ RepairMode: 'Standard', RepairItem: ['grub'] }),
  'MissingParameter.RepairMode': request({ RepairItem: ['grub'] }),
}

const ofImports: Refusals = {
  'MissingParameter.ImportImageOptions': imported({}),
  'MissingParameter.ImageOptionsDiskDeviceMappings': imported({
    ImportImageOptions: { OSType: 'linux' },
  }),
  ...each(
    'InvalidParameter.ImportImageOptions',
    {
      Architecture: { Architecture: 'x86' },
      OSType: { OSType: 'plan9' },
      BootMode: { Architecture: 'arm64', BootMode: 'BIOS' },
      Platform: { Platform: 'Minix' },
      LicenseType: { LicenseType: 'Free' },
      FeaturesNvmeSupport: { Features: { NvmeSupport: 'auto' } },
      DiskDeviceMappingsFormat: { DiskDeviceMappings: [{ ...disk, Format: 'ISO' }] },
    },
    importing,
  ),
  ...each(
    'InvalidParameter.ImportImageOptionsDiskDeviceMappings',
    { OSSObject: { OSSObject: 'http://a' }, OSSBucket: { OSSBucket: '-images' } },
    ofDisk,
  ),
  ...each(
    'MissingParameter.ImportImageOptionsDiskDeviceMappings',
    { OSSObject: { OSSObject: '' }, OSSBucket: { OSSBucket: '' } },
    ofDisk,
  ),
  'InvalidImportImageOptionsDiskDeviceMappings.LengthLimitExceeded': importing({
    DiskDeviceMappings: Array.from({ length: 18 }, () => disk),
  }),
  'InvalidOperation.DiskImageSizeExceeded': ofDisk({ DiskImageSize: 2049 }),
}

const ofTheWorld: Refusals = {
  'InvalidRegionId.NotFound': request({ RegionId: 'cn-atlantis' }),
  'InvalidResourceGroup.NotFound': request({ ResourceGroupId: 'rg-none' }),
  'InvalidImage.NotFound': request({ BaseImage: 'm-none' }),
  'InvalidInstanceType.NotFound': request({ InstanceType: 'ecs.none' }),
  'InvalidVSwitchId.NotFound': request({ VSwitchId: 'vsw-none' }),
  'InvalidImage.OsTypeUnsupported': async (service) => {
    await service.edit(imageOf(linux, { buildable: false }))
    await request({})(service)
  },
  'InvalidImage.NotSupportRepair': async (service) => {
    await service.edit(imageOf(linux, { repairable: false }))
    await request({ RepairMode: 'Standard' })(service)
  },
  'InvalidImage.ImageOwnerAliasUnsupported': async (service) => {
    await service.edit(imageOf(marketplace, { owner: 'marketplace' }))
    await request({ BaseImage: marketplace, ToRegionId: ['cn-beijing'] })(service)
  },
  'InvalidImageName.Duplicated': async (service) => {
    await service.edit(imageOf('m-1', { ImageName: 'taken' }))
    const options = { ImageName: 'taken', AdvancedOptions: { ImageNameSuffix: 'disable' } }
    await request(options)(service)
  },
  'QuotaExceed.ImagePipeline': async (service) => {
    await service.edit({ quotas: { templates: 1 } })
    await template(service)
    await request({})(service)
  },
  IdempotentParameterMismatch: async (service) => {
    await template(service, { ClientToken: 'one' })
    await request({ ClientToken: 'one', Name: 'other' })(service)
  },
}

const ofContent: Refusals = {
  ...Object.fromEntries(
    Object.entries({ ...badCommands, ...badFroms }).map(([code, text]) => [code, build(text)]),
  ),
  'InvalidParameter.BuildContent': build('COMPONENT'),
  'InvalidParameter.TestContent': request({ TestContent: 'COMPONENT' }),
  'ImageComponent.NotFound': build('COMPONENT ic-none'),
  'InvalidImageComponent.NotSupported': async (service) => {
    const test = await component(service, { ComponentType: 'Test' })
    await build(`COMPONENT ${test}`)(service)
  },
}

export const createImagePipeline: Refusals = {
  ...malformed,
  ...ofImports,
  ...ofTheWorld,
  ...ofContent,
}
