import type { Transaction } from '../../engine/transaction.js'
import type { Place } from '../base-image.js'
import { EcsError } from '../errors.js'
import type { Tag } from '../rows.js'
import { isDefaultGroup } from '../world/find.js'
import { type FuzzyTagFilter, hasTags, hasTagsLike, type TagFilter } from './filter.js'
import { labelsOf, type ResourceType } from './labels.js'
import { ownIds } from './resources.js'
import { ownResources, resourceTypeOf } from './tags.js'

/** The key by which ListTagResources asks for a resource group in place of a tag. */
const groupKey = 'acs:rm:rgId'

export interface TagQuery {
  readonly ResourceType: string
  readonly ResourceId?: readonly string[]
  readonly Tag?: readonly TagFilter[]
  readonly TagFilter?: readonly FuzzyTagFilter[]
}

/** One tag of one resource. */
export interface TagEntry {
  readonly ResourceType: string
  readonly ResourceId: string
  readonly TagKey: string
  readonly TagValue: string
}

/** ListTagResources: every tag of the resources that match, by id and key. */
export function listTags(
  tx: Transaction,
  query: TagQuery,
  here: Omit<Place, 'catalog'>,
): readonly TagEntry[] {
  const group = groupOf(query, here)
  const found = resourcesOf(tx, query, here)
  if (found.type === undefined) return []
  const { type } = found
  return [...found.ids].sort(byText).flatMap((ResourceId) => {
    const labels = labelsOf(tx, { type, id: ResourceId, region: here.region })
    if (group !== undefined) {
      const isIn = labels.ResourceGroupId === group
      return isIn ? [entryOf(type, ResourceId, { Key: groupKey, Value: group })] : []
    }
    if (!hasTags(labels, query.Tag) || !hasTagsLike(labels, query.TagFilter)) return []
    return [...labels.Tag]
      .sort((a, b) => byText(a.Key, b.Key))
      .map((tag) => entryOf(type, ResourceId, tag))
  })
}

function entryOf(ResourceType: ResourceType, ResourceId: string, { Key, Value }: Tag): TagEntry {
  return { ResourceType, ResourceId, TagKey: Key, TagValue: Value }
}

function resourcesOf(
  tx: Transaction,
  { ResourceType, ResourceId }: TagQuery,
  here: Omit<Place, 'catalog'>,
): { readonly type: ResourceType | undefined; readonly ids: readonly string[] } {
  if (ResourceId !== undefined) return ownResources(tx, { ResourceType, ResourceId }, here)
  const type = resourceTypeOf(ResourceType)
  return { type, ids: type === undefined ? [] : ownIds(tx, type, here) }
}

/** @throws EcsError 400 for a group beside tags, and for the default group */
function groupOf(
  { Tag = [] }: TagQuery,
  { world, account }: Omit<Place, 'catalog'>,
): string | undefined {
  const asked = Tag.find(({ Key }) => Key === groupKey)
  if (asked === undefined) return undefined
  if (Tag.length > 1) {
    throw new EcsError(
      400,
      'InvalidTag.NotSupported',
      'You can only specify Tag for either resource tag or resource group.',
    )
  }
  const { Value = '' } = asked
  if (Value === '' || isDefaultGroup(world, Value, account)) {
    throw new EcsError(
      400,
      'InvalidDefaultResourceGroup.NotSupported',
      'The specified parameter Tag is not support for default resource group.',
    )
  }
  return Value
}

/** By UTF-16 unit, so that a page can go on after a text by comparing. */
function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
