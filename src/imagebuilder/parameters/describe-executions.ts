import { legacy, plainText, regionId } from './common.js'
import { fault } from './fault.js'
import { operation } from './field.js'
import { tagFilters } from './tag-filter.js'
import { tokenPageFields } from './token-page.js'

const missingTemplate = fault(
  'MissingParameter.ImagePipelineId',
  'The specified parameter ImagePipelineId should not be empty.',
)

export const describeImagePipelineExecutions = operation({
  action: 'DescribeImagePipelineExecutions',
  docs: 'Lists executions, newest first.',
  fields: {
    RegionId: regionId,
    ImagePipelineId: plainText('The template whose executions to list.'),
    ExecutionId: plainText('The execution to list, or up to 20 of them between commas.'),
    Status: plainText('The statuses that the executions may have, between commas.'),
    Tag: tagFilters('Tags that the executions must have, all of them.'),
    ...tokenPageFields,
    ...legacy,
  },
  rules: [
    {
      says: 'ImagePipelineId or ExecutionId is required.',
      name: 'ImagePipelineId',
      fault: missingTemplate,
      broken: ({ ImagePipelineId, ExecutionId }) =>
        ImagePipelineId === undefined && ExecutionId === undefined
          ? { reason: 'Give an ImagePipelineId, an ExecutionId, or both.' }
          : undefined,
    },
  ],
})
