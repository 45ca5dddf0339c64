import type { DescribeAvailableResourceParameters } from '../../imagebuilder/parameters/describe-available-resource.js'
import type { Stock } from '../../imagebuilder/world/stock.js'
import type { Zone } from '../../imagebuilder/world/zones.js'
import type { Answer } from '../operation.js'
import { diskCategories } from './zone.js'

type Destination = DescribeAvailableResourceParameters['DestinationResource']

/** Whether something can be had, in the two words that the service has for it. */
function stateOf(available: boolean): Answer {
  return available
    ? { Status: 'Available', StatusCategory: 'WithStock' }
    : { Status: 'SoldOut', StatusCategory: 'WithoutStock' }
}

/** A zone with what is looked for there; it is sold out when nothing of that can be had. */
export function availableZone(
  { ZoneId, RegionId, available }: Zone,
  stock: readonly Stock[],
  destination: Destination,
): Answer {
  const isThere = available && stock.some(({ inStock }) => inStock)
  const place = { RegionId, ZoneId, ...stateOf(isThere) }
  if (destination === 'Zone' || !available) return place
  const SupportedResource = supported(stock, destination, isThere)
  return {
    ...place,
    AvailableResources: {
      AvailableResource: [{ Type: destination, SupportedResources: { SupportedResource } }],
    },
  }
}

function supported(
  stock: readonly Stock[],
  destination: Destination,
  isThere: boolean,
): readonly Answer[] {
  const plain = (Value: string): Answer => ({ Value, ...stateOf(isThere) })
  const disks = (Max: number): readonly Answer[] => diskCategories.map((each) => disk(each, Max))
  const disk = (category: string, Max: number): Answer => ({
    ...plain(category),
    Min: 20,
    Max,
    Unit: 'GiB',
  })
  switch (destination) {
    case 'InstanceType':
      return stock.map(({ type, inStock }) => ({
        Value: type.InstanceTypeId,
        ...stateOf(inStock),
      }))
    case 'SystemDisk':
      return disks(2048)
    case 'DataDisk':
      return disks(32_768)
    case 'IoOptimized':
      return [plain('optimized')]
    case 'Network':
      return [plain('vpc')]
    case 'Zone':
    case 'ddh':
      return []
  }
}

export const availableSample: Answer = availableZone(
  {
    ZoneId: 'cn-hangzhou-b',
    LocalName: '',
    RegionId: 'cn-hangzhou',
    available: true,
  },
  [
    {
      type: { InstanceTypeId: 'ecs.g6.large', CpuCoreCount: 2, MemorySize: 8 },
      inStock: true,
    },
  ],
  'InstanceType',
)
