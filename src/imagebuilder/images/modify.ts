import type { Transaction } from '../../engine/transaction.js'
import type { Place } from '../place.js'
import { isNameFree } from '../image-names.js'
import type { ModifyImageAttributeParameters } from '../parameters/modify-image-attribute.js'
import type { ImageEdit } from '../rows.js'
import type { Caller } from '../templates.js'
import { isInUse } from '../world/find.js'
import { changeImage } from './changes.js'
import { placeOf } from './describe.js'
import { endDryRun, isCreating, noImage, refuse } from './faults.js'
import { modify } from './faults-changing.js'
import { checkFamilyQuota } from './quotas.js'
import { ownImage, type SeenImage, sharesOf } from './seen.js'
import { canBoot } from './traits.js'

/** ModifyImageAttribute: all of what is asked for, or nothing. */
export function modifyImage(
  tx: Transaction,
  asked: ModifyImageAttributeParameters,
  caller: Caller,
): void {
  const { RegionId, ImageId } = asked
  const place = placeOf(tx, RegionId, caller)
  const image = ownImage(place, ImageId)
  if (!image) throw refuse(noImage, { ImageId, RegionId })
  if (image.Status === 'Creating') throw refuse(isCreating, { ImageId })
  const edit = {
    ...nameEdit(tx, asked, image, place),
    ...familyEdit(asked, image, place),
    ...statusEdit(asked, image, place),
    ...bootEdit(asked, image, place),
    ...featureEdit(asked, image),
    ...(asked.Description === undefined ? {} : { Description: asked.Description }),
    ...(asked.LicenseType === undefined ? {} : { LicenseType: asked.LicenseType }),
  }
  endDryRun(asked)
  if (Object.keys(edit).length > 0) changeImage(tx, image, edit)
}

type Asked = ModifyImageAttributeParameters

function nameEdit(
  tx: Transaction,
  { ImageName }: Asked,
  image: SeenImage,
  { account, region, world }: Place,
): ImageEdit {
  if (ImageName === undefined || ImageName === image.ImageName) return {}
  if (isNameFree(tx, { account, region, name: ImageName }, world)) return { ImageName }
  throw refuse(modify.nameTaken, { ImageName, RegionId: region })
}

function familyEdit({ ImageFamily }: Asked, image: SeenImage, place: Place): ImageEdit {
  if (ImageFamily === undefined || ImageFamily === image.ImageFamily) return {}
  checkFamilyQuota(place, ImageFamily, modify)
  return { ImageFamily }
}

/** Only what is available can be deprecated, and only if it is not shared. */
function statusEdit({ Status }: Asked, image: SeenImage, { catalog }: Place): ImageEdit {
  if (Status === undefined) return {}
  const details = { ImageId: image.ImageId, Status: image.Status }
  if (Status === 'Available') {
    if (image.Status !== 'Deprecated') throw refuse(modify.notDeprecated, details)
    return { Deprecated: false }
  }
  if (image.Status !== 'Available') throw refuse(modify.notAvailable, details)
  if (sharesOf(catalog, image).length > 0) throw refuse(modify.shared, details)
  return { Deprecated: true }
}

function bootEdit(
  { BootMode }: Asked,
  { ImageId, Architecture, BootMode: before }: SeenImage,
  { world, region, account }: Place,
): ImageEdit {
  if (BootMode === undefined || BootMode === before) return {}
  if (!canBoot(Architecture, BootMode)) throw refuse(modify.bootMode, { Architecture, BootMode })
  if (isInUse(world, ImageId, region, account)) throw refuse(modify.inUse, { ImageId })
  return { BootMode }
}

/** The access to metadata gets stricter only. */
function featureEdit({ Features }: Asked, { ImageId, ImdsSupport: before }: SeenImage): ImageEdit {
  const { NvmeSupport, ImdsSupport } = Features ?? {}
  if (ImdsSupport === 'v1' && before === 'v2') throw refuse(modify.backToV1, { ImageId })
  return {
    ...(NvmeSupport === undefined ? {} : { NvmeSupport }),
    ...(ImdsSupport === undefined ? {} : { ImdsSupport }),
  }
}
