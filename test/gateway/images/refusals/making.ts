import { account, copied, image, instance, region, type Registry, snapshot } from '../registry.js'
import { calling, golden, ofTags, type Refusals, withGolden } from './refusals.js'

const create = calling('CreateImage', { InstanceId: instance })
const fromDisks = calling('CreateImage', {})
const disks = (...DiskDeviceMapping: readonly object[]) => fromDisks({ DiskDeviceMapping })
const system = { SnapshotId: snapshot }
const data = { SnapshotId: 's-data', SourceDiskType: 'data' } as const

/** Refused in a world that is changed first. */
function inWorld(patch: Parameters<Registry['edit']>[0], request: Refusals[string]) {
  return async (registry: Registry): Promise<unknown> => {
    await registry.edit(patch)
    return request?.(registry)
  }
}

const createImage: Refusals = {
  ...ofTags(create),
  '400 MissingParameter': fromDisks({}),
  '400 InvalidParameter': create({ DetectionStrategy: 'Thorough' }),
  '400 InvalidImageName.Malformed': create({ ImageName: '1' }),
  '400 InvalidImageName.Duplicated': async (registry) => {
    await image(registry, { ImageName: 'web' })
    await create({ ImageName: 'web' })(registry)
  },
  '400 InvalidDescription.Malformed': create({ Description: 'x' }),
  '400 InvalidImageFamily.Malformed': create({ ImageFamily: 'acs:web' }),
  '400 InvalidImageVersion.Malformed': create({ ImageVersion: 'v'.repeat(41) }),
  '400 InvalidArchitecture.Malformed': create({ Architecture: 'mips' }),
  '400 InvalidPlatform.Malformed': create({ Platform: 'Minix' }),
  '400 InvalidParameter.FeaturesImdsSupport': create({ Features: { ImdsSupport: 'v3' } }),
  '400 InvalidBootMode.NotSupport': create({ Architecture: 'arm64', BootMode: 'BIOS' }),
  '400 InvalidDevice.Malformed': disks({ ...system, Device: '/dev/sda' }),
  '400 InvalidDevice.InUse': disks(
    { ...system, Device: '/dev/xvda' },
    { Size: 20, Device: '/dev/xvda' },
  ),
  '400 InvalidSize.ValueNotSupported': disks({ ...system, Size: 39 }),
  '400 InvalidDiskType.ValueNotSupported': disks({ ...system, DiskType: 'floppy' }),
  '400 OperationDenied': disks(system, system),
  '403 OperationDenied': inWorld({ snapshots: [data] }, fromDisks({ SnapshotId: 's-data' })),
  '403 InvalidSnapshotId.NotReady': inWorld(
    { snapshots: [{ SnapshotId: 's-new', Status: 'progressing' }] },
    fromDisks({ SnapshotId: 's-new' }),
  ),
  '400 IncorrectInstanceStatus': inWorld(
    { instances: [{ InstanceId: instance, Status: 'Starting' }] },
    create(),
  ),
  '400 IdempotenceParamNotMatch': async (registry) => {
    await create({ ClientToken: 'one' })(registry)
    await create({ ClientToken: 'one', ImageName: 'other' })(registry)
  },
  '400 ImageQuotaExceed.ImageFamily': inWorld(
    { quotas: { imagesPerFamily: 0 } },
    create({ ImageFamily: 'web' }),
  ),
  '400 ImageFamilyQuotaExceed': inWorld(
    { quotas: { imageFamilies: 0 } },
    create({ ImageFamily: 'web' }),
  ),
  '403 QuotaExceed.Image': inWorld({ quotas: { images: 0 } }, create()),
  '403 InvalidAccountStatus.NotEnoughBalance': inWorld(
    { accounts: [{ AccountId: account, arrears: true }] },
    create(),
  ),
  '404 InvalidInstanceId.NotFound': create({ InstanceId: 'i-none' }),
  '404 InvalidSnapshotId.NotFound': fromDisks({ SnapshotId: 's-none' }),
  '404 InvalidResourceGroup.NotFound': create({ ResourceGroupId: 'rg-none' }),
  '404 InvalidRegionId.NotFound': create({ RegionId: 'cn-atlantis' }),
  '400 DryRunOperation': create({ DryRun: true }),
}

const copy = calling('CopyImage', { ImageId: golden, DestinationRegionId: 'cn-beijing' })
const ofGolden =
  (image: object, more: object = {}) =>
  (registry: Registry) =>
    withGolden(registry, image, copy({ ...more }))
const shared = { owner: '42', sharedWith: [account] }

const copyImage: Refusals = {
  ...ofTags(copy),
  '400 MissingParameter': copy({ ImageId: '' }),
  '400 InvalidParameter': copy({ ClientToken: 'ü' }),
  '400 InvalidImageName.Malformed': copy({ DestinationImageName: '1' }),
  '400 InvalidImageName.Duplicated': async (registry) => {
    const ImageId = await image(registry)
    await copied(registry, ImageId, { DestinationImageName: 'web' })
    await copied(registry, ImageId, { DestinationImageName: 'web' })
  },
  '400 InvalidDescription.Malformed': copy({ DestinationDescription: 'x' }),
  '400 InvalidEncryptAlgorithm': copy({ Encrypted: true, EncryptAlgorithm: 'rot13' }),
  '400 InvalidEncrypted.NotMatchKmsKeyId': copy({ KMSKeyId: 'key' }),
  '400 InvalidEncrypted.NotMatchEncryptAlgorithm': copy({ EncryptAlgorithm: 'aes-256' }),
  '400 SourceRegion.NotFound': copy({ RegionId: 'cn-atlantis' }),
  '400 DestinationRegion.NotFound': copy({ DestinationRegionId: 'cn-atlantis' }),
  '403 RegionNotSupportCopy': copy({ DestinationRegionId: 'ap-south-1' }),
  '403 IncorrectDestinationRegion': ofGolden({}, { DestinationRegionId: region }),
  '403 OperationDenied.NonCompliantDestinationRegion': copy({
    DestinationRegionId: 'cn-hangzhou-finance',
  }),
  '400 IncorrectImageStatus': ofGolden({ Status: 'Deprecated' }),
  '403 OperationDenied.ImageCopying': async (registry) => {
    const ImageId = await copied(registry, await image(registry))
    const there = { RegionId: 'cn-beijing', DestinationRegionId: 'cn-shanghai' }
    await copied(registry, ImageId, there)
  },
  '400 OperationDenied.CommunityImage': ofGolden({ owner: '42', IsPublic: true }),
  '403 Forbbiden': ofGolden({ owner: 'system' }),
  '403 OperationDenied.SameRegionOnly': ofGolden(shared),
  '403 OperationDeined.EncryptedSnapshot': async (registry) => {
    const plain = await image(registry)
    const secret = await copied(registry, plain, { DestinationRegionId: region, Encrypted: true })
    await registry.advance('1h')
    await copied(registry, secret)
  },
  '400 Account.Arrearage': (registry) =>
    inWorld({ accounts: [{ AccountId: account, arrears: true }] }, ofGolden({}))(registry),
  '403 QuotaExceed.Image': inWorld({ quotas: { images: 0 } }, ofGolden({})),
  '404 InvalidImageId.NotFound': copy(),
  '404 InvalidResourceGroup.NotFound': ofGolden({}, { ResourceGroupId: 'rg-none' }),
  '400 IdempotentParameterMismatch': async (registry) => {
    const ImageId = await image(registry)
    await copied(registry, ImageId, { ClientToken: 'one' })
    await copied(registry, ImageId, { ClientToken: 'one', DestinationImageName: 'other' })
  },
  '400 DryRunOperation': ofGolden({}, { DryRun: true }),
}

const cancel = calling('CancelCopyImage', { RegionId: 'cn-beijing', ImageId: golden })
const cancelCopyImage: Refusals = {
  '400 MissingParameter': cancel({ ImageId: '' }),
  '400 InvalidParameter': cancel({ Force: true }),
  '400 ImageCreatedNotFromCopy': (registry) => withGolden(registry, {}, cancel()),
  '400 IncorrectImageStatus': async (registry) => {
    const ImageId = await copied(registry, await image(registry))
    await registry.advance('1h')
    await cancel({ ImageId })(registry)
  },
  '400 CancelNotSupported': async (registry) => {
    const least = { BaseImageType: 'IMAGE', BaseImage: 'ubuntu_24_04_x64_20G_alibase_20250527.vhd' }
    const template = { RegionId: region, ...least, ToRegionId: ['cn-beijing'] }
    const { ImagePipelineId } = await registry.call('CreateImagePipeline', template)
    const run = { RegionId: region, ImagePipelineId }
    await registry.call('StartImagePipelineExecution', run)
    await registry.advance('6m')
    const [row] = await registry.builder.images({ region: 'cn-beijing' })
    await cancel({ ImageId: row?.ImageId })(registry)
  },
  '404 InvalidImageId.NotFound': cancel(),
  '404 InvalidRegionId.NotFound': cancel({ RegionId: 'cn-atlantis' }),
}

export const making = { createImage, copyImage, cancelCopyImage }
