/** What callers see of an execution: four fields of the wire, derived from its snapshot. */
import { type ExecutionContext, type Problem, presentImageId } from './execution-context.js'
import { shareTasks } from './fanout.js'
import { type Fault, faultOf } from './fault.js'
import { type ExecutionStatus, outcomeOf } from './status.js'

/** The state of an execution, as xstate writes it. */
export type ExecutionState =
  | { create: 'preparing' | 'repairing' | 'building' | 'testing' }
  | 'copy'
  | 'share'
  | 'release'
  | 'cancel'
  | 'done'
  | 'failed'
  | 'cancelled'

/** A snapshot as persisted: plain JSON, or the live one. */
export interface ExecutionSnapshot {
  readonly value: ExecutionState
  readonly context: ExecutionContext
  readonly status: 'active' | 'done' | 'error' | 'stopped'
  /** What the machine itself broke on, when `status` is `error`. */
  readonly error?: unknown
}

/** The fields of DescribeImagePipelineExecutions that follow from the state. */
export interface ExecutionView {
  Status: ExecutionStatus
  /** The image of the template's region; '' until its building begins and after it is gone. */
  ImageId: string
  /** Of the fatal failure, else of the first that was collected, else the progress. */
  Message: string
  /** '' when nothing has failed. */
  ErrorCode: string
}

/** The status alone. */
export function statusIn({ value, context, status }: ExecutionSnapshot): ExecutionStatus {
  if (status === 'error') return 'FAILED'
  return statuses[typeof value === 'object' ? value.create : value] ?? outcomeOf(context)
}

/** Total over every state that the machine reaches, and over a machine that ended in an error. */
export function view(snapshot: ExecutionSnapshot): ExecutionView {
  const { value, context } = snapshot
  const state = typeof value === 'object' ? value.create : value
  const failure = snapshot.status === 'error' ? faultOf(snapshot.error) : failureOf(context)
  return {
    Status: statusIn(snapshot),
    ImageId: presentImageId(context),
    Message: failure?.message ?? progressOf(state, context),
    ErrorCode: failure?.code ?? '',
  }
}

type StateName = Exclude<ExecutionState, object> | Extract<ExecutionState, object>['create']

/** By state; null where the status depends on how the execution went. */
const statuses: Record<StateName, ExecutionStatus | null> = {
  preparing: 'PREPARING',
  repairing: 'REPAIRING',
  building: 'BUILDING',
  testing: 'TESTING',
  copy: 'DISTRIBUTING',
  share: 'DISTRIBUTING',
  release: 'RELEASING',
  cancel: 'CANCELLING',
  done: null,
  failed: null,
  cancelled: null,
}

function failureOf({ fatal, problems }: ExecutionContext): Fault | null {
  if (fatal !== null) return fatal
  const [first] = problems
  return first === undefined ? null : { code: first.code, message: messageOf(first) }
}

/** A collected failure names its place: nothing else on the wire does. */
function messageOf(problem: Problem): string {
  switch (problem.stage) {
    case 'copy':
      return `Copying to ${problem.region} failed: ${problem.message}`
    case 'share': {
      const names = problem.accounts.join(', ')
      return `Sharing in ${problem.region} with ${names} failed: ${problem.message}`
    }
    case 'release':
      return `Releasing the temporary resources failed: ${problem.message}`
    case 'cancel':
      return `Cancelled, but releasing the temporary resources failed: ${problem.message}`
  }
}

const sentences = {
  preparing: 'Preparing an instance to build on.',
  repairing: 'Repairing the base image.',
  building: 'Building the image.',
  testing: 'Testing the image.',
  release: 'Releasing the temporary resources.',
  cancel: 'Cancelling, and releasing the temporary resources.',
  failed: 'The execution failed.',
  cancelled: 'The execution was cancelled.',
}

function progressOf(state: StateName, context: ExecutionContext): string {
  const { accounts, copied, copies, outstanding } = context
  switch (state) {
    case 'copy':
      return `Copied ${copied.length} of ${count(copies.length, 'region')}.`
    case 'share': {
      const all = shareTasks(context).length
      return `Shared ${all - outstanding.length} of ${count(all, 'batch', 'es')} of accounts.`
    }
    case 'done': {
      const regions = count(copied.length + 1, 'region')
      return `The image is in ${regions}, shared with ${count(accounts.length, 'account')}.`
    }
    default:
      return sentences[state]
  }
}

function count(n: number, noun: string, plural = 's'): string {
  return `${n} ${noun}${n === 1 ? '' : plural}`
}
