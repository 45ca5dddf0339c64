import { legacy, regionId } from './common.js'
import { fault, invalidParameter } from './fault.js'
import { operation } from './field.js'
import { acceptLanguage, chargeType, spotStrategy } from './world-fields.js'

export const describeZones = operation({
  action: 'DescribeZones',
  docs: 'Describes the zones of a region and what can be made in them.',
  fields: {
    RegionId: regionId,
    AcceptLanguage: acceptLanguage(
      fault(
        'InvalidAcceptLanguage.NotFound',
        'Only Chinese (zh-CN), English (en-US), and Japanese (ja) are allowed.',
        404,
      ),
    ),
    InstanceChargeType: chargeType(
      ['PrePaid', 'PostPaid'],
      fault(
        'InvalidInstanceChargeType.NotFound',
        'The InstanceChargeType does not exist in our records',
        404,
      ),
    ),
    SpotStrategy: spotStrategy(
      fault('InvalidSpotStrategy', 'The specified SpotStrategy is not valid.'),
    ),
    Verbose: {
      type: 'boolean',
      docs: 'False: ids and names of the zones only.',
      default: true,
      refused: invalidParameter,
    },
    ...legacy,
  },
})
