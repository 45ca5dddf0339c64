import { legacy } from './common.js'
import { fault } from './fault.js'
import { operation } from './field.js'
import { acceptLanguage, chargeType, noSuchLanguage, sentByClients } from './world-fields.js'

export const describeRegions = operation({
  action: 'DescribeRegions',
  docs: 'Describes the regions, open and closed ones.',
  fields: {
    AcceptLanguage: acceptLanguage(noSuchLanguage),
    InstanceChargeType: chargeType(
      ['PrePaid', 'PostPaid', 'SpotWithPriceLimit', 'SpotAsPriceGo'],
      fault('Invalid.InstanceChargeType', 'The specified InstanceChargeType is not valid.', 403),
    ),
    ResourceType: {
      type: 'choice',
      docs: 'What one wants to make there; it makes no difference here.',
      values: ['instance', 'disk', 'reservedinstance', 'scu'],
      default: 'instance',
      refused: fault(
        'InvalidResourceType.NotFound',
        'The ResourceType provided does not exist in our records.',
        404,
      ),
    },
    RegionId: sentByClients,
    ...legacy,
  },
})
