import type { executionMachine } from '../../../machines/execution.js'
import type { ExecutionStatus } from '../../../machines/status.js'
import { type ExecutionSnapshot, view } from '../../../machines/view.js'
import { formatDuration } from '../../core/duration.js'
import { type AttemptRecord, type StepRecord, stopEvent } from '../../core/history.js'
import type { Json } from '../../core/json.js'
import type { RecordRow } from '../../core/ports.js'
import type { Execution } from '../../engine/types.js'
import { type Clause, clause } from './clauses.js'

type Run = Execution<typeof executionMachine>

/** The status of an execution when its state had this value. */
function statusAt(value: Json, execution: Run): ExecutionStatus {
  const snapshot = { value, context: execution.context, status: 'active' }
  return view(snapshot as unknown as ExecutionSnapshot).Status
}

/** What a record tells, in a few words, and the status that it led to. */
export interface Told {
  readonly clauses: readonly Clause[]
  readonly status: ExecutionStatus | null
}

interface Context {
  /** The state value before the record; null for the first. */
  readonly before: Json
  readonly execution: Run
  /** From when offsets count, in milliseconds. */
  readonly start: number
}

/** Tells a record for people. */
export function tell(record: RecordRow, { before, execution, start }: Context): Told {
  if (record.kind === 'attempt') return { clauses: [attempt(record, start)], status: null }
  if (record.kind === 'migration') {
    return { clauses: [clause('moved to another version')], status: null }
  }
  const { event, value } = JSON.parse(record.body) as StepRecord
  if (event.type === stopEvent) {
    return { clauses: [clause('ended by force; CANCELLED')], status: 'CANCELLED' }
  }
  const end = endOf(event)
  if (JSON.stringify(value) === JSON.stringify(before)) {
    return { clauses: [end ?? clause(event.type)], status: null }
  }
  const status = statusAt(value, execution)
  const led = clause(stageText(value, status, execution))
  return { clauses: end === null ? [led] : [end, led], status }
}

function attempt(record: RecordRow, start: number): Clause {
  const { task, attempt: n, phase, error, retryAt } = JSON.parse(record.body) as AttemptRecord
  if (phase === 'slot') return clause('', task, ' got a slot')
  if (phase === 'started') return clause('', task, ` attempt ${n} started`)
  if (phase === 'lost') return clause('', task, ` attempt ${n} was lost`)
  const again = retryAt === undefined ? '' : `, again at +${formatDuration(retryAt - start)}`
  return clause('', task, ` attempt ${n} failed: ${error?.code ?? error?.name}${again}`)
}

/** The end of a task that is worth a word of its own: a copy, a share, a failure. */
function endOf(event: { readonly type: string; readonly [key: string]: Json }): Clause | null {
  const match = /^xstate\.(done|error)\.actor\.(.+)$/.exec(event.type)
  if (!match) return event.type === 'CANCEL' ? clause('cancel') : null
  const [, how, task = ''] = match
  if (how === 'error') {
    const { code, name, message = '' } = event['error'] as Record<string, string>
    return clause('', task, ` failed for good: ${code ?? name}, ${message.replace(/\.$/, '')}`)
  }
  const [what, region = ''] = task.split('.')
  if (what === 'copy') return clause('copied to ', region)
  if (what !== 'share') return null
  const output = event['output'] as { readonly failed?: readonly { account: string }[] } | null
  const failed = (output?.failed ?? []).map(({ account }) => account)
  const but = failed.length === 0 ? '' : `, but not with ${failed.join(', ')}`
  return clause('shared in ', region, but)
}

function stageText(value: Json, status: ExecutionStatus, { context }: Run): string {
  if (value === 'copy') return `${status}, copying to ${regions(context.copies.length)}`
  if (value === 'share') return `${status}, sharing with ${accounts(context.accounts.length)}`
  return status
}

function regions(count: number): string {
  return count === 1 ? '1 region' : `${count} regions`
}

function accounts(count: number): string {
  return count === 1 ? '1 account' : `${count} accounts`
}
