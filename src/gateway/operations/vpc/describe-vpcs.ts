import { checkRegion } from '../../../imagebuilder/checks.js'
import { describeVpcs as request } from '../../../imagebuilder/parameters/networks.js'
import { vpcsAsked } from '../../../imagebuilder/world/networks.js'
import { noSuchRegion } from '../../documented.js'
import { dryRun, internalError } from '../../documented-images.js'
import { wireOperation } from '../../operation.js'
import { vpcSample, vpcShape } from '../../shapes/network.js'
import { numberedPage } from '../../wire/page.js'

export const describeVpcs = wireOperation({
  product: 'Vpc',
  request,
  kind: 'read',
  access: {
    action: 'vpc:DescribeVpcs',
    resources: ({ VpcId }) => VpcId?.split(',').map((id) => `vpc/${id.trim()}`) ?? ['vpc/*'],
  },
  errors: [noSuchRegion, dryRun, ...internalError],
  sample: { PageNumber: 1, PageSize: 10, TotalCount: 1, Vpcs: { Vpc: [vpcSample] } },
  run(_, { parameters, caller }) {
    checkRegion(caller, parameters.RegionId)
    const { rows, ...page } = numberedPage(vpcsAsked(parameters, caller), parameters)
    return { ...page, Vpcs: { Vpc: rows.map((vpc) => vpcShape(vpc, caller)) } }
  },
})
