import type { Transaction } from '../../engine/transaction.js'
import type { Place } from '../base-image.js'
import { EcsError } from '../errors.js'
import type { Tag } from '../rows.js'
import { type Labels, labelsOf, type ResourceType, resourceTypes, writeLabels } from './labels.js'
import { holderOf } from './resources.js'

type Here = Omit<Place, 'catalog'>

/** How many tags one resource may have. */
const tagsPerResource = 20

/** Types of the service that have nothing here: their ids are not found. */
const otherTypes: ReadonlySet<string> = new Set([
  'instance',
  'disk',
  'snapshot',
  'securitygroup',
  'volume',
  'eni',
  'ddh',
  'ddhcluster',
  'keypair',
  'launchtemplate',
  'reservedinstance',
  'snapshotpolicy',
  'elasticityassurance',
  'capacityreservation',
  'command',
  'invocation',
  'activation',
  'managedinstance',
])

/**
 * A type of the wire, upper and lower case kept apart; undefined for one that has nothing here.
 *
 * @throws EcsError 404 InvalidResourceType.NotFound
 */
export function resourceTypeOf(text: string): ResourceType | undefined {
  const known = resourceTypes.find((type) => type === text)
  if (known !== undefined || otherTypes.has(text)) return known
  throw new EcsError(
    404,
    'InvalidResourceType.NotFound',
    'The ResourceType provided does not exist in our records.',
    { ResourceType: text, Known: resourceTypes.join(', ') },
  )
}

export function noSuchResource(
  id: string,
  message = 'The specified ResourceIds are not found in our records.',
): EcsError {
  return new EcsError(404, 'InvalidResourceId.NotFound', message, { ResourceId: id })
}

/**
 * The resources that a request names, all of them the caller's own.
 *
 * @throws EcsError 404 InvalidResourceType.NotFound, InvalidResourceId.NotFound; 403
 *   InvalidResourceId.NotSupported for what the service owns, NoPermission.Tag for what another
 *   account shares
 */
export function ownResources(
  tx: Transaction,
  request: { readonly ResourceType: string; readonly ResourceId: readonly string[] },
  here: Here,
): { readonly type: ResourceType; readonly ids: readonly string[] } {
  const type = resourceTypeOf(request.ResourceType)
  const ids = [...new Set(request.ResourceId)]
  const [first = ''] = ids
  if (type === undefined) throw noSuchResource(first)
  for (const id of ids) {
    const holder = holderOf(tx, type, id, here)
    if (holder === undefined) throw noSuchResource(id)
    if (holder === 'service') {
      const message = 'The specified ResourceId does not support tagging.'
      throw new EcsError(403, 'InvalidResourceId.NotSupported', message, { ResourceId: id })
    }
    if (holder === 'other') {
      const message = 'The operator is not permission for the tag.'
      throw new EcsError(403, 'NoPermission.Tag', message, { ResourceId: id })
    }
  }
  return { type, ids }
}

export interface TagRequest {
  readonly ResourceType: string
  readonly ResourceId: readonly string[]
  readonly Tag: readonly Tag[]
}

/** TagResources: all of the resources or none. A key that is there gets the new value. */
export function tagResources(tx: Transaction, request: TagRequest, here: Here): void {
  const { type, ids } = ownResources(tx, request, here)
  const { region } = here
  const changes = ids.map((id) => {
    const resource = { type, id, region }
    return { resource, labels: tagged(labelsOf(tx, resource), request.Tag, id) }
  })
  for (const { resource, labels } of changes) writeLabels(tx, resource, labels)
}

function tagged(labels: Labels, added: readonly Tag[], id: string): Labels {
  const tags = new Map(labels.Tag.map((tag) => [tag.Key, tag]))
  for (const tag of added) tags.set(tag.Key, tag)
  const keys = new Set([...tags.keys()].map((key) => key.toLowerCase()))
  if (keys.size < tags.size) {
    const message = 'The TagKey has duplication with others, case-insensitive.'
    throw new EcsError(403, 'TagKey.Duplication', message, { ResourceId: id })
  }
  if (tags.size > tagsPerResource) {
    const message = `The resource ${id} would have ${tags.size} tags, ${tagsPerResource} at most.`
    throw new EcsError(403, 'QuotaExceed.Tags', message, { ResourceId: id })
  }
  return { ...labels, Tag: [...tags.values()] }
}

export interface UntagRequest {
  readonly ResourceType: string
  readonly ResourceId: readonly string[]
  readonly TagKey?: readonly string[]
}

/** UntagResources: takes the keys away, or every tag when no keys are given. */
export function untagResources(tx: Transaction, request: UntagRequest, here: Here): void {
  const { type, ids } = ownResources(tx, request, here)
  const { TagKey: keys } = request
  for (const id of ids) {
    const resource = { type, id, region: here.region }
    const labels = labelsOf(tx, resource)
    const Tag = keys === undefined ? [] : labels.Tag.filter(({ Key }) => !keys.includes(Key))
    if (Tag.length < labels.Tag.length) writeLabels(tx, resource, { ...labels, Tag })
  }
}
