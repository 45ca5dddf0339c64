import type { Transaction } from '../../engine/transaction.js'
import { commonTraits } from '../images/traits.js'
import { type Catalog, getRow, insertRow, patchRow, type StoredLabels } from '../rows.js'

interface ImageIn {
  readonly id: string
  readonly region: string
}

/** The labels of an image: its own, else those that all images of its execution have. */
export function imageLabels(from: Catalog, { id, region }: ImageIn): StoredLabels | undefined {
  const image = getRow(from, 'image', id)
  if (!image) return getRow(from, 'imageChange', `${region}/${id}`)?.Edit
  const traits = commonTraits(from)(image)
  const { Tag = traits?.Tag, ResourceGroupId = traits?.ResourceGroupId } = image
  return {
    ...(Tag === undefined ? {} : { Tag }),
    ...(ResourceGroupId === undefined ? {} : { ResourceGroupId }),
  }
}

/** Gives an image labels of its own; one of the world has them in the row of what calls changed. */
export function writeImageLabels(
  tx: Pick<Transaction, 'catalogGet' | 'catalogFind' | 'catalogWrite'>,
  { id, region }: ImageIn,
  labels: Required<StoredLabels>,
): void {
  if (getRow(tx, 'image', id)) {
    tx.catalogWrite(patchRow('image', id, { ...labels }))
    return
  }
  const key = `${region}/${id}`
  const change = getRow(tx, 'imageChange', key)
  const Edit = { ...change?.Edit, ...labels }
  tx.catalogWrite(
    change
      ? patchRow('imageChange', key, { Edit })
      : insertRow('imageChange', key, {
          ImageId: id,
          Region: region,
          Gone: false,
          Edit,
          Shares: null,
        }),
  )
}
