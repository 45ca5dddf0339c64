import { legacy, plainText } from './common.js'
import { invalidParameter } from './fault.js'
import { type Checked, type Fields, operation } from './field.js'
import { tokenPageFields } from './token-page.js'
import { anyOf, cores, decimal, sentByClients } from './world-fields.js'

const architecture = {
  type: 'choice',
  docs: 'The architecture of the processor.',
  values: ['X86', 'ARM'],
  refused: invalidParameter,
} as const

/** Traits of hardware that the world knows nothing of. */
const unknownTraits = [
  'AdditionalAttributes',
  'InstanceCategories',
  'InstanceCategory',
  'InstanceFamilyLevel',
  'LocalStorageCategories',
  'LocalStorageCategory',
  'MaximumCpuSpeedFrequency',
  'MaximumCpuTurboFrequency',
  'MinimumBaselineCredit',
  'MinimumCpuSpeedFrequency',
  'MinimumCpuTurboFrequency',
  'MinimumDiskQuantity',
  'MinimumEniIpv6AddressQuantity',
  'MinimumEniPrivateIpAddressQuantity',
  'MinimumEniQuantity',
  'MinimumEriQuantity',
  'MinimumInitialCredit',
  'MinimumInstanceBandwidthRx',
  'MinimumInstanceBandwidthTx',
  'MinimumInstancePpsRx',
  'MinimumInstancePpsTx',
  'MinimumLocalStorageAmount',
  'MinimumLocalStorageCapacity',
  'MinimumPrimaryEniQueueNumber',
  'MinimumQueuePairNumber',
  'MinimumSecondaryEniQueueNumber',
  'NvmeSupport',
  'PhysicalProcessorModel',
  'PhysicalProcessorModels',
  // Sent by one client, of another operation.
  'InstanceType',
  'SystemDiskCategory',
] as const

const ignored = { type: 'ignored', docs: 'Not looked at: the world does not say it.' } as const

const traits = Object.fromEntries(unknownTraits.map((name) => [name, ignored])) as {
  readonly [K in (typeof unknownTraits)[number]]: typeof ignored
} satisfies Fields

const fields = {
  InstanceTypes: anyOf('The instance types to describe; all of them when absent.'),
  InstanceTypeFamily: plainText('The family of the instance types, such as ecs.g6.'),
  InstanceTypeFamilies: anyOf('Families of the instance types.'),
  CpuArchitecture: architecture,
  CpuArchitectures: {
    type: 'list',
    docs: 'Architectures of the processor.',
    item: architecture,
    max: 2,
    tooMany: invalidParameter,
  },
  MinimumCpuCoreCount: cores('The least vCPUs.'),
  MaximumCpuCoreCount: cores('The most vCPUs.'),
  MinimumMemorySize: decimal('The least memory, in GiB.'),
  MaximumMemorySize: decimal('The most memory, in GiB.'),
  MinimumGPUAmount: cores('The least GPUs; no instance type of the world has one.'),
  MaximumGPUAmount: cores('The most GPUs.'),
  GPUSpec: plainText('A GPU; no instance type of the world has one.'),
  GpuSpecs: anyOf('GPUs; no instance type of the world has one.'),
  MaxResults: { ...tokenPageFields.MaxResults, max: 1600, default: 1600 },
  NextToken: tokenPageFields.NextToken,
  RegionId: sentByClients,
  ...traits,
  ...legacy,
} as const

export const describeInstanceTypes = operation({
  action: 'DescribeInstanceTypes',
  docs: 'Describes instance types, wherever they are in stock.',
  fields,
})

/** What DescribeInstanceTypes was asked for, in normal form. */
export type DescribeInstanceTypesParameters = Checked<typeof fields>
