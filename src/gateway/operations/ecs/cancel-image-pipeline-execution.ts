import { cancelExecution } from '../../../imagebuilder/executions.js'
import { templateIdOf } from '../../../imagebuilder/find-execution.js'
import { cancelImagePipelineExecution as request } from '../../../imagebuilder/parameters/cancel-execution.js'
import { fault } from '../../../imagebuilder/parameters/fault.js'
import { never, noSuchRegion } from '../../documented.js'
import { wireOperation } from '../../operation.js'

export const cancelImagePipelineExecution = wireOperation({
  product: 'Ecs',
  request,
  kind: 'write',
  access: {
    action: 'ecs:CancelImagePipelineExecution',
    resources: ({ ExecutionId }, tx) => [`imagepipeline/${templateIdOf(tx, ExecutionId) ?? '*'}`],
  },
  errors: [
    fault(
      'InvalidStatus.CancelFailed',
      'Failed to cancel execution,status is success, failed or cancelled.',
    ),
    fault('InvalidStatus.ImagePipelineExecution', undefined, 403),
    fault(
      'InvalidImagePipelineExecutionId.NotFound',
      'The specified ImagePipelineExecutionId does not exist.',
      404,
    ),
    ...never(
      'the newer InvalidImagePipelineExecutionId.NotFound says the same',
      fault('InvalidImagePipelineExecution.NotFound', undefined, 404),
    ),
    noSuchRegion,
  ],
  sample: {},
  run(tx, { parameters, caller }) {
    cancelExecution(tx, parameters, caller)
    return {}
  },
})
