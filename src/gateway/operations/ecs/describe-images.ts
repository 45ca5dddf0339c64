import { describeImages as describe } from '../../../imagebuilder/images/describe.js'
import { noInstanceType } from '../../../imagebuilder/images/faults.js'
import { describeImages as request } from '../../../imagebuilder/parameters/describe-images.js'
import { never } from '../../documented.js'
import {
  coded,
  dryRun,
  internalError,
  noSuchImageRegion,
  oldTagSpellings,
} from '../../documented-images.js'
import { wireOperation } from '../../operation.js'
import { imageShape } from '../../shapes/image.js'
import { imageSample } from '../../shapes/image-sample.js'

export const describeImages = wireOperation({
  product: 'Ecs',
  request,
  spellings: oldTagSpellings,
  kind: 'read',
  access: {
    action: 'ecs:DescribeImages',
    // RAM is not asked about images that are nobody's own.
    resources: ({ ImageId, ImageOwnerAlias }) =>
      ImageOwnerAlias === 'system' || ImageOwnerAlias === 'others'
        ? []
        : (ImageId?.split(',').map((id) => `image/${id.trim()}`) ?? ['image/*']),
  },
  errors: [
    noInstanceType,
    noSuchImageRegion,
    dryRun,
    ...never(
      'every account may ask for community images',
      ...coded(403, 'CurrentAccount.NotSupportPublicImage'),
    ),
    ...internalError,
  ],
  sample: {
    RegionId: 'cn-hangzhou',
    PageNumber: 1,
    PageSize: 10,
    TotalCount: 1,
    Images: { Image: [imageSample] },
  },
  run(tx, { parameters, caller }) {
    const { place, page, total } = describe(tx, parameters, caller)
    return {
      RegionId: parameters.RegionId,
      PageNumber: parameters.PageNumber,
      PageSize: parameters.PageSize,
      TotalCount: total,
      Images: { Image: page.map((described) => imageShape(place, described)) },
    }
  },
})
