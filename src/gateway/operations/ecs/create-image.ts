import { createImage as create } from '../../../imagebuilder/images/create.js'
import { noInstance, noResourceGroup, noSnapshot } from '../../../imagebuilder/images/faults.js'
import { create as faults } from '../../../imagebuilder/images/faults-making.js'
import { createImage as request } from '../../../imagebuilder/parameters/create-image.js'
import { never } from '../../documented.js'
import {
  coded,
  dryRun,
  internalError,
  keysAreNotLookedAt,
  noSuchImageRegion,
  oldTagSpellings,
} from '../../documented-images.js'
import { wireOperation } from '../../operation.js'

const notOfInstances = never(
  'an instance of the world has a status and an image, and nothing more',
  ...coded(
    400,
    'InstanceLockedForSecurity',
    'InvalidInstance.NotFoundSystemDisk',
    'InvalidDiskCategory.CreateImage',
    'InvalidOperation.DiskCategoryUnsupported',
  ),
  ...coded(
    403,
    'IncorrectDiskStatus',
    'IncorrectDiskStatus.NeverAttached',
    'IncorrectDiskStatus.Invalid',
    'IncorrectDiskStatus.Transferring',
    'IncorrectDiskStatus.CreatingSnapshot',
    'HibernationConfigured.InstanceOperationForbidden',
    'IncorrectInstanceStatus.NeedRestart',
  ),
)

const notOfSnapshots = never(
  'a snapshot of the world has a disk type, a size and a status, and nothing more',
  ...coded(400, 'InvalidParameter.DiskType'),
  ...coded(
    403,
    'InvalidSnapshot.TooOld',
    'OperationDenied.InvalidSnapshotCategory',
    'InvalidSnapshotCategory.NotSupportImageCreation',
    'InvalidOperation.SnapshotStorageLocationUnsupported',
    'InvalidSystemSnapshot.Missing',
    'UserNotInTheWhiteList',
    'InvalidAccountStatus.SnapshotServiceUnavailable',
  ),
)

export const createImage = wireOperation({
  product: 'Ecs',
  request,
  spellings: oldTagSpellings,
  kind: 'write',
  access: {
    action: 'ecs:CreateImage',
    resources: ({ InstanceId, SnapshotId, DiskDeviceMapping }) => [
      'image/*',
      ...(InstanceId === undefined ? [] : [`instance/${InstanceId}`]),
      ...[SnapshotId, ...(DiskDeviceMapping ?? []).map((disk) => disk.SnapshotId)].flatMap((id) =>
        id === undefined ? [] : [`snapshot/${id}`],
      ),
    ],
  },
  errors: [
    ...Object.values(faults),
    noInstance,
    noSnapshot,
    noResourceGroup,
    noSuchImageRegion,
    dryRun,
    ...notOfInstances,
    ...notOfSnapshots,
    ...keysAreNotLookedAt,
    ...never('IdempotenceParamNotMatch says the same', ...coded(403, 'InvalidParamter.Conflict')),
    ...never('MissingParameter says the same', ...coded(400, 'InvalidParameter.AllEmpty')),
    ...never('InvalidSnapshotId.NotReady says the same', ...coded(403, 'SnapshotNotReady')),
    ...never('NumberExceed.Tags says the same', ...coded(403, 'QuotaExceed.Tags')),
    ...never('orders are not made here', ...coded(400, 'AccountForbidden.CreateOrder')),
    ...never(
      'snapshots are not counted',
      ...coded(
        403,
        'QuotaExceed.Snapshot',
        'TooManySnapshot.Unfinished',
        'QuotaExceed.ConcurrentSnapshotQuota',
      ),
    ),
    ...internalError,
  ],
  sample: { ImageId: 'm-bp167acfmxazb4p1c3k9' },
  run: (tx, { parameters, caller }) => create(tx, parameters, caller),
})
