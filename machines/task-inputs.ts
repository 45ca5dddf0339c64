/** What each single task of an execution is given; those of the fan-outs are in fanout.ts. */
import type { ExecutionContext } from './execution-context.js'
import type {
  BuildImageInput,
  PrepareInstanceInput,
  ReleaseResourcesInput,
  RepairImageInput,
  TestImageInput,
} from './tasks.js'

export function prepareInput(context: ExecutionContext): PrepareInstanceInput {
  const { executionId, templateId, region, account, baseImage, instanceType } = context
  return { executionId, templateId, region, account, baseImage, instanceType }
}

export function repairInput(context: ExecutionContext): RepairImageInput {
  const { executionId, templateId, region, baseImage, repairMode } = context
  return { executionId, templateId, region, baseImage, repairMode }
}

export function buildInput(context: ExecutionContext): BuildImageInput {
  const { executionId, templateId, region, imageId, imageName, baseImage } = context
  return { executionId, templateId, region, imageId, imageName, baseImage }
}

export function testInput(context: ExecutionContext): TestImageInput {
  const { executionId, templateId, region, imageId } = context
  return { executionId, templateId, region, imageId }
}

/**
 * The instance is kept only where the template asks for it and the run failed. One that could not
 * even start is released all the same: so the service describes DeleteInstanceOnFailure.
 */
export function releaseInput(context: ExecutionContext): ReleaseResourcesInput {
  const { executionId, region, deleteInstanceOnFailure, fatal } = context
  const failedOnInstance = fatal !== null && fatal.task !== 'prepareInstance'
  return {
    executionId,
    region,
    deleteInstanceOnFailure,
    keepInstance: failedOnInstance && !deleteInstanceOnFailure,
  }
}
