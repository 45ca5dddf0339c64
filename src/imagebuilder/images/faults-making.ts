import { fault } from '../parameters/fault.js'
import { wrongBootMode } from './faults.js'

/** How CreateImage, CopyImage and CancelCopyImage refuse. */

/** CreateImage. */
export const create = {
  nameTaken: fault('InvalidImageName.Duplicated', 'The specified image name is already in use.'),
  tooManyImages: fault('QuotaExceed.Image', 'The Image Quota exceeds.', 403),
  tooManyOfFamily: fault(
    'ImageQuotaExceed.ImageFamily',
    'The specified image family exceeds the maximum number of images for one image family.',
  ),
  tooManyFamilies: fault(
    'ImageFamilyQuotaExceed',
    'The number of image families exceeds the limit in the region.',
  ),
  instanceStatus: fault(
    'IncorrectInstanceStatus',
    'The current status of the instance does not support this operation.',
  ),
  notSystemDisk: fault('OperationDenied', 'The specified snapshot is not from system disk.', 403),
  noSystemDisk: fault(
    'OperationDenied',
    'The specified parameter DiskDeviceMapping.n.SnapshotId does not contain system disk snapshot.',
  ),
  twoSystemDisks: fault(
    'OperationDenied',
    'The specified parameter DiskDeviceMapping.n.SnapshotId contains two or more system disk ' +
      'snapshots.',
  ),
  snapshotNotReady: fault(
    'InvalidSnapshotId.NotReady',
    'The current status of the DiskDeviceMapping.n.SnapshotId or SnapshotId does not support ' +
      'this operation.',
    403,
  ),
  tooSmall: fault(
    'InvalidSize.ValueNotSupported',
    'The specified parameter DiskDeviceMapping.n.Size beyond the permitted range.',
  ),
  bootMode: wrongBootMode,
  otherRequest: fault(
    'IdempotenceParamNotMatch',
    'Request uses a client token in a previous request but is not identical to that request.',
  ),
  noBalance: fault(
    'InvalidAccountStatus.NotEnoughBalance',
    'Your account does not have enough balance.',
    403,
  ),
}

/** CopyImage. */
export const copy = {
  noSourceRegion: fault('SourceRegion.NotFound', 'The source region not found.'),
  noDestination: fault('DestinationRegion.NotFound', 'The destination region not found.'),
  regionClosed: fault('RegionNotSupportCopy', 'The region not support copy.', 403),
  sameRegion: fault(
    'IncorrectDestinationRegion',
    'The destination region is not equal the target region.',
    403,
  ),
  nonCompliant: fault(
    'OperationDenied.NonCompliantDestinationRegion',
    'The copy operation to the destination region is not in compliance with regulations.',
    403,
  ),
  notAvailable: fault('IncorrectImageStatus', 'The image not available.'),
  beingCopied: fault(
    'OperationDenied.ImageCopying',
    'The image is currently being copied. Please try again later.',
    403,
  ),
  community: fault('OperationDenied.CommunityImage', 'Community image does not support copy.'),
  notCustom: fault('Forbbiden', 'User not authorized to operate on the specified resource.', 403),
  sharedElsewhere: fault(
    'OperationDenied.SameRegionOnly',
    'The image shared from others can not be copied to another region directly.',
    403,
  ),
  nameTaken: fault(
    'InvalidImageName.Duplicated',
    'The specified image name is already in use in the target region. ' +
      'Please try a different one.',
  ),
  tooManyImages: fault(
    'QuotaExceed.Image',
    'The number of images exceeds the limit ({Limit}).',
    403,
  ),
  encryptedSource: fault(
    'OperationDeined.EncryptedSnapshot',
    'The image contains encrypted snapshots, which do not support copying to non-encrypted ones.',
    403,
  ),
  otherRequest: fault(
    'IdempotentParameterMismatch',
    'Request uses a client token in a previous request but is not identical to that request.',
  ),
}

/** CancelCopyImage. */
export const cancelCopy = {
  noRegion: fault('InvalidRegionId.NotFound', 'The specified RegionId does not exist.', 404),
  noCopy: fault(
    'ImageCreatedNotFromCopy',
    'The specified image is not the target image of a copy action.',
  ),
  ended: fault('IncorrectImageStatus', 'The image copy has completed.'),
  failed: fault('IncorrectImageStatus', 'The Image copy has been failed.'),
  notCancellable: fault('CancelNotSupported', 'The specified image coping can not be cancelled.'),
}
