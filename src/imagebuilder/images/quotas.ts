import type { Place } from '../place.js'
import { findRows } from '../rows.js'
import type { Fault } from '../parameters/fault.js'
import { familiesOf } from './family.js'
import { refuse } from './faults.js'
import { imagesSeen, type SeenImage, sharesOf } from './seen.js'

/** The images of the account in the region, whatever their status. */
function ownImages(place: Place): readonly SeenImage[] {
  return imagesSeen(place).filter(({ owner }) => owner === place.account)
}

/** @throws EcsError with the fault when the account has as many images there as it may */
export function checkImageQuota(place: Place, tooMany: Fault): void {
  const limit = place.world.quotas.images
  if (ownImages(place).length < limit) return
  throw refuse(tooMany, { RegionId: place.region, Limit: String(limit) })
}

/**
 * Whether one more image may join a family.
 *
 * @throws EcsError with one of the faults when the family or the number of families is full
 */
export function checkFamilyQuota(
  place: Place,
  family: string,
  faults: { readonly tooManyOfFamily: Fault; readonly tooManyFamilies: Fault },
): void {
  const { imagesPerFamily, imageFamilies } = place.world.quotas
  const families = familiesOf(ownImages(place))
  const members = families.get(family) ?? 0
  const details = { ImageFamily: family, RegionId: place.region }
  if (members >= imagesPerFamily) throw refuse(faults.tooManyOfFamily, details)
  if (members === 0 && families.size >= imageFamilies) throw refuse(faults.tooManyFamilies, details)
}

/** How many images the account shares in the region. */
export function sharedImages(place: Place): number {
  const { catalog, region } = place
  const made = new Set(findRows(catalog, 'share', { Region: region }).map(({ ImageId }) => ImageId))
  return ownImages(place).filter(
    (image) =>
      made.has(image.ImageId) || (image.made === null && sharesOf(catalog, image).length > 0),
  ).length
}
