import { copyImage as copy } from '../../../imagebuilder/images/copy.js'
import { arrears, noImage, noResourceGroup } from '../../../imagebuilder/images/faults.js'
import { copy as faults } from '../../../imagebuilder/images/faults-making.js'
import { copyImage as request } from '../../../imagebuilder/parameters/copy-image.js'
import { never } from '../../documented.js'
import {
  coded,
  dryRun,
  internalError,
  keysAreNotLookedAt,
  oldTagSpellings,
} from '../../documented-images.js'
import { wireOperation } from '../../operation.js'

export const copyImage = wireOperation({
  product: 'Ecs',
  request,
  spellings: oldTagSpellings,
  kind: 'write',
  access: { action: 'ecs:CopyImage', resources: () => ['image/*'] },
  errors: [
    ...Object.values(faults),
    arrears,
    noImage,
    noResourceGroup,
    dryRun,
    ...keysAreNotLookedAt,
    ...never(
      'one image may be copied to many places at once; what is too much waits',
      ...coded(400, 'OperationDenied.ImageCopyConflict'),
      ...coded(409, 'InvalidOperation.Conflict'),
    ),
    ...never(
      'the snapshots of an image are there as long as the image is, and are not counted',
      ...coded(400, 'InvalidSnapshotId.NotFound'),
      ...coded(403, 'QuotaExceed.Snapshot', 'InvalidSnapshot.TooOld', 'OperationDenied'),
    ),
    ...never(
      'an image can be encrypted on its way to any region',
      ...coded(403, 'OperationDenied.EncryptSnapshotAcrossRegion'),
    ),
    ...never(
      'images of the marketplace are refused as Forbbiden',
      ...coded(403, 'OperationDenied.NotPublished', 'OperationDenied.NotAuthorized'),
    ),
    ...never(
      'every image is small enough, raw, and of a region',
      ...coded(
        403,
        'SizeExceed.Image',
        'InvalidOperation.VhdImageUnsupported',
        'InvalidOperation.CloudBoxImageCopyUnsupported',
      ),
    ),
    ...never('every caller has an account', ...coded(401, 'InvalidAliUid.IsNull')),
    ...internalError,
  ],
  sample: { ImageId: 'm-2ze67acfmxazb4p1c3k9' },
  run: (tx, { parameters, caller }) => copy(tx, parameters, caller),
})
