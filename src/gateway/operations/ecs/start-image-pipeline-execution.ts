import { startExecution } from '../../../imagebuilder/executions.js'
import { fault } from '../../../imagebuilder/parameters/fault.js'
import { startImagePipelineExecution as request } from '../../../imagebuilder/parameters/start-execution.js'
import {
  never,
  noSuchTemplate,
  templateContentErrors,
  templateWorldErrors,
  tokenMismatch,
} from '../../documented.js'
import { wireOperation } from '../../operation.js'

export const startImagePipelineExecution = wireOperation({
  product: 'Ecs',
  request,
  kind: 'write',
  access: {
    action: 'ecs:StartImagePipelineExecution',
    resources: ({ ImagePipelineId }) => [`imagepipeline/${ImagePipelineId}`],
  },
  errors: [
    fault('InvalidImagePipeline.HasRunningExecution', undefined, 403),
    noSuchTemplate,
    fault(
      'InvalidImagePipeline.BaseImageNotFound',
      'The BaseImage of the specified ImagePipeline is not found.',
      404,
    ),
    ...templateWorldErrors,
    ...templateContentErrors,
    tokenMismatch,
    ...never(
      'files in OSS are not looked at',
      fault('InvalidImagePipeline.OSSObjectNotAuthorized', undefined, 403),
      fault('InvalidImagePipeline.OSSObjectNeedRestore', undefined, 403),
      fault('InvalidOperation.NoRightAccessOSS', undefined, 403),
      fault('InvalidImagePipeline.OSSObjectNotFound', undefined, 404),
    ),
    // Of no request's own making: set a fault to get it.
    fault('StartImagePipelineExecution.Failed', 'Start image pipeline execution failed.', 500),
  ],
  sample: { ExecutionId: 'exec-5fb8facb8ed7427c0a1b' },
  run: (tx, { parameters, caller }) => startExecution(tx, parameters, caller),
})
