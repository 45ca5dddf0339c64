import { isCreating, noImage } from '../../../imagebuilder/images/faults.js'
import { share as faults } from '../../../imagebuilder/images/faults-changing.js'
import { modifySharePermission } from '../../../imagebuilder/images/share.js'
import { modifyImageSharePermission as request } from '../../../imagebuilder/parameters/modify-image-share-permission.js'
import { never } from '../../documented.js'
import { coded, dryRun, keysAreNotLookedAt, noSuchImageRegion } from '../../documented-images.js'
import { wireOperation } from '../../operation.js'

export const modifyImageSharePermission = wireOperation({
  product: 'Ecs',
  request,
  kind: 'write',
  access: {
    action: 'ecs:ModifyImageSharePermission',
    resources: ({ ImageId }) => [`image/${ImageId}`],
  },
  errors: [
    ...Object.values(faults),
    isCreating,
    noImage,
    noSuchImageRegion,
    dryRun,
    ...never(
      'groups are of ModifyImageShareGroupPermission',
      ...coded(400, 'InvalidGroup.Malformed'),
    ),
    ...never(
      'LaunchPermission is not open to the public, and not looked at',
      ...coded(400, 'InvalidParameter.LaunchPermission', 'ForbiddenParameter.LaunchPermission'),
    ),
    ...never(
      'nobody reads names and descriptions here',
      ...coded(403, 'ImageName.ContainsSensitiveWords', 'ImageDescription.ContainsSensitiveWords'),
    ),
    ...never('all accounts are of one site', ...coded(403, 'InvalidImageId.BidMismatch')),
    ...never(
      'every account may publish, in every region',
      ...coded(403, 'CurrentRegion.NotSupportPublicImage', 'PublicImageAgreement.NotSigned'),
    ),
    ...never(
      'encrypted images are refused as OperationDeined.EncryptedSnapshot',
      ...coded(
        403,
        'AssumeRoleError',
        'OperationDeined.FullImage',
        'InvalidOperation.ServiceKeyEncryptedImageUnsupported',
      ),
    ),
    ...keysAreNotLookedAt.filter(({ code }) => code.startsWith('InvalidParameter.KMSKeyId.CMK')),
  ],
  sample: {},
  run(tx, { parameters, caller }) {
    modifySharePermission(tx, parameters, caller)
    return {}
  },
})
