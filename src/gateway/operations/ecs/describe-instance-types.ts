import { pageByKey } from '../../../imagebuilder/lists/page.js'
import { describeInstanceTypes as request } from '../../../imagebuilder/parameters/describe-instance-types.js'
import { instanceTypesAsked } from '../../../imagebuilder/world/stock.js'
import { wireOperation } from '../../operation.js'
import { instanceTypeShape } from '../../shapes/instance-type.js'

export const describeInstanceTypes = wireOperation({
  product: 'Ecs',
  request,
  kind: 'read',
  access: { action: 'ecs:DescribeInstanceTypes', resources: () => ['*'] },
  errors: [],
  sample: {
    InstanceTypes: {
      InstanceType: [
        instanceTypeShape({ InstanceTypeId: 'ecs.g6.large', CpuCoreCount: 2, MemorySize: 8 }),
      ],
    },
    NextToken: '',
  },
  run(_, { parameters, caller: { world }, pages }) {
    const all = instanceTypesAsked(world, parameters).map((type, at) => ({ type, at }))
    const page = { cursor: pages.cursor, size: parameters.MaxResults }
    const { rows, next } = pageByKey(all, ({ at }) => String(at).padStart(5, '0'), page, 'up')
    return {
      InstanceTypes: { InstanceType: rows.map(({ type }) => instanceTypeShape(type)) },
      NextToken: pages.next(next),
    }
  },
})
