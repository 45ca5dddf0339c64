import type { Transaction } from '../../engine/transaction.js'
import type { Place } from '../base-image.js'
import { checkResourceGroup } from './groups.js'
import { labelsOf, writeLabels } from './labels.js'
import { holderOf } from './resources.js'
import { noSuchResource, resourceTypeOf } from './tags.js'

export interface JoinRequest {
  readonly ResourceType: string
  readonly ResourceId: string
  readonly ResourceGroupId: string
}

/** JoinResourceGroup: the resource leaves the group that it was in. */
export function joinResourceGroup(
  tx: Transaction,
  { ResourceType, ResourceId, ResourceGroupId }: JoinRequest,
  here: Omit<Place, 'catalog'>,
): void {
  const type = resourceTypeOf(ResourceType)
  checkResourceGroup(here, ResourceGroupId)
  if (type === undefined || holderOf(tx, type, ResourceId, here) !== 'self') {
    throw noSuchResource(ResourceId, 'The ResourceId provided does not exist in our records.')
  }
  const resource = { type, id: ResourceId, region: here.region }
  writeLabels(tx, resource, { ...labelsOf(tx, resource), ResourceGroupId })
}
