import { describeRegions as request } from '../../../imagebuilder/parameters/describe-regions.js'
import { fault } from '../../../imagebuilder/parameters/fault.js'
import { never } from '../../documented.js'
import { endpointOf } from '../../endpoints.js'
import { wireOperation } from '../../operation.js'

export const describeRegions = wireOperation({
  product: 'Ecs',
  request,
  kind: 'read',
  access: { action: 'ecs:DescribeRegions', resources: () => ['*'] },
  errors: never(
    'every account sees every region',
    fault('Unauthorized.EmptyRegion', undefined, 403),
  ),
  sample: {
    Regions: {
      Region: [
        {
          RegionId: 'cn-qingdao',
          LocalName: 'China (Qingdao)',
          RegionEndpoint: 'ecs.cn-qingdao.aliyuncs.com',
          Status: 'available',
        },
      ],
    },
  },
  run: (_, { caller }) => ({
    Regions: {
      Region: caller.world.regions.map(({ RegionId, LocalName, Status = 'available' }) => ({
        RegionId,
        LocalName,
        RegionEndpoint: endpointOf('Ecs', RegionId),
        Status,
      })),
    },
  }),
})
