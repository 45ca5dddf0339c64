import type { Effect } from '../../core/effects.js'
import { initEvent, type MigrationRecord, type StepRecord, stopEvent } from '../../core/history.js'
import type { Json } from '../../core/json.js'
import type { Reader, RecordRow } from '../../core/ports.js'
import type { State, Stepper } from '../../core/stepper.js'

/** A record with all that it did, so that two machines can be compared on it. */
export interface Moment {
  /** The record's number: where it stands in the trace. */
  readonly n: number
  readonly executionId: string
  readonly seq: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly kind: RecordRow['kind']
  /** The event of a step; what an attempt tells, otherwise. */
  readonly event: Json
  readonly value: Json
  readonly context: Json
  readonly effects: readonly Json[]
}

const pageSize = 1_000

/** Every record of a store in order, each with the state and the effects that its machine gave it. */
export function momentsOf(
  reader: Reader,
  stepperOf: (machine: string) => Stepper | undefined,
): Moment[] {
  const moments: Moment[] = []
  const states = new Map<number, State>()
  for (let cursor = 0; ; ) {
    const page = reader.stream(cursor, pageSize)
    for (const record of page) {
      const row = reader.execution(record.execution)
      const stepper = row && stepperOf(row.machine)
      if (row && stepper) moments.push(momentOf(record, row.id, { stepper, states }))
      cursor = record.n
    }
    if (page.length < pageSize) return moments
  }
}

interface Folding {
  readonly stepper: Stepper
  readonly states: Map<number, State>
}

function momentOf(record: RecordRow, executionId: string, { stepper, states }: Folding): Moment {
  const { n, seq, at, kind } = record
  const body = JSON.parse(record.body) as StepRecord | MigrationRecord
  const before = states.get(record.execution)
  let effects: readonly Effect[] = []
  let state = before
  if (kind === 'migration') state = stepper.load((body as MigrationRecord).snapshot)
  if (kind === 'step') {
    const { event } = body as StepRecord
    const step =
      event.type === initEvent || before === undefined
        ? stepper.initial(event['input'] ?? null)
        : stepper.next(before, event)
    ;({ state, effects } = step)
  }
  if (state !== undefined) states.set(record.execution, state)
  return {
    n,
    executionId,
    seq,
    at,
    kind,
    event: kind === 'step' ? (body as StepRecord).event : (body as unknown as Json),
    value: state?.value ?? null,
    context: state?.context ?? null,
    effects: JSON.parse(JSON.stringify(effects)) as Json[],
  }
}

/** The event by which an execution is ended from outside; for the words of a moment. */
export function eventName({ kind, event }: Moment): string {
  const { type } = event as { readonly type?: string }
  if (kind !== 'step' || type === undefined) return kind
  return type === stopEvent ? 'ended by force' : type
}
