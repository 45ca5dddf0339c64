import type { Place } from '../place.js'
import { hasTags, type TagFilter } from '../labels/filter.js'
import { isInGroup } from '../labels/groups.js'
import type { DescribeImagesParameters } from '../parameters/describe-images.js'
import type { InstanceType } from '../world/types.js'
import { featuresOf, supportsCloudinit, systemSnapshotOf, usageOf } from './features.js'
import type { Progress } from './progress.js'
import { aliasOf, isUsable, type SeenImage } from './seen.js'

type Condition = (image: SeenImage, progress: Progress) => boolean

/** Everything that DescribeImages asks of an image, one condition a parameter. */
export function conditionsOf(
  asked: DescribeImagesParameters,
  place: Place,
  instanceType: InstanceType | undefined,
): readonly Condition[] {
  const { ImageFamily, OSType, Architecture, Usage, Usable } = asked
  return [
    idCondition(asked),
    nameCondition(asked),
    statusCondition(asked),
    ownerCondition(asked, place),
    labelCondition(asked, place),
    filterCondition(asked),
    (image) => ImageFamily === undefined || image.ImageFamily === ImageFamily,
    (image) => OSType === undefined || image.OSType === OSType,
    (image) => Architecture === undefined || image.Architecture === Architecture,
    (image) => instanceType === undefined || runsOn(image, instanceType),
    (image) => Usable === undefined || isUsable(image) === Usable,
    (image) => asked.ShowExpired || image.given?.expired !== true,
    (image) => Usage === undefined || usageOf(image, place) === Usage,
    ({ OSType: system }) =>
      asked.IsSupportCloudinit === undefined ||
      supportsCloudinit({ OSType: system }) === asked.IsSupportCloudinit,
    // Every image of ours can be used on I/O optimised instances.
    () => asked.IsSupportIoOptimized !== false,
    (image) => asked.SnapshotId === undefined || snapshotsOf(image).includes(asked.SnapshotId),
  ]
}

/** The ids that DescribeImages names; undefined when it names none. */
export function askedIds(asked: DescribeImagesParameters): readonly string[] | undefined {
  return asked.ImageId?.split(',').map((id) => id.trim())
}

function idCondition(asked: DescribeImagesParameters): Condition {
  const ids = askedIds(asked)
  return ({ ImageId }) => ids === undefined || ids.includes(ImageId)
}

/** The name has the text in it; `*` stands for any run of characters. */
function nameCondition({ ImageName }: DescribeImagesParameters): Condition {
  if (ImageName === undefined) return () => true
  const pieces = ImageName.split('*')
  return ({ ImageName: name }) => {
    let from = 0
    return pieces.every((piece) => {
      const at = name.indexOf(piece, from)
      from = at + piece.length
      return at >= 0
    })
  }
}

/**
 * Available ones when no status is asked for; of images named by their ids also those that are still
 * being made, because a client that has just made one asks for it by its id and must find it.
 */
function statusCondition({ Status, ImageId }: DescribeImagesParameters): Condition {
  const asked = Status ?? (ImageId === undefined ? 'Available' : 'Available,Creating,Waiting')
  const wanted: ReadonlySet<string> = new Set(asked.split(',').map((word) => word.trim()))
  return (_, progress) => Status === 'ALL' || wanted.has(progress.Status)
}

/** Images of the marketplace are among what is asked for only by name. */
function ownerCondition(asked: DescribeImagesParameters, { account }: Place): Condition {
  const { ImageOwnerAlias, ImageOwnerId, IsPublic, ImageId } = asked
  return (image) => {
    const alias = aliasOf(image, account)
    if (alias === 'others' && image.IsPublic !== IsPublic && ImageId === undefined) return false
    if (ImageOwnerId !== undefined && !(alias === 'others' && image.owner === ImageOwnerId)) {
      return false
    }
    if (ImageOwnerAlias !== undefined) return alias === ImageOwnerAlias
    return alias !== 'marketplace' || ImageId !== undefined
  }
}

function labelCondition(asked: DescribeImagesParameters, place: Place): Condition {
  const { ResourceGroupId: group } = asked
  return (image) =>
    hasTags(image, tags(asked)) &&
    (group === undefined ||
      (image.owner === place.account && isInGroup(image.ResourceGroupId, group, place)))
}

/** The rules have seen to it that every tag has a key. */
function tags({ Tag = [] }: DescribeImagesParameters): readonly TagFilter[] {
  return Tag.map(({ Key = '', ...rest }) => ({ Key, ...rest }))
}

function filterCondition({ Filter = [] }: DescribeImagesParameters): Condition {
  return (image) =>
    Filter.every(({ Key, Value = '' }) => {
      if (Key === 'CreationStartTime') return Date.parse(image.CreationTime) >= Date.parse(Value)
      if (Key === 'CreationEndTime') return Date.parse(image.CreationTime) <= Date.parse(Value)
      // Every image works in both networks.
      return Key === 'NetworkType' || featuresOf(image)[Key] === Value
    })
}

function runsOn({ Architecture }: SeenImage, { CpuArchitecture = 'X86' }: InstanceType): boolean {
  return (Architecture === 'arm64') === (CpuArchitecture === 'ARM')
}

function snapshotsOf({ ImageId, DataDisks }: SeenImage): readonly string[] {
  return [systemSnapshotOf(ImageId), ...DataDisks.map(({ SnapshotId }) => SnapshotId)]
}
