import { executionMachine } from '../../../machines/execution.js'
import { type ExecutionSnapshot, view } from '../../../machines/view.js'
import {
  type AttemptRecord,
  initEvent,
  type MigrationRecord,
  type StepRecord,
} from '../../core/history.js'
import { stepperOf } from '../../core/compiled/stepper.js'
import type { RecordRow } from '../../core/ports.js'
import type { State } from '../../core/stepper.js'
import { statusOf } from '../../imagebuilder/definition.js'

/** When a task ran, in the file's time, and how it got on. */
export interface Span {
  readonly from: number
  /** Null while it is pending. */
  readonly to: number | null
  readonly end: 'done' | 'failed' | 'stopped' | null
  /** When its present attempt, or the pause before the next one, began. */
  readonly since: number
  readonly attempts: number
}

/** Something that a record tells. */
export interface Change {
  readonly at: number
  readonly execution: string
  readonly seq: number
  readonly status: string
  readonly message: string
  /** A task's attempt, for what is no change of the execution itself. */
  readonly attempt: AttemptRecord | null
}

/** One execution as its records tell it, folded as they come. */
export class Life {
  readonly #id: string
  #state: State | null = null
  #status = ''
  #message = ''
  readonly spans = new Map<string, Span>()
  /** The newest record that was taken in. */
  seq = 0

  constructor(id: string) {
    this.#id = id
  }

  /** Takes in a record; null when callers see no difference. */
  take(record: RecordRow): Change | null {
    const { at, seq, kind } = record
    this.seq = seq
    if (kind === 'attempt') {
      const attempt = JSON.parse(record.body) as AttemptRecord
      this.#attempted(attempt, at)
      return this.#change(record, attempt)
    }
    const before = this.#state
    this.#state = this.#next(record)
    this.#follow(before, record)
    const { status, message } = seen(this.#state)
    if (status === this.#status && message === this.#message) return null
    this.#status = status
    this.#message = message
    return this.#change(record, null)
  }

  #change({ at, seq }: RecordRow, attempt: AttemptRecord | null): Change {
    const [status, message] = [this.#status, this.#message]
    return { at, seq, execution: this.#id, status, message, attempt }
  }

  #next({ kind, body }: RecordRow): State {
    if (kind === 'migration')
      return stepperOf(executionMachine).load((JSON.parse(body) as MigrationRecord).snapshot)
    const { event } = JSON.parse(body) as StepRecord
    if (this.#state === null || event.type === initEvent) {
      return stepperOf(executionMachine).initial(event['input'] ?? null).state
    }
    return stepperOf(executionMachine).next(this.#state, event).state
  }

  #attempted({ task, phase, attempt, retryAt }: AttemptRecord, at: number): void {
    const span = this.spans.get(task)
    if (!span) return
    if (phase === 'failed') {
      // The next attempt begins when the pause is over, unless it queues for a slot then.
      this.spans.set(task, { ...span, since: retryAt ?? at, attempts: attempt })
    } else this.spans.set(task, { ...span, since: at, attempts: attempt })
  }

  /** Tasks appear in a state when they start and are gone from it when they have ended. */
  #follow(before: State | null, { at, body }: RecordRow): void {
    const [old, now] = [before?.children ?? [], this.#state?.children ?? []]
    const event = (JSON.parse(body) as { event?: { type: string } }).event?.type ?? ''
    for (const task of old) {
      const span = this.spans.get(task)
      if (!span || now.includes(task)) continue
      this.spans.set(task, { ...span, to: at, end: endOf(event, task) })
    }
    for (const task of now) {
      if (old.includes(task)) continue
      this.spans.set(task, { from: at, to: null, end: null, since: at, attempts: 0 })
    }
  }
}

function endOf(event: string, task: string): 'done' | 'failed' | 'stopped' {
  if (event === `xstate.done.actor.${task}`) return 'done'
  return event === `xstate.error.actor.${task}` ? 'failed' : 'stopped'
}

/** Status and message as callers saw them in a state. */
function seen(state: State): { readonly status: string; readonly message: string } {
  const status = statusOf(state)
  if (state.status === 'stopped') return { status, message: 'The execution was ended by force.' }
  return { status, message: view(state as unknown as ExecutionSnapshot).Message }
}
