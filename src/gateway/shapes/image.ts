import type { Json } from '../../core/json.js'
import type { Place } from '../../imagebuilder/place.js'
import type { DescribedImage } from '../../imagebuilder/images/describe.js'
import {
  featuresOf,
  supportsCloudinit,
  systemSnapshotOf,
  usageOf,
} from '../../imagebuilder/images/features.js'
import { aliasOf, isUsable, type SeenImage, sharesOf } from '../../imagebuilder/images/seen.js'
import type { DataDisk } from '../../imagebuilder/rows.js'
import { tagsShape } from './tags.js'

/** An object of the wire. */
type Wire = { readonly [field: string]: Json }

/** An image as DescribeImages has it, with every field and its type as the SDK reads them. */
export function imageShape(place: Place, described: DescribedImage): Wire {
  const { image } = described
  const { owner } = image
  return {
    ...familyImageShape(place, described),
    ...(/^\d+$/.test(owner) ? { ImageOwnerId: accountNumber(owner) } : {}),
    Usable: isUsable(image),
    OSNameEn: image.OSName,
    BootMode: image.BootMode,
    LicenseType: image.LicenseType,
    IsPublic: image.IsPublic,
    LoginAsNonRootSupported: image.OSType === 'linux',
    SupplierName: '',
    ResourceGroupId: image.ResourceGroupId,
    Features: featuresOf(image),
    SecureBootOptions: { SecureBootSupport: image.SecureBootSupport },
    ...(image.Detected ? { DetectionOptions: detection(image) } : {}),
    DiskDeviceMappings: { DiskDeviceMapping: disksUnderWay(described) },
  }
}

/** An image as DescribeImageFromFamily has it: fewer fields of the same. */
export function familyImageShape(place: Place, described: DescribedImage): Wire {
  const { image, progress } = described
  const { catalog, account } = place
  const { ImageId, ImageName, ImageFamily, ImageVersion, Description, CreationTime } = image
  const { Size, Platform, OSName, OSType, Architecture, IsCopied } = image
  const isOwn = image.owner === account
  return {
    ImageId,
    ImageName,
    ImageFamily,
    ImageVersion,
    Description,
    CreationTime,
    Status: progress.Status,
    Progress: `${progress.percent}%`,
    Size,
    Platform,
    OSName,
    OSType,
    Architecture,
    IsCopied,
    ImageOwnerAlias: aliasOf(image, account),
    IsSelfShared: String(isOwn && sharesOf(catalog, image).length > 0),
    IsSubscribed: false,
    IsSupportCloudinit: supportsCloudinit(image),
    IsSupportIoOptimized: true,
    ProductCode: '',
    Usage: usageOf(image, place),
    DiskDeviceMappings: { DiskDeviceMapping: disksOf(image) },
    Tags: tagsShape(image.Tag),
  }
}

function disksOf(image: SeenImage): readonly Wire[] {
  const system = diskShape('system', {
    Device: '/dev/xvda',
    Size: image.Size,
    SnapshotId: systemSnapshotOf(image.ImageId),
  })
  return [system, ...image.DataDisks.map((disk) => diskShape('data', disk))]
}

function diskShape(Type: string, { Device, Size, SnapshotId }: DataDisk): Wire {
  return {
    Device,
    Type,
    SnapshotId,
    Size: String(Size),
    Format: '',
    ImportOSSBucket: '',
    ImportOSSObject: '',
  }
}

/** The disks of an image with what is known of them while it is made. */
function disksUnderWay({ image, progress }: DescribedImage): readonly Wire[] {
  const { percent, remaining } = progress
  const more = { Encrypted: image.Encrypted, Progress: `${percent}%`, RemainTime: remaining }
  return disksOf(image).map((disk) => Object.assign(disk, more))
}

function detection({ NvmeSupport }: SeenImage): Wire {
  const Value = NvmeSupport === 'supported' ? 'Supported' : 'Unsupported'
  return { Status: 'Finished', Items: { Item: [{ Name: 'Nvme', Value }] } }
}

/** A number where JSON keeps all its digits, else text, which the SDKs read as well. */
function accountNumber(account: string): number | string {
  const number = Number(account)
  return Number.isSafeInteger(number) && String(number) === account ? number : account
}
