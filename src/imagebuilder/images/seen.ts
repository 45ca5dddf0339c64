import type { Place } from '../place.js'
import {
  type Catalog,
  findRows,
  getRow,
  type Image,
  type ImageChange,
  type ImageTraits,
  type Share,
} from '../rows.js'
import { imageIn, imagesIn } from '../world/find.js'
import type { World, WorldImage } from '../world/types.js'
import { type CommonTraits, commonTraits, traitsOfMade, traitsOfWorld } from './traits.js'

/** An image in a region, wherever it comes from: of the world, of an execution, of a call. */
export interface SeenImage extends ImageTraits {
  readonly ImageId: string
  readonly ImageName: string
  readonly ImageFamily: string
  readonly Region: string
  readonly CreationTime: string
  readonly OSType: 'linux' | 'windows'
  /** `system`, `marketplace`, or an account. */
  readonly owner: string
  readonly Status: 'Creating' | 'Available' | 'UnAvailable' | 'CreateFailed' | 'Deprecated'
  readonly IsPublic: boolean
  readonly IsCopied: boolean
  /** One of the two is there: where the image is kept. */
  readonly made: Image | null
  readonly given: WorldImage | null
}

/** Whom an image is shared with, and since when. */
export type SharedWith = Pick<Share, 'Account' | 'SharedTime'>

/** Every image that the account sees in the region: own, shared, community and public ones. */
export function imagesSeen(place: Place): readonly SeenImage[] {
  const { catalog, world, region, account } = place
  const rows = new Map(
    [
      ...findRows(catalog, 'image', { Region: region, Account: account }),
      ...findRows(catalog, 'share', { Region: region, Account: account }).flatMap(
        ({ ImageId }) => getRow(catalog, 'image', ImageId) ?? [],
      ),
      ...findRows(catalog, 'image', { Region: region, IsPublic: true }),
    ].map((row) => [row.ImageId, row]),
  )
  const common = commonTraits(catalog)
  const changes = changesIn(catalog, region)
  const given = imagesIn(world, region).flatMap(
    (image) => seenOfWorld(image, region, changes.get(image.ImageId)) ?? [],
  )
  return [
    ...[...rows.values()].map((row) => seenOfMade(row, common)),
    ...given.filter((image) => !rows.has(image.ImageId) && maySee(catalog, image, account)),
  ]
}

/** The image, if the account sees it in the region. */
export function imageSeen(place: Place, id: string): SeenImage | undefined {
  const image = imageThere(place, id)
  return image && maySee(place.catalog, image, place.account) ? image : undefined
}

/** The image, if it is in the region and the account's own. */
export function ownImage(place: Place, id: string): SeenImage | undefined {
  const image = imageThere(place, id)
  return image?.owner === place.account ? image : undefined
}

/** Own images of the world by this name, as calls have left them. */
export function worldHasName(
  catalog: Catalog,
  world: World,
  of: { readonly account: string; readonly region: string; readonly name: string },
): boolean {
  const own = imagesIn(world, of.region).filter(({ owner }) => owner === of.account)
  return own.some((image) => {
    const change = getRow(catalog, 'imageChange', `${of.region}/${image.ImageId}`)
    return seenOfWorld(image, of.region, change)?.ImageName === of.name
  })
}

/** Whom an image is shared with, oldest first. */
export function sharesOf(catalog: Catalog, image: SeenImage): readonly SharedWith[] {
  const { made, given, ImageId, Region } = image
  if (made !== null) {
    return findRows(catalog, 'share', { ImageId })
      .map(({ Account, SharedTime }) => ({ Account, SharedTime }))
      .sort((a, b) => order(a.SharedTime, b.SharedTime) || order(a.Account, b.Account))
  }
  const change = getRow(catalog, 'imageChange', `${Region}/${ImageId}`)
  return change?.Shares ?? worldShares(given)
}

function worldShares(given: WorldImage | null): readonly SharedWith[] {
  const SharedTime = given?.CreationTime ?? ''
  return (given?.sharedWith ?? []).map((Account) => ({ Account, SharedTime }))
}

/** The image as a caller names its source. */
export function aliasOf(image: SeenImage, account: string): string {
  if (image.owner === 'system' || image.owner === 'marketplace') return image.owner
  return image.owner === account ? 'self' : 'others'
}

/** Whether instances can be made from it. */
export function isUsable({ Status }: Pick<SeenImage, 'Status'>): boolean {
  return Status === 'Available' || Status === 'Deprecated'
}

function imageThere({ catalog, world, region }: Place, id: string): SeenImage | undefined {
  const row = getRow(catalog, 'image', id)
  if (row?.Region === region) return seenOfMade(row, commonTraits(catalog))
  const image = imageIn(world, id, region)
  return image && seenOfWorld(image, region, getRow(catalog, 'imageChange', `${region}/${id}`))
}

function maySee(catalog: Catalog, image: SeenImage, account: string): boolean {
  if (image.owner === account || image.IsPublic) return true
  if (image.made) return getRow(catalog, 'share', `${image.ImageId}/${account}`) !== undefined
  return sharesOf(catalog, image).some(({ Account }) => Account === account)
}

function changesIn(catalog: Catalog, region: string): ReadonlyMap<string, ImageChange> {
  const changes = findRows(catalog, 'imageChange', { Region: region })
  return new Map(changes.map((change) => [change.ImageId, change]))
}

function seenOfMade(row: Image, common: CommonTraits): SeenImage {
  const { ImageId, ImageName, ImageFamily, Region, CreationTime, OSType } = row
  return {
    ...traitsOfMade(row, common),
    ImageId,
    ImageName,
    ImageFamily,
    Region,
    CreationTime,
    OSType,
    owner: row.Account,
    Status: row.Deprecated === true ? 'Deprecated' : row.Status,
    IsPublic: row.IsPublic === true,
    IsCopied: row.SourceImageId !== '',
    made: row,
    given: null,
  }
}

/** As no call has changed it, by region: the same at every start of a template that is built on it. */
const unchanged = new WeakMap<WorldImage, Map<string, SeenImage>>()

function seenOfWorld(
  image: WorldImage,
  region: string,
  change: ImageChange | undefined,
): SeenImage | undefined {
  if (change !== undefined) return madeSeen(image, region, change)
  const known = unchanged.get(image)?.get(region)
  if (known !== undefined) return known
  const seen = madeSeen(image, region, undefined)
  if (seen === undefined) return undefined
  const byRegion = unchanged.get(image) ?? new Map<string, SeenImage>()
  unchanged.set(image, byRegion.set(region, seen))
  return seen
}

function madeSeen(
  image: WorldImage,
  region: string,
  change: ImageChange | undefined,
): SeenImage | undefined {
  if (change?.Gone === true) return undefined
  const { Deprecated = image.Status === 'Deprecated', IsPublic, ...edit } = change?.Edit ?? {}
  const { ImageId, ImageName, ImageFamily = '', CreationTime, OSType, owner } = image
  const ofAll = owner === 'system' || owner === 'marketplace'
  const status = image.Status === 'UnAvailable' ? 'UnAvailable' : 'Available'
  return {
    ...traitsOfWorld(image),
    ImageId,
    ImageName,
    ImageFamily,
    CreationTime,
    OSType,
    owner,
    ...edit,
    Region: region,
    Status: Deprecated ? 'Deprecated' : status,
    IsPublic: ofAll || (IsPublic ?? image.IsPublic === true),
    IsCopied: false,
    made: null,
    given: image,
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
