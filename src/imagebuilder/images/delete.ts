import type { Transaction } from '../../engine/transaction.js'
import type { DeleteImageParameters } from '../parameters/delete-image.js'
import type { Caller } from '../templates.js'
import { isInUse } from '../world/find.js'
import { removeImage } from './changes.js'
import { placeOf } from './describe.js'
import { endDryRun, isCreating, noImage, refuse } from './faults.js'
import { remove } from './faults-changing.js'
import { imageSeen, type SeenImage, sharesOf } from './seen.js'

/**
 * DeleteImage. A custom image that is not there is passed over, as the service says; what is there
 * and not the caller's own, or could never be, is not found.
 */
export function deleteImage(tx: Transaction, asked: DeleteImageParameters, caller: Caller): void {
  const { RegionId, ImageId } = asked
  const place = placeOf(tx, RegionId, caller)
  const image = imageSeen(place, ImageId)
  if (!image && ImageId.startsWith('m-')) {
    endDryRun(asked)
    return
  }
  if (image?.owner !== caller.account) throw refuse(noImage, { ImageId, RegionId })
  const details = { ImageId, RegionId, Status: image.Status }
  checkIsDone(tx, image)
  if (image.IsPublic) throw refuse(remove.isPublic, details)
  if (sharesOf(tx, image).length > 0) throw refuse(remove.shared, details)
  if (!asked.Force && isInUse(caller.world, ImageId, RegionId, caller.account)) {
    throw refuse(remove.inUse, details)
  }
  endDryRun(asked)
  removeImage(tx, image)
}

/** An execution that lives still writes to its images, whatever their own status. */
function checkIsDone(tx: Transaction, { ImageId, made, Status, IsCopied }: SeenImage): void {
  if (made === null || Status === 'CreateFailed') return
  if (tx.get(made.ExecutionId)?.outcome !== null) return
  const details = { ImageId, Status }
  throw refuse(Status === 'Creating' && IsCopied ? remove.beingCopied : isCreating, details)
}
