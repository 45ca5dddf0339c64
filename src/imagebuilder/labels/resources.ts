import type { Transaction } from '../../engine/transaction.js'
import type { Place } from '../base-image.js'
import { findExecution } from '../find-execution.js'
import { findRows, getRow } from '../rows.js'
import { findComponent, findImage } from '../world/find.js'
import type { ResourceType } from './labels.js'

/** Whose a resource is, seen from who asks. */
export type Holder = 'self' | 'other' | 'service'

type Here = Omit<Place, 'catalog'>
type Reads = Pick<Transaction, 'get' | 'catalogGet' | 'catalogFind'>

/** Whose a resource is; undefined when the account sees none of that id in the region. */
export function holderOf(
  tx: Reads,
  type: ResourceType,
  id: string,
  here: Here,
): Holder | undefined {
  switch (type) {
    case 'imagepipeline':
      return isOwn(getRow(tx, 'template', id), here) ? 'self' : undefined
    case 'imagecomponent':
      return isOwn(getRow(tx, 'component', id), here) ? 'self' : holderOfSystem(id, here)
    case 'imagepipelineexecution':
      return findExecution(tx, id, here) ? 'self' : undefined
    case 'image':
      return holderOfImage(tx, id, here)
  }
}

/** The ids of all that an account has of a type in the region. */
export function ownIds(tx: Reads, type: ResourceType, here: Here): readonly string[] {
  const where = { Region: here.region, Account: here.account }
  switch (type) {
    case 'imagepipeline':
      return findRows(tx, 'template', where).map(({ ImagePipelineId }) => ImagePipelineId)
    case 'imagecomponent':
      return [
        ...findRows(tx, 'component', where).map(({ ImageComponentId }) => ImageComponentId),
        ...here.world.components.filter(ofWorld(here)).map((each) => each.ImageComponentId),
      ]
    case 'imagepipelineexecution':
      // Only those with labels: nothing else asks for executions without naming them.
      return tx
        .catalogFind({ kind: 'executionTags' })
        .map(({ key }) => key)
        .filter((id) => findExecution(tx, id, here) !== undefined)
    case 'image':
      return [
        ...findRows(tx, 'image', where).map(({ ImageId }) => ImageId),
        ...here.world.images.filter(ofWorld(here)).map(({ ImageId }) => ImageId),
      ]
  }
}

function isOwn(
  row: { readonly Region: string; readonly Account: string } | undefined,
  { region, account }: Here,
): boolean {
  return row?.Region === region && row.Account === account
}

function ofWorld({ region, account }: Here) {
  return (thing: { readonly owner: string; readonly regions?: readonly string[] }): boolean =>
    thing.owner === account && (thing.regions?.includes(region) ?? true)
}

function holderOfSystem(id: string, { world, region, account }: Here): Holder | undefined {
  const found = findComponent(world, id, region, account)
  return found && (found.owner === account ? 'self' : 'service')
}

function holderOfImage(tx: Reads, id: string, here: Here): Holder | undefined {
  const { world, region, account } = here
  const made = getRow(tx, 'image', id)
  if (made?.Region === region) {
    if (made.Account === account) return 'self'
    return getRow(tx, 'share', `${id}/${account}`) ? 'other' : undefined
  }
  const found = findImage(world, id, region, account)
  if (!found || getRow(tx, 'imageChange', `${region}/${id}`)?.Gone) return undefined
  if (found.owner === account) return 'self'
  return /^\d+$/.test(found.owner) ? 'other' : 'service'
}
