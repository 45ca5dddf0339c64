import { fault } from '../parameters/fault.js'
import { wrongBootMode } from './faults.js'

/** How the operations that change images refuse. */

/** DeleteImage. */
export const remove = {
  inUse: fault(
    'ImageUsingByInstance',
    'The specified image has been used to create instances. You can use the DescribeInstances ' +
      'API to query these instances, or you can use the force parameter to proceed.',
    403,
  ),
  shared: fault(
    'ImageUseShared',
    'The specified image has been shared to others. You can use the ' +
      'DescribeImageSharePermission API to query the users who have been shared.',
    403,
  ),
  beingCopied: fault(
    'OperationDenied.ImageCopying',
    'The image is being copied. Please use the CancelCopyImage API.',
    403,
  ),
  isPublic: fault(
    'ImageIsPublic',
    'You can not delete public image, please modify it to private.',
    403,
  ),
}

/** ModifyImageAttribute. */
export const modify = {
  nameTaken: fault(
    'InvalidImageName.Duplicated',
    'The specified Image name has already bean used.',
  ),
  tooManyOfFamily: fault(
    'ImageQuotaFull.ImageFamily',
    'The specified image family has exceeded max number of images for one image family.',
  ),
  tooManyFamilies: fault(
    'ImageFamilyQuotaFull',
    'The specified region has exceeded max number of image family.',
  ),
  notAvailable: fault(
    'ImageStatus.NotAvailable',
    'The specified image status is not available.',
    403,
  ),
  notDeprecated: fault(
    'ImageStatus.NotDeprecated',
    'The specified image status is not deprecated.',
    403,
  ),
  shared: fault(
    'ImageUseShared',
    'The specified image has been shared to others, please remove shared accounts first.',
    403,
  ),
  inUse: fault(
    'OperationDeined.ImageUsingByInstance',
    'The boot mode of the image cannot be modified because it has associated instances.',
    403,
  ),
  bootMode: wrongBootMode,
  backToV1: fault(
    'InvalidOperation.FeaturesImdsSupportNotMatch',
    'The specified parameter Features.ImdsSupport can not be set to v1 from v2.',
    403,
  ),
}

/** ModifyImageSharePermission and ModifyImageShareGroupPermission. */
export const share = {
  isPublic: fault('Image.Public', 'The specified image is public image.', 403),
  notPublic: fault('Image.NotPublic', 'The specified image is not public image.', 403),
  tooManyShared: fault('QuotaExceed.ShareImage', 'The shared Image Quota exceeds.', 403),
  tooManyAccounts: fault('QuotaExceed.ShareImageUser', 'The shared Image user Quota exceeds.', 403),
  wrongStatus: fault(
    'OperationDenied.InvalidImageStatus',
    'The specified image cannot be shared when it is deprecated.',
    403,
  ),
  noAccount: fault(
    'InvalidAccount.NotFound',
    'The specified account {Account} in parameter "AddAccount.n" or "RemoveAccount.n" ' +
      'does not exist.',
    404,
  ),
  oneself: fault('InvalidAccount.Forbbiden', 'The specified Account does not yourself.', 404),
  encrypted: fault(
    'OperationDeined.EncryptedSnapshot',
    'The image contains encrypted snapshots, which do not support share.',
    403,
  ),
}
