import { findRegion } from '../../../imagebuilder/world/find.js'
import { describeAvailableResource as request } from '../../../imagebuilder/parameters/describe-available-resource.js'
import { fault } from '../../../imagebuilder/parameters/fault.js'
import { stockOf } from '../../../imagebuilder/world/stock.js'
import { zonesIn } from '../../../imagebuilder/world/zones.js'
import { refuse } from '../../../imagebuilder/images/faults.js'
import { never } from '../../documented.js'
import { wireOperation } from '../../operation.js'
import { availableSample, availableZone } from '../../shapes/available-zone.js'

const noRegion = fault('Invalid.RegionId', 'The specified RegionId does not exist.', 404)

export const describeAvailableResource = wireOperation({
  product: 'Ecs',
  request,
  kind: 'read',
  access: { action: 'ecs:DescribeAvailableResource', resources: () => ['*'] },
  errors: [
    noRegion,
    ...never(
      'Invalid.RegionId says the same',
      fault('Unavailable.Regions', undefined, 404),
      fault('InvalidRegionId.MalFormed'),
    ),
    ...never(
      'there is no such parameter',
      fault('Invalid.NetworkType', undefined, 404),
      fault('InvalidResourceId.NotFound', undefined, 404),
    ),
  ],
  sample: { AvailableZones: { AvailableZone: [availableSample] } },
  run(_, { parameters, caller: { world } }) {
    const { RegionId, ZoneId } = parameters
    if (!findRegion(world, RegionId)) throw refuse(noRegion, { RegionId })
    const stock = stockOf(world, parameters)
    const zones = zonesIn(world, RegionId).filter((zone) => (ZoneId ?? zone.ZoneId) === zone.ZoneId)
    return {
      AvailableZones: {
        AvailableZone: zones.map((zone) =>
          availableZone(zone, stock, parameters.DestinationResource),
        ),
      },
    }
  },
})
