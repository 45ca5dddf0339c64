import type { Place } from '../place.js'
import { findRows } from '../rows.js'
import { aliasOf, imageSeen, imagesSeen, type SeenImage } from './seen.js'

/**
 * The newest available image of a family, of equals the last. Own images come before those of the
 * service, those before what others share, and community images last: nobody may slip an image into
 * a family that is not theirs.
 */
export function newestOfFamily(place: Place, family: string): SeenImage | undefined {
  const own = ownOfFamily(place, family)
  if (own) return own
  const all = imagesSeen(place).filter((image) => isOf(image, family))
  const best = Math.min(...all.map((image) => rank(image, place.account)))
  return newest(all.filter((image) => rank(image, place.account) === best))
}

/** The families of an account's own images in a region, with how many images each has. */
export function familiesOf(images: readonly SeenImage[]): ReadonlyMap<string, number> {
  const families = new Map<string, number>()
  for (const { ImageFamily } of images) {
    if (ImageFamily !== '') families.set(ImageFamily, (families.get(ImageFamily) ?? 0) + 1)
  }
  return families
}

/** Looked up by family alone, as every start of a template may ask. */
function ownOfFamily(place: Place, family: string): SeenImage | undefined {
  const { catalog, region, account, world } = place
  const rows = findRows(catalog, 'image', {
    Region: region,
    Account: account,
    ImageFamily: family,
    Status: 'Available',
  })
  const ids = [
    ...world.images.filter(({ owner }) => owner === account).map(({ ImageId }) => ImageId),
    ...rows.map(({ ImageId }) => ImageId),
  ]
  const images = ids.flatMap((id) => imageSeen(place, id) ?? [])
  return newest(images.filter((image) => image.owner === account && isOf(image, family)))
}

function isOf({ ImageFamily, Status }: SeenImage, family: string): boolean {
  return ImageFamily === family && Status === 'Available'
}

function rank(image: SeenImage, account: string): number {
  const alias = aliasOf(image, account)
  if (alias === 'self') return 0
  if (alias !== 'others') return 1
  return image.IsPublic ? 3 : 2
}

function newest(images: readonly SeenImage[]): SeenImage | undefined {
  return images.reduce<SeenImage | undefined>(
    (best, image) => (best && best.CreationTime > image.CreationTime ? best : image),
    undefined,
  )
}
