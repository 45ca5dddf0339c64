import { legacy, tags } from './common.js'
import { operation } from './field.js'
import { missingTag, resourceFields, tooManyTags } from './tag-fields.js'

export const tagResources = operation({
  action: 'TagResources',
  docs: 'Gives tags to resources; a key that one has already gets the new value.',
  fields: {
    ...resourceFields,
    Tag: {
      ...tags('The tags to give.'),
      required: missingTag('Tags'),
      tooMany: tooManyTags,
    },
    ...legacy,
  },
})
