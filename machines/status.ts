import { type ExecutionContext, type Problem, presentImageId } from './execution-context.js'

/** The twelve values of `Status` on the wire. */
export const executionStatuses = [
  'PREPARING',
  'REPAIRING',
  'BUILDING',
  'TESTING',
  'DISTRIBUTING',
  'RELEASING',
  'SUCCESS',
  'PARTITION_SUCCESS',
  'FAILED',
  'TEST_FAILED',
  'CANCELLING',
  'CANCELLED',
] as const

export type ExecutionStatus = (typeof executionStatuses)[number]

/** An execution in one of these has ended; its template may be started again or deleted. */
export const terminalStatuses: readonly ExecutionStatus[] = [
  'SUCCESS',
  'PARTITION_SUCCESS',
  'FAILED',
  'TEST_FAILED',
  'CANCELLED',
]

/** CancelImagePipelineExecution is legal in these only. */
export const cancellableStatuses: readonly ExecutionStatus[] = [
  'PREPARING',
  'REPAIRING',
  'BUILDING',
]

/** The status of an execution that has ended, read from what it left behind. */
export function outcomeOf(context: ExecutionContext): ExecutionStatus {
  if (context.fatal !== null) return context.fatal.task === 'testImage' ? 'TEST_FAILED' : 'FAILED'
  if (context.image !== 'available') return 'CANCELLED'
  return context.problems.length > 0 ? 'PARTITION_SUCCESS' : 'SUCCESS'
}

/** What the machine gives back at its end. */
export interface ExecutionOutput {
  readonly status: ExecutionStatus
  /** '' when there is no image. */
  readonly imageId: string
  readonly problems: readonly Problem[]
}

/** The output of an execution that has ended. */
export function outputOf(context: ExecutionContext): ExecutionOutput {
  return {
    status: outcomeOf(context),
    imageId: presentImageId(context),
    problems: context.problems,
  }
}
