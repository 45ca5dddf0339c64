import type { Place } from '../place.js'
import type { CreateImageParameters } from '../parameters/create-image.js'
import type { DataDisk, ImageTraits } from '../rows.js'
import { findSnapshot } from '../world/find.js'
import { noSnapshot, refuse } from './faults.js'
import { create } from './faults-making.js'
import { imageSeen, ownImage, type SeenImage } from './seen.js'
import { inherited, plainTraits } from './traits.js'

/** What an image is made from, and what it will be like. */
export interface Source {
  readonly osType: 'linux' | 'windows'
  readonly traits: ImageTraits
  readonly snapshotIds: readonly string[]
}

/** A snapshot, of the world or of an own image's system disk. */
interface Found {
  readonly id: string
  readonly type: 'system' | 'data'
  /** GiB. */
  readonly size: number
  readonly image: SeenImage | undefined
}

/** @throws EcsError 403 OperationDenied for the snapshot of a data disk, or as `snapshotOf` */
export function fromSnapshot(id: string, place: Place): Source {
  const found = snapshotOf(id, place)
  if (found.type === 'data') throw refuse(create.notSystemDisk, { SnapshotId: id })
  return sourceOf(found, found.size, [])
}

type Disks = NonNullable<CreateImageParameters['DiskDeviceMapping']>
type Disk = Disks[number] & { readonly found: Found | undefined }

/** @throws EcsError 400 OperationDenied unless exactly one becomes the system disk */
export function fromDisks(mappings: Disks, place: Place): Source {
  const disks: readonly Disk[] = mappings.map((disk) => {
    const { SnapshotId } = disk
    return { ...disk, found: SnapshotId === undefined ? undefined : snapshotOf(SnapshotId, place) }
  })
  for (const { Size, found } of disks) {
    if (Size !== undefined && Size < (found?.size ?? 0)) throw refuse(create.tooSmall)
  }
  const systems = disks.filter(isSystem)
  const [system] = systems
  if (!system?.found) throw refuse(create.noSystemDisk)
  if (systems.length > 1) throw refuse(create.twoSystemDisks)
  const data = disks.filter((disk) => disk !== system)
  return sourceOf(system.found, system.Size ?? system.found.size, dataDisks(data))
}

/** The first of a list without other word is as its snapshot says. */
function isSystem({ DiskType, found }: Disk): boolean {
  return (DiskType ?? found?.type ?? 'data') === 'system'
}

function dataDisks(disks: readonly Disk[]): readonly DataDisk[] {
  const taken = new Set(disks.flatMap(({ Device }) => Device ?? []))
  const free = [...'bcdefghijklmnopqrstuvwxyz']
    .map((letter) => `/dev/xvd${letter}`)
    .filter((device) => !taken.has(device))
  return disks.map(({ Device, Size, found }) => ({
    Device: Device ?? free.shift() ?? '',
    Size: Size ?? found?.size ?? 20,
    SnapshotId: found?.id ?? '',
  }))
}

function sourceOf(system: Found, size: number, data: readonly DataDisk[]): Source {
  const { image } = system
  const osType = image?.OSType ?? 'linux'
  return {
    osType,
    traits: {
      ...(image ? inherited(image) : plainTraits(osType)),
      // As the service has it: made from a snapshot, the image starts with the older access.
      ImdsSupport: 'v1',
      Size: size,
      DataDisks: data,
    },
    snapshotIds: [system.id, ...data.map(({ SnapshotId }) => SnapshotId).filter((id) => id !== '')],
  }
}

/** @throws EcsError 404 InvalidSnapshotId.NotFound, 403 InvalidSnapshotId.NotReady */
function snapshotOf(id: string, place: Place): Found {
  const { world, region, account } = place
  const snapshot = findSnapshot(world, id, region, account)
  if (!snapshot) return snapshotOfImage(id, place)
  const { ImageId, Status, SourceDiskType, SourceDiskSize } = snapshot
  if (Status !== 'accomplished') throw refuse(create.snapshotNotReady, { SnapshotId: id, Status })
  const image = ImageId === undefined ? undefined : imageSeen(place, ImageId)
  return { id, type: SourceDiskType, size: SourceDiskSize, image }
}

/** Every own image has a snapshot of its system disk, named after it. */
function snapshotOfImage(id: string, place: Place): Found {
  const image = id.startsWith('s-') ? ownImage(place, `m-${id.slice(2)}`) : undefined
  if (!image) throw refuse(noSnapshot, { SnapshotId: id })
  if (image.Status === 'Creating') throw refuse(create.snapshotNotReady, { SnapshotId: id })
  return { id, type: 'system', size: image.Size, image }
}
