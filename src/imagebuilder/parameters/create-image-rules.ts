import { fault, missingParameter } from './fault.js'
import type { Rule } from './field.js'

interface Asked {
  readonly InstanceId?: string
  readonly SnapshotId?: string
  readonly DiskDeviceMapping?: readonly {
    readonly Device?: string
    readonly Size?: number
    readonly SnapshotId?: string
  }[]
}

/** The least size of an empty disk, in GiB. */
const leastEmpty = 5

export const createImageRules: readonly Rule<Asked>[] = [
  {
    says: 'One of InstanceId, DiskDeviceMapping and SnapshotId is there.',
    name: 'SnapshotId',
    fault: {
      ...missingParameter,
      message:
        'The input parameter SnapshotId or InstanceId or DiskDeviceMapping that is mandatory for ' +
        'processing this request is not supplied.',
    },
    broken: ({ InstanceId, SnapshotId, DiskDeviceMapping }) =>
      InstanceId === undefined && SnapshotId === undefined && DiskDeviceMapping === undefined
        ? { reason: 'Give InstanceId, DiskDeviceMapping or SnapshotId.' }
        : undefined,
  },
  {
    says: 'Devices differ from one disk to the next.',
    name: 'DiskDeviceMapping',
    fault: fault(
      'InvalidDevice.InUse',
      'The specified parameter DiskDeviceMapping.n.Device has been occupied.',
    ),
    broken: ({ DiskDeviceMapping = [] }) => {
      const devices = DiskDeviceMapping.flatMap(({ Device }) => Device ?? [])
      const twin = devices.find((device, index) => devices.indexOf(device) !== index)
      return twin === undefined ? undefined : { reason: `${twin} stands there twice.` }
    },
  },
  {
    says: 'An empty disk has at least 5 GiB.',
    name: 'DiskDeviceMapping',
    fault: fault(
      'InvalidSize.ValueNotSupported',
      'The specified parameter DiskDeviceMapping.n.Size beyond the permitted range.',
    ),
    broken: ({ DiskDeviceMapping = [] }) =>
      DiskDeviceMapping.some(
        ({ SnapshotId, Size = leastEmpty }) => SnapshotId === undefined && Size < leastEmpty,
      )
        ? { reason: `Give an empty disk at least ${leastEmpty} GiB.` }
        : undefined,
  },
]
