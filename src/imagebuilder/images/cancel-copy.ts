import type { Transaction } from '../../engine/transaction.js'
import type { CancelCopyImageParameters } from '../parameters/cancel-copy-image.js'
import type { Caller } from '../templates.js'
import { findRegion } from '../world/find.js'
import { noImage, refuse } from './faults.js'
import { cancelCopy } from './faults-making.js'
import { ownImage } from './seen.js'

/** CancelCopyImage: a copy that is under way, or waits for its turn, is gone. */
export function cancelCopyImage(
  tx: Transaction,
  { RegionId: region, ImageId }: CancelCopyImageParameters,
  { account, world }: Caller,
): void {
  if (!findRegion(world, region)) throw refuse(cancelCopy.noRegion, { RegionId: region })
  const image = ownImage({ world, catalog: tx, region, account }, ImageId)
  if (!image) throw refuse(noImage, { ImageId, RegionId: region })
  const details = { ImageId, Status: image.Status }
  if (!image.made || !image.IsCopied) throw refuse(cancelCopy.noCopy, details)
  if (image.Status === 'CreateFailed') throw refuse(cancelCopy.failed, details)
  if (image.Status !== 'Creating') throw refuse(cancelCopy.ended, details)
  // A copy that an execution makes ends with that execution.
  if (image.made.ImagePipelineId !== '') throw refuse(cancelCopy.notCancellable, details)
  tx.send(image.made.ExecutionId, { type: 'CANCEL' })
}
