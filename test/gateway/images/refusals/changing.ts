import {
  account,
  copied,
  created,
  image,
  other,
  region,
  type Registry,
  shared,
} from '../registry.js'
import { calling, golden, type Refusals, withGolden } from './refusals.js'

const remove = calling('DeleteImage', { ImageId: golden })
const deleted = (world: object) => (registry: Registry) => withGolden(registry, world, remove())

const deleteImage: Refusals = {
  '400 MissingParameter': remove({ ImageId: '' }),
  '400 InvalidParameter': remove({ Force: 'maybe' }),
  '403 ImageUsingByInstance': async (registry) => {
    await registry.edit({ instances: [{ InstanceId: 'i-1', ImageId: golden }] })
    await withGolden(registry, {}, remove())
  },
  '403 ImageUseShared': deleted({ sharedWith: [other] }),
  '403 ImageIsPublic': deleted({ IsPublic: true }),
  '403 OperationDenied.ImageCopying': async (registry) => {
    const ImageId = await copied(registry, await image(registry))
    await remove({ RegionId: 'cn-beijing', ImageId })(registry)
  },
  '403 InvalidStatus.ImageIsCreating': async (registry) => {
    await remove({ ImageId: await created(registry) })(registry)
  },
  '404 InvalidImageId.NotFound': deleted({ owner: '42', sharedWith: [account] }),
  '404 InvalidRegionId.NotFound': remove({ RegionId: 'cn-atlantis' }),
  '400 DryRunOperation': remove({ DryRun: true }),
}

const modify = calling('ModifyImageAttribute', { ImageId: golden })
const modified = (world: object, more: object) => (registry: Registry) =>
  withGolden(registry, world, modify({ ...more }))

const modifyImageAttribute: Refusals = {
  '400 MissingParameter': modify({ ImageId: '' }),
  '400 InvalidParameter': modify({ Status: 'Hidden' }),
  '400 InvalidImageName.Malformed': modify({ ImageName: '1' }),
  '400 InvalidImageName.Duplicated': async (registry) => {
    await image(registry, { ImageName: 'web' })
    await modified({}, { ImageName: 'web' })(registry)
  },
  '400 InvalidDescription.Malformed': modify({ Description: 'x' }),
  '400 InvalidImageFamily.Malformed': modify({ ImageFamily: 'aliyun-web' }),
  '400 ImageQuotaFull.ImageFamily': async (registry) => {
    await registry.edit({ quotas: { imagesPerFamily: 0 } })
    await modified({}, { ImageFamily: 'web' })(registry)
  },
  '400 ImageFamilyQuotaFull': async (registry) => {
    await registry.edit({ quotas: { imageFamilies: 0 } })
    await modified({}, { ImageFamily: 'web' })(registry)
  },
  '400 InvalidBootMode.NotSupport': modified({ Architecture: 'arm64' }, { BootMode: 'BIOS' }),
  '400 InvalidLicenseType.NotSupported': modify({ LicenseType: 'Free' }),
  '400 InvalidParameter.FeaturesImdsSupport': modify({ Features: { ImdsSupport: 'v3' } }),
  '403 ImageStatus.NotAvailable': modified({ Status: 'Deprecated' }, { Status: 'Deprecated' }),
  '403 ImageStatus.NotDeprecated': modified({}, { Status: 'Available' }),
  '403 ImageUseShared': modified({ sharedWith: [other] }, { Status: 'Deprecated' }),
  '403 OperationDeined.ImageUsingByInstance': async (registry) => {
    await registry.edit({ instances: [{ InstanceId: 'i-1', ImageId: golden }] })
    await modified({}, { BootMode: 'UEFI' })(registry)
  },
  '403 InvalidOperation.FeaturesImdsSupportNotMatch': modified(
    { ImdsSupport: 'v2' },
    { Features: { ImdsSupport: 'v1' } },
  ),
  '403 InvalidStatus.ImageIsCreating': async (registry) => {
    await modify({ ImageId: await created(registry), Description: 'new' })(registry)
  },
  '404 InvalidImageId.NotFound': modify({ Description: 'new' }),
  '404 InvalidRegionId.NotFound': modify({ RegionId: 'cn-atlantis' }),
  '400 DryRunOperation': modified({}, { Description: 'new', DryRun: true }),
}

const share = calling('ModifyImageSharePermission', { ImageId: golden, AddAccount: [other] })
const publish = calling('ModifyImageSharePermission', { ImageId: golden })
const sharing =
  (world: object, request = share()) =>
  (registry: Registry) =>
    withGolden(registry, world, request)

/** An own image that is encrypted. */
async function secret(registry: Registry): Promise<string> {
  const plain = await image(registry)
  const id = await copied(registry, plain, { DestinationRegionId: region, Encrypted: true })
  await registry.advance('1h')
  return id
}

const modifyImageSharePermission: Refusals = {
  '400 MissingParameter': publish(),
  '400 InvalidParameter': publish({ IsPublic: 'maybe' }),
  '400 UnnecessaryParameter.LaunchPermission': share({ LaunchPermission: 'hide' }),
  '403 InvalidParameter.IsPublic': share({ IsPublic: true }),
  '403 Image.Public': sharing({ IsPublic: true }),
  '403 Image.NotPublic': sharing({}, publish({ IsPublic: false })),
  '403 QuotaExceed.ShareImage': async (registry) => {
    await registry.edit({ quotas: { sharedImages: 1 } })
    await shared(registry, await image(registry), [other])
    await sharing({})(registry)
  },
  '403 QuotaExceed.ShareImageUser': async (registry) => {
    await registry.edit({ quotas: { sharedAccounts: 1 } })
    await sharing({ sharedWith: ['42'] })(registry)
  },
  '403 OperationDenied.InvalidImageStatus': sharing({ Status: 'Deprecated' }),
  '403 OperationDeined.EncryptedSnapshot': async (registry) => {
    await shared(registry, await secret(registry), [other])
  },
  '403 InvalidStatus.ImageIsCreating': async (registry) => {
    await shared(registry, await created(registry), [other])
  },
  '404 InvalidAccount.NotFound': sharing({}, share({ AddAccount: ['nobody'] })),
  '404 InvalidAccount.Forbbiden': sharing({}, share({ AddAccount: [account] })),
  '404 InvalidImageId.NotFound': share(),
  '404 InvalidRegionId.NotFound': share({ RegionId: 'cn-atlantis' }),
  '400 DryRunOperation': sharing({}, share({ DryRun: true })),
}

const group = calling('ModifyImageShareGroupPermission', { ImageId: golden })
const all = { AddGroup: ['all'] }

const modifyImageShareGroupPermission: Refusals = {
  '400 MissingParameter': group(),
  '400 InvalidParameter': group({ ...all, Colour: 'red' }),
  '400 InvalidGroup.Malformed': group({ AddGroup: ['friends'] }),
  '403 Image.Public': sharing({ IsPublic: true }, group(all)),
  '403 Image.NotPublic': sharing({}, group({ RemoveGroup: ['all'] })),
  '403 OperationDenied.InvalidImageStatus': sharing({ Status: 'Deprecated' }, group(all)),
  '403 OperationDeined.EncryptedSnapshot': async (registry) => {
    await group({ ...all, ImageId: await secret(registry) })(registry)
  },
  '403 InvalidStatus.ImageIsCreating': async (registry) => {
    await group({ ...all, ImageId: await created(registry) })(registry)
  },
  '404 InvalidImageId.NotFound': group(all),
  '404 InvalidRegionId.NotFound': group({ ...all, RegionId: 'cn-atlantis' }),
}

export const changing = {
  deleteImage,
  modifyImageAttribute,
  modifyImageSharePermission,
  modifyImageShareGroupPermission,
}
