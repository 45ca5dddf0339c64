import type { Transaction } from '../engine/transaction.js'
import { EcsError } from './errors.js'
import { findExecution } from './find-execution.js'
import { worldHasName } from './images/seen.js'
import { deleteRow, findRows, getRow, insertRow, type Template } from './rows.js'
import type { World } from './world/types.js'

/** A name for images of an account: in each region that gets one, it is unique among them. */
export interface ImageName {
  readonly account: string
  readonly regions: readonly string[]
  readonly name: string
}

/** A name in one region. */
interface NameThere {
  readonly account: string
  readonly region: string
  readonly name: string
}

/**
 * The name that every execution of a template gives its images, if it is always the same, and the
 * regions where they will be. Null when the execution's id makes the name unique.
 */
export function fixedImageName(
  template: Pick<Template, 'Name' | 'Parameters' | 'Region' | 'Account'>,
): ImageName | null {
  const { Name, Parameters, Region, Account } = template
  if (Parameters.AdvancedOptions?.ImageNameSuffix !== 'disable') return null
  return {
    account: Account,
    regions: [...new Set([Region, ...(Parameters.ToRegionId ?? [])])],
    name: Parameters.ImageOptions?.ImageName ?? Name,
  }
}

function nameKey(account: string, region: string, name: string): string {
  return `${account}/${region}/${name}`
}

/**
 * @throws EcsError 400 InvalidImageName.Duplicated when an image has the name in one of the regions,
 *   or an execution that runs is going to make one
 */
export function checkNameIsFree(tx: Transaction, image: ImageName, world: World): void {
  const { account, regions, name } = image
  const region = regions.find((each) => !isNameFree(tx, { account, region: each, name }, world))
  if (region === undefined) return
  throw new EcsError(
    400,
    'InvalidImageName.Duplicated',
    'The specified image name is already in use in the target region. Please try a different one.',
    { ImageName: name, RegionId: region },
  )
}

/** Whether no image of the account has the name in the region, and no execution will make one. */
export function isNameFree(tx: Transaction, image: NameThere, world: World): boolean {
  const { account, region, name } = image
  if (isHeld(tx, image)) return false
  const made = findRows(tx, 'image', { Region: region, ImageName: name })
  if (made.some(({ Account }) => Account === account)) return false
  return !worldHasName(tx, world, image)
}

/** Whether an execution that runs holds the name; a hold of one that has ended is void. */
function isHeld(tx: Transaction, { account, region, name }: NameThere): boolean {
  const holder = getRow(tx, 'imageName', nameKey(account, region, name))
  if (holder !== undefined && tx.get(holder.ExecutionId)?.outcome === null) return true
  const maker = findExecution(tx, executionOfName(name), { region, account })
  return maker?.outcome === null && maker.context.imageName === name
}

/** The name that an execution gives its images when they are not to have all the same. */
export function suffixedName(prefix: string, executionId: string): string {
  return `${prefix}_${executionId}`
}

/** Whose name this is, if it is one of those: it needs no row of its own to be held. */
function executionOfName(name: string): string {
  return name.slice(name.lastIndexOf('_') + 1)
}

/** Holds a name that is always the same for an execution. */
export function reserveName(tx: Transaction, image: ImageName, executionId: string): void {
  for (const region of image.regions) {
    const key = nameKey(image.account, region, image.name)
    if (getRow(tx, 'imageName', key)) tx.catalogWrite(deleteRow('imageName', key))
    tx.catalogWrite(insertRow('imageName', key, { ExecutionId: executionId }))
  }
}
