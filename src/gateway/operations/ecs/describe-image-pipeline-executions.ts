import { checkRegion } from '../../../imagebuilder/checks.js'
import { labelsOf } from '../../../imagebuilder/labels/labels.js'
import {
  executionIdsOf,
  listExecutions,
  statusesOf,
} from '../../../imagebuilder/lists/executions.js'
import { describeImagePipelineExecutions as request } from '../../../imagebuilder/parameters/describe-executions.js'
import { fault } from '../../../imagebuilder/parameters/fault.js'
import { noSuchRegion, noSuchTemplate } from '../../documented.js'
import { wireOperation } from '../../operation.js'
import { executionShape } from '../../shapes/execution.js'

export const describeImagePipelineExecutions = wireOperation({
  product: 'Ecs',
  request,
  kind: 'read',
  access: {
    action: 'ecs:DescribeImagePipelineExecutions',
    resources: ({ ImagePipelineId, ExecutionId }) => [
      ...(ImagePipelineId === undefined ? [] : [`imagepipeline/${ImagePipelineId}`]),
      ...(executionIdsOf(ExecutionId) ?? []).map((id) => `imagepipelineexecution/${id}`),
    ],
  },
  errors: [
    fault('InvalidParameter.Status'),
    fault('InvalidExecutionId.SizeExceeded'),
    noSuchTemplate,
    noSuchRegion,
  ],
  sample: {
    ImagePipelineExecution: {
      ImagePipelineExecutionSet: [
        {
          ExecutionId: 'exec-5fb8facb8ed7427c0a1b',
          ImagePipelineId: 'ip-2ze5tsl5bp6nf2b3a1c4',
          Status: 'BUILDING',
          CreationTime: '2026-01-05T02:00:00Z',
          ModifiedTime: '2026-01-05T02:01:00Z',
          ResourceGroupId: '',
          ImageId: 'm-2ze0b1c2d3e4f5g6h7i8',
          Message: 'Building the image.',
          ErrorCode: '',
          ErrorInfo: '',
          Tags: { Tag: [] },
        },
      ],
    },
    TotalCount: 1,
    MaxResults: 50,
    NextToken: '',
  },
  run(tx, { parameters, caller, pages }) {
    const { RegionId: region, MaxResults } = parameters
    checkRegion(caller, region)
    const { rows, total, next } = listExecutions(
      tx,
      {
        templateId: parameters.ImagePipelineId,
        ids: executionIdsOf(parameters.ExecutionId),
        statuses: statusesOf(parameters.Status),
        tags: parameters.Tag,
      },
      { ...caller, region },
      { cursor: pages.cursor, size: MaxResults },
    )
    return {
      ImagePipelineExecution: {
        ImagePipelineExecutionSet: rows.map((execution) => {
          const resource = { type: 'imagepipelineexecution', id: execution.id, region } as const
          return executionShape(execution, labelsOf(tx, resource))
        }),
      },
      TotalCount: total,
      MaxResults,
      NextToken: pages.next(next),
    }
  },
})
