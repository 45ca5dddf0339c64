import { calling, golden, many, type Refusals } from './refusals.js'

const list = calling('DescribeImages')
const filter = (Key: string, Value: string) => list({ Filter: [{ Key, Value }] })

const describeImages: Refusals = {
  '400 MissingParameter': list({ Usable: true }),
  '400 InvalidParameter': list({ PageSize: 101 }),
  '400 InvalidParamter': list({ Status: 'ALL,Available' }),
  '400 InvalidImageOwnerAlias.ValueNotSupported': list({ ImageOwnerAlias: 'mine' }),
  '400 InvalidTag.Mismatch': list({ Tag: [{ Value: 'v' }] }),
  '400 InvalidTagCount': list({ Tag: many }),
  '400 InvalidInstanceType.ValueNotSupported': list({ InstanceType: 'ecs.none' }),
  '400 InvalidFilterValue.NetworkType': filter('NetworkType', 'token-ring'),
  '400 InvalidOperation.ImageOwnerIdUnsupported': list({
    ImageOwnerId: '1234567890',
    ImageOwnerAlias: 'self',
  }),
  '400 InvalidImageOwnerAlias.PublicImageUnsupported': list({ IsPublic: true }),
  '404 InvalidFilterKey.NotFound': filter('Colour', 'red'),
  '404 InvalidFilterValue': filter('CreationStartTime', '2026-01-05'),
  '404 InvalidUsage': list({ Usage: 'some' }),
  '404 InvalidOSType': list({ OSType: 'plan9' }),
  '404 InvalidArchitecture': list({ Architecture: 'mips' }),
  '404 InvalidRegionId.NotFound': list({ RegionId: 'cn-atlantis' }),
  '400 DryRunOperation': list({ DryRun: true }),
}

const family = calling('DescribeImageFromFamily', { ImageFamily: 'web' })
const describeImageFromFamily: Refusals = {
  '400 MissingParameter': family({ ImageFamily: '' }),
  '400 InvalidParameter': family({ Colour: 'red' }),
  '404 InvalidRegionId.NotFound': family({ RegionId: 'cn-atlantis' }),
}

const shares = calling('DescribeImageSharePermission', { ImageId: golden })
const describeImageSharePermission: Refusals = {
  '400 MissingParameter': shares({ ImageId: '' }),
  '400 InvalidParameter': shares({ PageNumber: 0 }),
  '404 InvalidImageId.NotFound': shares(),
  '404 InvalidRegionId.NotFound': shares({ RegionId: 'cn-atlantis' }),
}

export const describing = { describeImages, describeImageFromFamily, describeImageSharePermission }
