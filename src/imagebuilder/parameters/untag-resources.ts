import { legacy } from './common.js'
import { fault, invalidParameter } from './fault.js'
import { operation } from './field.js'
import { missingTag, resourceFields, tooManyTags } from './tag-fields.js'

export const untagResources = operation({
  action: 'UntagResources',
  docs: 'Takes tags off resources.',
  fields: {
    ...resourceFields,
    TagKey: {
      type: 'list',
      docs: 'The keys of the tags to take off; a key that a resource lacks is passed over.',
      item: {
        type: 'text',
        docs: 'The key of a tag.',
        max: 128,
        refused: fault('InvalidTagKey.Malformed', 'The specified Tag.n.Key is not valid.'),
      },
      max: 20,
      tooMany: tooManyTags,
    },
    All: {
      type: 'boolean',
      docs: 'True takes every tag off; it goes without TagKey only.',
      default: false,
      refused: invalidParameter,
    },
    ...legacy,
  },
  rules: [
    {
      says: 'All goes without TagKey only.',
      name: 'All',
      fault: fault(
        'Param.Conflict',
        'The specified all is true, but the specified TagKey.N is not empty.',
        403,
      ),
      broken: ({ All, TagKey }) =>
        All && TagKey !== undefined ? { reason: 'Give All or TagKey, not both.' } : undefined,
    },
    {
      says: 'TagKey or All is required.',
      name: 'TagKey',
      fault: missingTag('Tags'),
      broken: ({ All, TagKey }) =>
        All || TagKey !== undefined ? undefined : { reason: 'Give TagKey, or All as true.' },
    },
  ],
})
