import type { Transaction } from '../../engine/transaction.js'
import type { Place } from '../place.js'
import type { DescribeImageSharePermissionParameters } from '../parameters/describe-image-share-permission.js'
import type { ModifyImageShareGroupPermissionParameters } from '../parameters/modify-image-share-group-permission.js'
import type { ModifyImageSharePermissionParameters } from '../parameters/modify-image-share-permission.js'
import type { Caller } from '../templates.js'
import { accountExists } from '../world/find.js'
import { changeImage, changeShares } from './changes.js'
import { placeOf } from './describe.js'
import { endDryRun, isCreating, noImage, noNamedImage, refuse } from './faults.js'
import { share } from './faults-changing.js'
import { sharedImages } from './quotas.js'
import { ownImage, type SeenImage, type SharedWith, sharesOf } from './seen.js'

/** How many accounts of a list count; the service passes over the rest. */
const accountsPerCall = 10

/** ModifyImageSharePermission: shares an own image, publishes it, or takes either back. */
export function modifySharePermission(
  tx: Transaction,
  asked: ModifyImageSharePermissionParameters,
  caller: Caller,
): void {
  const place = placeOf(tx, asked.RegionId, caller)
  const image = sharable(asked, place)
  const { AddAccount, RemoveAccount, IsPublic } = asked
  if (AddAccount ?? RemoveAccount) {
    const change = accountsChange(asked, image, place)
    endDryRun(asked)
    changeShares(tx, image, change)
    return
  }
  if (IsPublic !== undefined) checkPublic(image, IsPublic)
  endDryRun(asked)
  if (IsPublic !== undefined) changeImage(tx, image, { IsPublic })
}

/** ModifyImageShareGroupPermission: the group `all` stands for IsPublic. */
export function modifyShareGroupPermission(
  tx: Transaction,
  asked: ModifyImageShareGroupPermissionParameters,
  caller: Caller,
): void {
  const image = sharable(asked, placeOf(tx, asked.RegionId, caller))
  const IsPublic = asked.AddGroup !== undefined
  checkPublic(image, IsPublic)
  changeImage(tx, image, { IsPublic })
}

/** Whom an image is shared with: a page, and how many accounts all pages have. */
export interface SharesPage {
  readonly image: SeenImage
  readonly page: readonly SharedWith[]
  readonly total: number
}

/** DescribeImageSharePermission: the accounts in the order in which they came. */
export function describeSharePermission(
  tx: Transaction,
  asked: DescribeImageSharePermissionParameters,
  caller: Caller,
): SharesPage {
  const { RegionId, ImageId, PageNumber, PageSize } = asked
  const image = ownImage(placeOf(tx, RegionId, caller), ImageId)
  if (!image) throw refuse(noNamedImage, { ImageId, RegionId })
  const all = sharesOf(tx, image)
  const page = all.slice((PageNumber - 1) * PageSize, PageNumber * PageSize)
  return { image, page, total: all.length }
}

function sharable(
  { ImageId, RegionId }: { readonly ImageId: string; readonly RegionId: string },
  place: Place,
): SeenImage {
  const image = ownImage(place, ImageId)
  if (!image) throw refuse(noImage, { ImageId, RegionId })
  if (image.Status === 'Creating') throw refuse(isCreating, { ImageId })
  return image
}

/** What becomes of the accounts: one that has the image already, or never had it, is no change. */
function accountsChange(
  { AddAccount = [], RemoveAccount = [] }: ModifyImageSharePermissionParameters,
  image: SeenImage,
  place: Place,
): { readonly add: readonly string[]; readonly remove: readonly string[] } {
  const added = [...new Set(AddAccount.slice(0, accountsPerCall))]
  const removed = [...new Set(RemoveAccount.slice(0, accountsPerCall))]
  const { world, account, catalog } = place
  const unknown = [...added, ...removed].find((each) => !accountExists(world, each))
  if (unknown !== undefined) throw refuse(share.noAccount, { Account: unknown })
  if (added.includes(account)) throw refuse(share.oneself, { Account: account })
  const had = new Set(sharesOf(catalog, image).map(({ Account }) => Account))
  // Who is named in both lists has the image no more.
  const remove = removed.filter((each) => had.has(each))
  const add = added.filter((each) => !had.has(each) && !removed.includes(each))
  if (add.length > 0)
    checkMayAdd(image, place, { before: had.size, after: had.size + add.length - remove.length })
  return { add, remove }
}

function checkMayAdd(
  { ImageId, Status, IsPublic, Encrypted }: SeenImage,
  place: Place,
  { before, after }: { readonly before: number; readonly after: number },
): void {
  const { sharedAccounts, sharedImages: mostImages } = place.world.quotas
  const details = { ImageId, Status }
  if (IsPublic) throw refuse(share.isPublic, details)
  if (Status !== 'Available') throw refuse(share.wrongStatus, details)
  if (Encrypted) throw refuse(share.encrypted, details)
  if (after > sharedAccounts) throw refuse(share.tooManyAccounts, details)
  if (before === 0 && sharedImages(place) >= mostImages) throw refuse(share.tooManyShared, details)
}

/** Publishing what is public, and taking back what is not, are refused. */
function checkPublic({ ImageId, Status, IsPublic, Encrypted }: SeenImage, wanted: boolean): void {
  const details = { ImageId, Status }
  if (!wanted) {
    if (!IsPublic) throw refuse(share.notPublic, details)
    return
  }
  if (IsPublic) throw refuse(share.isPublic, details)
  if (Status !== 'Available') throw refuse(share.wrongStatus, details)
  if (Encrypted) throw refuse(share.encrypted, details)
}
