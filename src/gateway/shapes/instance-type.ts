import { familyOf } from '../../imagebuilder/world/stock.js'
import type { InstanceType } from '../../imagebuilder/world/types.js'
import type { Answer } from '../operation.js'

/** What the world says of an instance type, and the plainest of what it does not say. */
export function instanceTypeShape(type: InstanceType): Answer {
  const { InstanceTypeId, CpuCoreCount, MemorySize, CpuArchitecture = 'X86' } = type
  return {
    InstanceTypeId,
    InstanceTypeFamily: familyOf(type),
    InstanceFamilyLevel: 'EnterpriseLevel',
    CpuArchitecture,
    CpuCoreCount,
    MemorySize,
    GPUAmount: 0,
    GPUSpec: '',
    LocalStorageCategory: '',
    NvmeSupport: 'unsupported',
    EniQuantity: 2,
    EniPrivateIpAddressQuantity: 6,
    EniIpv6AddressQuantity: 1,
    PrimaryEniQueueNumber: 2,
    SecondaryEniQueueNumber: 2,
    MaximumQueueNumberPerEni: 2,
    TotalEniQueueQuantity: 4,
  }
}
