import type { Transaction } from '../../engine/transaction.js'
import type { Place } from '../place.js'
import type { DescribeImageFromFamilyParameters } from '../parameters/describe-image-from-family.js'
import type { DescribeImagesParameters } from '../parameters/describe-images.js'
import type { Caller } from '../templates.js'
import { findInstanceType, findRegion } from '../world/find.js'
import type { InstanceType } from '../world/types.js'
import { newestOfFamily } from './family.js'
import { endDryRun, noInstanceType, noRegion, refuse } from './faults.js'
import { askedIds, conditionsOf } from './matching.js'
import { type Progress, progressOf } from './progress.js'
import { imageSeen, imagesSeen, type SeenImage } from './seen.js'

/** An image, and how far it is. */
export interface DescribedImage {
  readonly image: SeenImage
  readonly progress: Progress
}

/** A page of DescribeImages, and how many images all pages have. */
export interface ImagesPage {
  readonly place: Place
  readonly page: readonly DescribedImage[]
  readonly total: number
}

/**
 * DescribeImages: what the account sees and asks for, newest first; ids that are not there are left
 * out.
 */
export function describeImages(
  tx: Transaction,
  asked: DescribeImagesParameters,
  caller: Caller,
): ImagesPage {
  const place = placeOf(tx, asked.RegionId, caller)
  const conditions = conditionsOf(asked, place, instanceTypeOf(asked, place))
  endDryRun(asked)
  const found = candidates(asked, place)
    .map((image) => ({ image, progress: progressOf(tx, image) }))
    .filter(({ image, progress }) => conditions.every((holds) => holds(image, progress)))
    .sort((a, b) => newestFirst(a.image, b.image))
  const { PageNumber, PageSize } = asked
  const page = found.slice((PageNumber - 1) * PageSize, PageNumber * PageSize)
  return { place, page, total: found.length }
}

/** DescribeImageFromFamily: the family's image. */
export function describeFamily(
  tx: Transaction,
  { RegionId, ImageFamily }: DescribeImageFromFamilyParameters,
  caller: Caller,
): { readonly place: Place; readonly found: DescribedImage | undefined } {
  const place = placeOf(tx, RegionId, caller)
  const image = newestOfFamily(place, ImageFamily)
  return { place, found: image && { image, progress: progressOf(tx, image) } }
}

/** @throws EcsError 404 InvalidRegionId.NotFound */
export function placeOf(tx: Transaction, region: string, { account, world }: Caller): Place {
  if (!findRegion(world, region)) throw refuse(noRegion, { RegionId: region })
  return { world, catalog: tx, region, account }
}

/** Images named by their ids are looked up one by one: clients poll so. */
function candidates(asked: DescribeImagesParameters, place: Place): readonly SeenImage[] {
  const ids = askedIds(asked)
  if (ids === undefined) return imagesSeen(place)
  return [...new Set(ids)].flatMap((id) => imageSeen(place, id) ?? [])
}

function instanceTypeOf(
  { InstanceType, RegionId }: DescribeImagesParameters,
  { world }: Place,
): InstanceType | undefined {
  if (InstanceType === undefined) return undefined
  const found = findInstanceType(world, InstanceType, RegionId)
  if (!found) throw refuse(noInstanceType, { InstanceType, RegionId })
  return found
}

function newestFirst(a: SeenImage, b: SeenImage): number {
  if (a.CreationTime !== b.CreationTime) return a.CreationTime < b.CreationTime ? 1 : -1
  return a.ImageId < b.ImageId ? -1 : Number(a.ImageId > b.ImageId)
}
