import { legacy } from './common.js'
import { fault } from './fault.js'
import { type Checked, type Fields, operation, type Rule } from './field.js'
import { resourceFields, resourceIds, tooManyTags } from './tag-fields.js'
import { tagFilters } from './tag-filter.js'
import { tokenPageFields } from './token-page.js'

const malformedFilter = fault(
  'InvalidTagFilter.Malformed',
  'The specified TagFilter is not valid.',
  403,
)

const tagFilter = {
  type: 'object',
  docs: 'A tag that the resources must have.',
  fields: {
    TagKey: {
      type: 'text',
      docs: 'Its key; `*` at either end stands for anything, unless there are TagValues.',
      required: malformedFilter,
      max: 128,
      refused: malformedFilter,
    },
    TagValues: {
      type: 'list',
      docs: 'Its value, one of these; `*` at either end stands for anything.',
      item: { type: 'text', docs: 'A value.', max: 128, refused: malformedFilter },
      max: 5,
      tooMany: fault(
        'NumberExceed.TagValues',
        'The number of the specified TagValues is beyond permitted range, the max is 5.',
        403,
      ),
    },
  },
} as const

const wantedTags = tagFilters('Tags that the resources must have, all of them.')

/** A value without its key has a code of its own here. */
const wantedKey = {
  ...wantedTags.item.fields.Key,
  required: fault('InvalidParameter.TagValue', 'The specified parameter Tag.n.Value is not valid.'),
} as const

const fields = {
  RegionId: resourceFields.RegionId,
  ResourceType: resourceFields.ResourceType,
  ResourceId: resourceIds,
  Tag: {
    ...wantedTags,
    item: { ...wantedTags.item, fields: { ...wantedTags.item.fields, Key: wantedKey } },
    tooMany: tooManyTags,
  },
  TagFilter: {
    type: 'list',
    docs: 'Tags that the resources must have, all of them, with wildcards.',
    item: tagFilter,
    max: 5,
    tooMany: malformedFilter,
  },
  NextToken: tokenPageFields.NextToken,
  ...legacy,
} as const satisfies Fields

/** What must hold between the parameters of ListTagResources. */
const rules: readonly Rule<Checked<typeof fields>>[] = [
  {
    says: 'One of ResourceId, Tag and TagFilter is required.',
    name: 'ResourceId',
    fault: fault(
      'BothEmpty.TagsAndResources',
      'The specified Tags and ResourcesIds are not allow to both empty.',
      403,
    ),
    broken: ({ ResourceId, Tag, TagFilter }) =>
      ResourceId === undefined && Tag === undefined && TagFilter === undefined
        ? { reason: 'Give ResourceId, Tag or TagFilter.' }
        : undefined,
  },
  {
    says: 'Tag and TagFilter exclude each other.',
    name: 'TagFilter',
    fault: fault(
      'InvalidTags.MalFormed',
      'The tags must be empty, when the tagFilters is not empty.',
    ),
    broken: ({ Tag, TagFilter }) =>
      Tag !== undefined && TagFilter !== undefined
        ? { reason: 'Give Tag or TagFilter, not both.' }
        : undefined,
  },
  {
    says: 'A TagKey with TagValues has no wildcard.',
    name: 'TagFilter.N.TagKey',
    fault: malformedFilter,
    broken: ({ TagFilter = [] }) =>
      TagFilter.some(({ TagKey, TagValues }) => TagValues !== undefined && TagKey.includes('*'))
        ? { reason: 'With TagValues, TagKey must be a whole key.' }
        : undefined,
  },
]

export const listTagResources = operation({
  action: 'ListTagResources',
  docs: 'Lists the tags of resources.',
  fields,
  rules,
})
