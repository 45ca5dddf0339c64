import { describeFamily } from '../../../imagebuilder/images/describe.js'
import { describeImageFromFamily as request } from '../../../imagebuilder/parameters/describe-image-from-family.js'
import { never } from '../../documented.js'
import { coded, noSuchImageRegion } from '../../documented-images.js'
import { wireOperation } from '../../operation.js'
import { familyImageShape } from '../../shapes/image.js'
import { familyImageSample } from '../../shapes/image-sample.js'

export const describeImageFromFamily = wireOperation({
  product: 'Ecs',
  request,
  kind: 'read',
  access: { action: 'ecs:DescribeImageFromFamily', resources: () => ['*'] },
  errors: [
    noSuchImageRegion,
    ...never('a family that is not seen has no image', ...coded(403, 'InvalidUser.Unauthorized')),
  ],
  sample: { Image: familyImageSample },
  run(tx, { parameters, caller }) {
    const { place, found } = describeFamily(tx, parameters, caller)
    return { Image: found ? familyImageShape(place, found) : {} }
  },
})
