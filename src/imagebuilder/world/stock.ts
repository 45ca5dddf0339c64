import type { DescribeAvailableResourceParameters } from '../parameters/describe-available-resource.js'
import type { DescribeInstanceTypesParameters } from '../parameters/describe-instance-types.js'
import type { InstanceType, World } from './types.js'

/** An instance type in a region: there to be had, or only elsewhere. */
export interface Stock {
  readonly type: InstanceType
  readonly inStock: boolean
}

/** `ecs.g6` of `ecs.g6.large`. */
export function familyOf({ InstanceTypeId }: InstanceType): string {
  return InstanceTypeId.split('.').slice(0, -1).join('.')
}

export function isInStock({ regions }: InstanceType, region: string): boolean {
  return regions === undefined || regions.includes(region)
}

/** The instance types of a region that fit what is asked for, those of elsewhere among them. */
export function stockOf(
  world: World,
  asked: DescribeAvailableResourceParameters,
): readonly Stock[] {
  if (asked.IoOptimized === 'none' || asked.NetworkCategory === 'classic') return []
  const { InstanceType: id, Cores, Memory, RegionId } = asked
  return world.instanceTypes
    .filter(
      (type) =>
        (id === undefined || type.InstanceTypeId === id) &&
        (Cores === undefined || type.CpuCoreCount === Cores) &&
        (Memory === undefined || type.MemorySize === Number(Memory)),
    )
    .map((type) => ({ type, inStock: isInStock(type, RegionId) }))
}

/** DescribeInstanceTypes: those that fulfil every condition, wherever they are. */
export function instanceTypesAsked(
  world: World,
  asked: DescribeInstanceTypesParameters,
): readonly InstanceType[] {
  return world.instanceTypes.filter((type) => isNamed(type, asked) && isOfSize(type, asked))
}

function isNamed(type: InstanceType, asked: DescribeInstanceTypesParameters): boolean {
  const architecture = type.CpuArchitecture ?? 'X86'
  const family = familyOf(type)
  return (
    (asked.InstanceTypes?.includes(type.InstanceTypeId) ?? true) &&
    (asked.InstanceTypeFamily ?? family) === family &&
    (asked.InstanceTypeFamilies?.includes(family) ?? true) &&
    (asked.CpuArchitecture ?? architecture) === architecture &&
    (asked.CpuArchitectures?.includes(architecture) ?? true) &&
    // No instance type of the world has a GPU.
    asked.GPUSpec === undefined &&
    asked.GpuSpecs === undefined &&
    (asked.MinimumGPUAmount ?? 0) === 0
  )
}

function isOfSize(
  { CpuCoreCount, MemorySize }: InstanceType,
  asked: DescribeInstanceTypesParameters,
): boolean {
  return (
    CpuCoreCount >= (asked.MinimumCpuCoreCount ?? 0) &&
    CpuCoreCount <= (asked.MaximumCpuCoreCount ?? Number.POSITIVE_INFINITY) &&
    MemorySize >= Number(asked.MinimumMemorySize ?? 0) &&
    MemorySize <= Number(asked.MaximumMemorySize ?? Number.POSITIVE_INFINITY)
  )
}
