import { legacy, plainText, regionId } from './common.js'
import { fault, invalidParameter } from './fault.js'
import { type Checked, operation } from './field.js'
import { chargeType, cores, decimal, spotStrategy } from './world-fields.js'

const disks = {
  type: 'ignored',
  docs: 'Not looked at: there are disks of every category.',
} as const

const shouldBeEmpty = (name: string) =>
  fault(`InvalidParam.${name}`, `The specified parameter '${name}' should be empty`, 403)

const noSuchHost = fault(
  'InvalidDedicatedHostId.NotFound',
  'The specified DedicatedHostId does not exist.',
  403,
)

const fields = {
  RegionId: regionId,
  DestinationResource: {
    type: 'choice',
    docs: 'What is looked for.',
    values: ['Zone', 'IoOptimized', 'InstanceType', 'Network', 'ddh', 'SystemDisk', 'DataDisk'],
    required: fault(
      'Invalid.Param',
      'The input parameter DestinationResource that is mandatory for processing this request is ' +
        'not supplied.',
    ),
    refused: fault(
      'Invalid.DestinationResource',
      'The specified DestinationResource is not valid.',
      404,
    ),
  },
  ZoneId: plainText('The zone to look in; every zone of the region when absent.'),
  InstanceType: plainText('The instance type that must be in stock.'),
  Cores: cores('The vCPUs of the instance types; only for DestinationResource=InstanceType.'),
  Memory: decimal('Their memory, in GiB; only for DestinationResource=InstanceType.'),
  IoOptimized: {
    type: 'choice',
    docs: 'Whether instances are I/O optimised; all of the world are.',
    values: ['none', 'optimized'],
    default: 'optimized',
    refused: fault('Invalid.IoOptimized', 'The specified IoOptimized is not valid.', 404),
  },
  NetworkCategory: {
    type: 'choice',
    docs: 'The network; there is no classic one any more.',
    values: ['vpc', 'classic'],
    default: 'vpc',
    refused: fault('Invalid.NetworkCategory', 'The specified NetworkCategory is not valid.', 404),
  },
  InstanceChargeType: chargeType(
    ['PrePaid', 'PostPaid'],
    fault('Invalid.InstanceChargeType', 'The specified InstanceChargeType is not valid.'),
  ),
  SpotStrategy: spotStrategy(
    fault('Invalid.SpotStrategy', 'The specified SpotStrategy is not valid.', 404),
  ),
  SpotDuration: {
    type: 'integer',
    docs: 'How long a spot instance is safe; it makes no difference here.',
    min: 0,
    max: 6,
    unit: 'hours',
    default: 1,
    refused: invalidParameter,
  },
  ResourceType: {
    type: 'choice',
    docs: 'What one wants to make; it makes no difference here.',
    values: ['instance', 'disk', 'reservedinstance', 'ddh'],
    default: 'instance',
    refused: fault(
      'Invalid.ResourceType',
      'The ResourceType provided does not exist in our records.',
      404,
    ),
  },
  DedicatedHostId: plainText('A dedicated host; there is none in the world.'),
  SystemDiskCategory: disks,
  DataDiskCategory: disks,
  Scope: { type: 'ignored', docs: 'Not looked at: there are no reserved instances.' },
  ...legacy,
} as const

export const describeAvailableResource = operation({
  action: 'DescribeAvailableResource',
  docs: 'Describes what can be made in the zones of a region.',
  fields,
  rules: [
    {
      says: 'InstanceType does not go together with Cores or Memory.',
      name: 'InstanceType',
      fault: fault(
        'InvalidParam.TypeAndCpuMem.Conflict',
        "The specified 'InstanceType' and 'Cores','Memory' are not blank at the same time.",
        403,
      ),
      broken: ({ InstanceType, Cores, Memory }) =>
        InstanceType !== undefined && (Cores ?? Memory) !== undefined
          ? { reason: 'Give the instance type, or its vCPUs and memory.' }
          : undefined,
    },
    ...(['Cores', 'Memory'] as const).map((name) => ({
      says: `${name} is for DestinationResource=InstanceType only.`,
      name,
      fault: shouldBeEmpty(name),
      broken: (value: Checked<typeof fields>) =>
        value[name] !== undefined && value.DestinationResource !== 'InstanceType'
          ? { reason: `Leave ${name} out, or look for instance types.` }
          : undefined,
    })),
    {
      says: 'DedicatedHostId is of a dedicated host, and there is none.',
      name: 'DedicatedHostId',
      fault: noSuchHost,
      broken: ({ DedicatedHostId }) =>
        DedicatedHostId === undefined ? undefined : { reason: 'Leave DedicatedHostId out.' },
    },
  ],
})

/** What DescribeAvailableResource was asked for, in normal form. */
export type DescribeAvailableResourceParameters = Checked<typeof fields>
