import type { Json } from '../../core/json.js'
import { describeExecution } from '../../imagebuilder/describe.js'
import type { TemplateExecution } from '../../imagebuilder/find-execution.js'
import type { Labels } from '../../imagebuilder/labels/labels.js'
import { tagsShape } from './tags.js'

/**
 * An execution as DescribeImagePipelineExecutions has it. The service does not say what is in
 * ErrorInfo; here it is the text of the error whose code is ErrorCode.
 */
export function executionShape(execution: TemplateExecution, labels: Labels): Json {
  const described = describeExecution(execution)
  const { ErrorCode, Message } = described
  return {
    ExecutionId: described.ExecutionId,
    ImagePipelineId: described.ImagePipelineId,
    Status: described.Status,
    CreationTime: described.CreationTime,
    ModifiedTime: described.ModifiedTime,
    ResourceGroupId: labels.ResourceGroupId,
    ImageId: described.ImageId,
    Message,
    ErrorCode,
    ErrorInfo: ErrorCode === '' ? '' : Message,
    Tags: tagsShape(labels.Tag),
  }
}
