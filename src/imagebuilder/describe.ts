import type { executionMachine } from '../../machines/execution.js'
import { type ExecutionSnapshot, type ExecutionView, view } from '../../machines/view.js'
import type { Execution } from '../engine/types.js'
import { timeText } from './rows.js'

/** An execution as DescribeImagePipelineExecutions has it. */
export interface DescribedExecution extends ExecutionView {
  readonly ExecutionId: string
  readonly ImagePipelineId: string
  readonly RegionId: string
  readonly CreationTime: string
  readonly ModifiedTime: string
}

/** What callers see of an execution. */
export function describeExecution(
  execution: Execution<typeof executionMachine>,
): DescribedExecution {
  const { context, outcome } = execution
  const status = outcome === null ? 'active' : outcome === 'failed' ? 'error' : 'done'
  const snapshot = { value: execution.value, context, status, error: execution.error }
  const seen = view(snapshot as ExecutionSnapshot)
  const forced = outcome === 'cancelled'
  return {
    ExecutionId: execution.id,
    ImagePipelineId: context.templateId,
    RegionId: context.region,
    ...seen,
    ...(forced ? { Status: 'CANCELLED', Message: 'The execution was ended by force.' } : {}),
    CreationTime: timeText(execution.startedAt),
    ModifiedTime: timeText(execution.updatedAt),
  }
}
