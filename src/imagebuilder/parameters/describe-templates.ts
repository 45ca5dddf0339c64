import { legacy, malformedName, nameRule, plainText, regionId } from './common.js'
import { fault } from './fault.js'
import { operation } from './field.js'
import { tagFilters } from './tag-filter.js'
import { tokenPageFields } from './token-page.js'

export const describeImagePipelines = operation({
  action: 'DescribeImagePipelines',
  docs: 'Lists templates, newest first.',
  fields: {
    RegionId: regionId,
    ImagePipelineId: {
      type: 'list',
      docs: 'The templates to list; unknown ones are passed over.',
      item: plainText('A template.'),
      max: 20,
      tooMany: fault('InvalidImagePipelineIdSize.ExceededMaxNumber'),
    },
    Name: {
      type: 'text',
      docs: 'The whole name of the templates to list.',
      ...nameRule,
      refused: malformedName,
    },
    Tag: tagFilters('Tags that the templates must have, all of them.'),
    ResourceGroupId: plainText('The resource group that the templates must be in.'),
    ...tokenPageFields,
    ...legacy,
  },
})
