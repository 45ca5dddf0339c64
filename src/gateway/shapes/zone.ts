import { familyOf } from '../../imagebuilder/world/stock.js'
import type { InstanceType } from '../../imagebuilder/world/types.js'
import type { Zone } from '../../imagebuilder/world/zones.js'
import type { Answer } from '../operation.js'

/** Categories that system and data disks have in every zone. */
export const diskCategories = ['cloud_auto', 'cloud_efficiency', 'cloud_essd', 'cloud_ssd']

/** A zone and what can be made there; its id and name alone unless `verbose`. */
export function zoneShape(
  { ZoneId, LocalName, available }: Zone,
  inStock: readonly InstanceType[],
  verbose: boolean,
): Answer {
  const names = { ZoneId, LocalName, ZoneType: 'AvailabilityZone' }
  if (!verbose) return names
  const types = available ? inStock.map(({ InstanceTypeId }) => InstanceTypeId) : []
  const disks = available ? diskCategories : []
  return {
    ...names,
    AvailableInstanceTypes: { InstanceTypes: types },
    AvailableResourceCreation: { ResourceTypes: available ? ['Instance', 'Disk', 'VSwitch'] : [] },
    AvailableDiskCategories: { DiskCategories: disks },
    AvailableResources: { ResourcesInfo: available ? [resourcesInfo(inStock, types)] : [] },
    AvailableDedicatedHostTypes: { DedicatedHostType: [] },
    AvailableVolumeCategories: { VolumeCategories: [] },
    DedicatedHostGenerations: { DedicatedHostGeneration: [] },
  }
}

function resourcesInfo(inStock: readonly InstanceType[], types: readonly string[]): Answer {
  const families = [...new Set(inStock.map(familyOf))]
  // `ecs-6` of ecs.g6: the number in the family's name.
  const generations = families.flatMap((family) => /\d+/.exec(family)?.[0] ?? [])
  return {
    IoOptimized: true,
    InstanceTypes: { SupportedInstanceType: types },
    InstanceTypeFamilies: { SupportedInstanceTypeFamily: families },
    InstanceGenerations: {
      SupportedInstanceGeneration: [...new Set(generations)].map((number) => `ecs-${number}`),
    },
    NetworkTypes: { SupportedNetworkCategory: ['vpc'] },
    SystemDiskCategories: { SupportedSystemDiskCategory: diskCategories },
    DataDiskCategories: { SupportedDataDiskCategory: diskCategories },
  }
}

export const zoneSample: Answer = zoneShape(
  {
    ZoneId: 'cn-hangzhou-b',
    LocalName: 'China (Hangzhou) Zone B',
    RegionId: 'cn-hangzhou',
    available: true,
  },
  [{ InstanceTypeId: 'ecs.g6.large', CpuCoreCount: 2, MemorySize: 8 }],
  true,
)
