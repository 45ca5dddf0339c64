import { checkRegion } from '../../../imagebuilder/checks.js'
import { describeVSwitches as request } from '../../../imagebuilder/parameters/networks.js'
import { vSwitchesAsked } from '../../../imagebuilder/world/networks.js'
import { noSuchRegion } from '../../documented.js'
import { dryRun, internalError } from '../../documented-images.js'
import { wireOperation } from '../../operation.js'
import { vSwitchSample, vSwitchShape } from '../../shapes/network.js'
import { numberedPage } from '../../wire/page.js'

export const describeVSwitches = wireOperation({
  product: 'Vpc',
  request,
  kind: 'read',
  access: {
    action: 'vpc:DescribeVSwitches',
    resources: ({ VSwitchId }) =>
      VSwitchId?.split(',').map((id) => `vswitch/${id.trim()}`) ?? ['vswitch/*'],
  },
  errors: [noSuchRegion, dryRun, ...internalError],
  sample: { PageNumber: 1, PageSize: 10, TotalCount: 1, VSwitches: { VSwitch: [vSwitchSample] } },
  run(_, { parameters, caller }) {
    const { RegionId } = parameters
    if (RegionId !== undefined) checkRegion(caller, RegionId)
    const { rows, ...page } = numberedPage(vSwitchesAsked(parameters, caller), parameters)
    return { ...page, VSwitches: { VSwitch: rows.map((each) => vSwitchShape(each, caller)) } }
  },
})
