import type { Transaction } from '../engine/transaction.js'
import { EcsError } from './errors.js'
import { deleteRow, findRows, getRow, insertRow } from './rows.js'

/** An image's name, which is unique among the images of an account in a region. */
export interface ImageName {
  readonly account: string
  readonly region: string
  readonly name: string
}

function nameKey({ account, region, name }: ImageName): string {
  return `${account}/${region}/${name}`
}

/**
 * @throws EcsError 400 InvalidImageName.Duplicated when an image has the name, or an execution that
 *   runs is going to make one
 */
export function checkNameIsFree(tx: Transaction, image: ImageName): void {
  const { account, region, name } = image
  const images = findRows(tx, 'image', { Region: region, ImageName: name })
  const holder = getRow(tx, 'imageName', nameKey(image))
  const held = holder !== undefined && tx.get(holder.ExecutionId)?.outcome === null
  if (!held && images.every(({ Account }) => Account !== account)) return
  throw new EcsError(
    400,
    'InvalidImageName.Duplicated',
    'The specified image name is already in use in the target region. Please try a different one.',
    { ImageName: name, RegionId: region },
  )
}

/** Holds the name for an execution; a hold of an execution that has ended is void. */
export function reserveName(tx: Transaction, image: ImageName, executionId: string): void {
  const key = nameKey(image)
  if (getRow(tx, 'imageName', key)) tx.catalogWrite(deleteRow('imageName', key))
  tx.catalogWrite(insertRow('imageName', key, { ExecutionId: executionId }))
}
