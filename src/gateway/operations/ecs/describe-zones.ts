import { checkRegion } from '../../../imagebuilder/checks.js'
import { describeZones as request } from '../../../imagebuilder/parameters/describe-zones.js'
import { isInStock } from '../../../imagebuilder/world/stock.js'
import { zonesIn } from '../../../imagebuilder/world/zones.js'
import { noSuchRegion } from '../../documented.js'
import { wireOperation } from '../../operation.js'
import { zoneShape, zoneSample } from '../../shapes/zone.js'

export const describeZones = wireOperation({
  product: 'Ecs',
  request,
  kind: 'read',
  access: { action: 'ecs:DescribeZones', resources: () => ['*'] },
  errors: [noSuchRegion],
  sample: { Zones: { Zone: [zoneSample] } },
  run(_, { parameters: { RegionId, Verbose }, caller }) {
    checkRegion(caller, RegionId)
    const { world } = caller
    const types = world.instanceTypes.filter((type) => isInStock(type, RegionId))
    return {
      Zones: { Zone: zonesIn(world, RegionId).map((zone) => zoneShape(zone, types, Verbose)) },
    }
  },
})
