import { noNamedImage } from '../../../imagebuilder/images/faults.js'
import { describeSharePermission } from '../../../imagebuilder/images/share.js'
import { describeImageSharePermission as request } from '../../../imagebuilder/parameters/describe-image-share-permission.js'
import { noSuchImageRegion } from '../../documented-images.js'
import { wireOperation } from '../../operation.js'

export const describeImageSharePermission = wireOperation({
  product: 'Ecs',
  request,
  kind: 'read',
  access: {
    action: 'ecs:DescribeImageSharePermission',
    resources: ({ ImageId }) => [`image/${ImageId}`],
  },
  errors: [noNamedImage, noSuchImageRegion],
  sample: {
    RegionId: 'cn-hangzhou',
    ImageId: 'm-bp167acfmxazb4p1c3k9',
    PageNumber: 1,
    PageSize: 10,
    TotalCount: 1,
    ShareGroups: { ShareGroup: [] },
    Accounts: { Account: [{ AliyunId: '1234567890', SharedTime: '2026-01-05T02:10:00Z' }] },
  },
  run(tx, { parameters, caller }) {
    const { RegionId, ImageId, PageNumber, PageSize } = parameters
    const { image, page, total } = describeSharePermission(tx, parameters, caller)
    return {
      RegionId,
      ImageId,
      PageNumber,
      PageSize,
      TotalCount: total,
      ShareGroups: { ShareGroup: image.IsPublic ? [{ Group: 'all' }] : [] },
      Accounts: {
        Account: page.map(({ Account, SharedTime }) => ({ AliyunId: Account, SharedTime })),
      },
    }
  },
})
