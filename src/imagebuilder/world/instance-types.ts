import type { InstanceType } from './types.js'

function x86(InstanceTypeId: string, CpuCoreCount: number, MemorySize: number): InstanceType {
  return { InstanceTypeId, CpuCoreCount, MemorySize }
}

function arm(InstanceTypeId: string, CpuCoreCount: number, MemorySize: number): InstanceType {
  return { ...x86(InstanceTypeId, CpuCoreCount, MemorySize), CpuArchitecture: 'ARM' }
}

/** Those that a build is likely to name. The service's own first choices come first. */
export const defaultInstanceTypes: readonly InstanceType[] = [
  x86('ecs.g6.large', 2, 8),
  x86('ecs.g6.xlarge', 4, 16),
  x86('ecs.g6.2xlarge', 8, 32),
  x86('ecs.g7.large', 2, 8),
  x86('ecs.g7.xlarge', 4, 16),
  x86('ecs.g7.2xlarge', 8, 32),
  x86('ecs.g8i.large', 2, 8),
  x86('ecs.c7.large', 2, 4),
  x86('ecs.c7.xlarge', 4, 8),
  x86('ecs.r7.large', 2, 16),
  x86('ecs.r7.xlarge', 4, 32),
  arm('ecs.g8y.large', 2, 8),
  arm('ecs.g8y.xlarge', 4, 16),
  arm('ecs.c8y.large', 2, 4),
]
