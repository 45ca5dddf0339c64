import type { Transaction } from '../../engine/transaction.js'
import {
  deleteRow,
  findRows,
  getRow,
  type ImageChange,
  type ImageEdit,
  insertRow,
  patchRow,
  type Template,
  timeText,
} from '../rows.js'
import { type SeenImage, sharesOf } from './seen.js'

/**
 * Writes what a call changes of an image. One made here is changed in its row; one of the world
 * keeps its entry there, and what calls have changed stands beside it, so that a file still agrees
 * with the world it was made with.
 */
export function changeImage(tx: Transaction, image: SeenImage, edit: ImageEdit): void {
  if (image.made) tx.catalogWrite(patchRow('image', image.ImageId, edit))
  else writeChange(tx, image, ({ Edit }) => ({ Edit: { ...Edit, ...edit } }))
}

/** Takes an image away with its shares. */
export function removeImage(tx: Transaction, image: SeenImage): void {
  if (!image.made) {
    writeChange(tx, image, () => ({ Gone: true }))
    return
  }
  const { ImageId, ExecutionId } = image.made
  const shares = findRows(tx, 'share', { ImageId })
  tx.catalogWrite(
    deleteRow('image', ImageId),
    ...shares.map(({ Account }) => deleteRow('share', `${ImageId}/${Account}`)),
  )
  const isLast = findRows(tx, 'image', { ExecutionId }, 2).length < 2
  // An execution that lives may still make copies.
  if (isLast && tx.get(ExecutionId)?.outcome !== null) forgetTraits(tx, ExecutionId)
}

/** Says of the images of an execution what its template says of them, before the template goes. */
export function keepTraits(tx: Transaction, executionId: string, { ImageTraits }: Template): void {
  if (ImageTraits === undefined || getRow(tx, 'imageTraits', executionId)) return
  tx.catalogWrite(insertRow('imageTraits', executionId, ImageTraits))
}

/** Forgets what the images of an execution were like, once there are none. */
export function forgetTraits(tx: Transaction, executionId: string): void {
  if (getRow(tx, 'imageTraits', executionId)) tx.catalogWrite(deleteRow('imageTraits', executionId))
}

/** Shares an image with some accounts and no longer with others. */
export function changeShares(
  tx: Transaction,
  image: SeenImage,
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): void {
  const SharedTime = timeText(tx.now)
  const { ImageId, Region } = image
  if (image.made) {
    tx.catalogWrite(
      ...remove.map((Account) => deleteRow('share', `${ImageId}/${Account}`)),
      ...add.map((Account) =>
        insertRow('share', `${ImageId}/${Account}`, { ImageId, Region, Account, SharedTime }),
      ),
    )
    return
  }
  const kept = sharesOf(tx, image).filter(({ Account }) => !remove.includes(Account))
  const Shares = [...kept, ...add.map((Account) => ({ Account, SharedTime }))]
  writeChange(tx, image, () => ({ Shares }))
}

function writeChange(
  tx: Transaction,
  { ImageId, Region }: SeenImage,
  change: (before: ImageChange) => Partial<ImageChange>,
): void {
  const key = `${Region}/${ImageId}`
  const known = getRow(tx, 'imageChange', key)
  const before = known ?? { ImageId, Region, Gone: false, Edit: {}, Shares: null }
  const next = change(before)
  tx.catalogWrite(
    known
      ? patchRow('imageChange', key, next)
      : insertRow('imageChange', key, { ...before, ...next }),
  )
}
