import type { EventData } from '../core/effects.js'
import { BakelineError } from '../core/errors.js'
import { initEvent, stopEvent } from '../core/history.js'
import { type Json, viaJson } from '../core/json.js'
import type { ExecutionRow } from '../core/ports.js'
import { canonicalJson } from './canonical.js'
import type { Definition } from './definition.js'
import { giveSlots } from './due.js'
import { apply, step, stepFailed } from './step.js'
import { enter, isHeldRow } from './tasks.js'
import type { Draft, Turn } from './turn.js'

/** What a start asks for. */
export interface StartRequest {
  /** A function gets the new execution's id. */
  readonly input: unknown
  readonly singletonKey?: string | undefined
  readonly idempotencyKey?: string | undefined
  /** What the idempotency key is compared by; the input when absent. */
  readonly request?: unknown
}

/** The execution that an earlier start of the same key made, when the request is the same. */
export function idempotent(turn: Turn, key: string, request: unknown): ExecutionRow | null {
  const known = turn.idempotent(key)
  if (!known) return null
  const row = turn.drafts.rowOf(known.execution)
  if (!row) return null
  if (known.request === requestText(request)) return row
  throw new BakelineError(
    'IDEMPOTENCY_MISMATCH',
    `the idempotency key "${key}" came before with another request: use a new key`,
    { execution: row.id, key },
  )
}

/** @throws BakelineError `INVALID_INPUT` for what JSON cannot say. */
function requestText(request: unknown): string {
  return canonicalJson(plain(request, 'the request'))
}

/** What a caller gives to start an execution. */
type StartCall = Partial<StartRequest>

/**
 * Starts an execution, or finds the one that the same idempotency key started.
 *
 * @throws BakelineError as `idempotent` and `startExecution`; `INVALID_INPUT` for an idempotency key
 *   beside an input function and no request: two functions cannot be compared.
 */
export function startOnce(
  turn: Turn,
  definition: Definition,
  call: StartCall,
): { readonly row: ExecutionRow; readonly created: boolean } {
  const { idempotencyKey: key, input } = call
  if (key !== undefined) {
    if (typeof input === 'function' && !('request' in call)) {
      throw new BakelineError(
        'INVALID_INPUT',
        'an input function cannot be compared: give the request that idempotencyKey stands for',
      )
    }
    const known = idempotent(turn, key, 'request' in call ? call.request : input)
    if (known) return { row: known, created: false }
  }
  const { row } = startExecution(turn, definition, call)
  return { row, created: true }
}

/**
 * Inserts an execution and takes its first step.
 *
 * @throws BakelineError `ALREADY_RUNNING` when the singleton key has a live execution.
 */
function startExecution(turn: Turn, definition: Definition, start: StartCall): Draft {
  const { singletonKey } = start
  const holder = singletonKey === undefined ? undefined : turn.drafts.live(singletonKey)
  if (holder) {
    throw new BakelineError(
      'ALREADY_RUNNING',
      `${holder.id} is running under the key "${singletonKey}"; it has to end first`,
      { execution: holder.id, key: singletonKey as string },
    )
  }
  const n = turn.next('execution')
  const id = turn.context.newId('execution', n)
  const wanted = typeof start.input === 'function' ? start.input(id) : start.input
  const input = plain(wanted, 'the input')
  return turn.attempt(() => {
    const first = orCannotStart(definition, id, () => definition.stepper.initial(input))
    const row: ExecutionRow = {
      n,
      id,
      machine: definition.key,
      singletonKey: singletonKey ?? null,
      outcome: null,
      status: '',
      snapshot: '',
      seq: 0,
      startedAt: turn.now,
      updatedAt: turn.now,
      endedAt: null,
      stuck: null,
    }
    const draft = turn.add(row, definition, first.state)
    if (start.idempotencyKey !== undefined) {
      const request = requestText('request' in start ? start.request : wanted)
      turn.idempotency({ key: start.idempotencyKey, request, execution: n })
    }
    orCannotStart(definition, id, () =>
      apply(turn, draft, first, { event: { type: initEvent, input }, at: turn.now, ran: null }),
    )
    giveSlots(turn, turn.now)
    return draft
  })
}

/** What a machine, its policies and its handlers do in the first step is theirs to get right. */
function orCannotStart<T>({ key }: Definition, id: string, part: () => T): T {
  try {
    return part()
  } catch (error) {
    if (error instanceof BakelineError) throw error
    const why = error instanceof Error ? error.message : String(error)
    const message = `${key} cannot start: ${why}`
    throw new BakelineError('STEP_FAILED', message, { execution: id }, { cause: error })
  }
}

/** @throws BakelineError `INVALID_INPUT` for what JSON cannot say. */
function plain(value: unknown, what: string): Json {
  try {
    return viaJson(value)
  } catch (error) {
    const why = `${what} must be what JSON can say: ${(error as Error).message}`
    throw new BakelineError('INVALID_INPUT', why, {}, { cause: error })
  }
}

/**
 * A live execution that this process can work on.
 *
 * @throws BakelineError `NOT_FOUND`, `UNKNOWN_MACHINE`, `NOT_LIVE` or `STUCK`.
 */
function liveDraft(turn: Turn, id: string): Draft {
  const draft = knownDraft(turn, id)
  if (draft.row.outcome !== null) {
    throw new BakelineError('NOT_LIVE', `${id} has ended (${draft.row.outcome})`, {
      execution: id,
      outcome: draft.row.outcome,
    })
  }
  return draft
}

export function knownDraft(turn: Turn, id: string): Draft {
  const row = turn.drafts.row(id)
  if (!row) throw new BakelineError('NOT_FOUND', `no execution ${id}`, { execution: id })
  const draft = turn.drafts.of(row)
  if (draft) return draft
  if (turn.context.registry.has(row.machine)) {
    throw new BakelineError('CORRUPT', `the snapshot of ${id} cannot be read`, { execution: id })
  }
  throw new BakelineError(
    'UNKNOWN_MACHINE',
    `${id} runs ${row.machine}, which this process does not have`,
    { execution: id, machine: row.machine },
  )
}

/**
 * Sends an event. One that the machine has no use for is refused by name and state.
 *
 * @throws BakelineError `EVENT_REFUSED`, `STUCK`, `STEP_FAILED`, or as `liveDraft`.
 */
export function sendEvent(turn: Turn, id: string, event: { readonly type: string }): Draft {
  const draft = liveDraft(turn, id)
  if (draft.row.stuck !== null) throw stuckError(draft)
  const data = plain(event, 'an event') as EventData
  if (typeof data?.type !== 'string' || data.type.startsWith('xstate.')) {
    throw new BakelineError('INVALID_INPUT', 'an event needs a type, which is not xstate.…')
  }
  let changed: boolean
  try {
    changed = step(turn, draft, data, turn.now)
  } catch (error) {
    throw stepFailed(draft, data.type, error)
  }
  if (!changed) {
    throw new BakelineError(
      'EVENT_REFUSED',
      `${id} has no use for "${data.type}" in ${JSON.stringify(draft.state.value)}`,
      { execution: id, event: data.type, state: JSON.stringify(draft.state.value) },
    )
  }
  giveSlots(turn, turn.now)
  return draft
}

function stuckError({ row }: Draft): BakelineError {
  const { message } = JSON.parse(row.stuck as string) as { message: string }
  return new BakelineError(
    'STUCK',
    `${row.id} is stuck: ${message}; mend the machine and call retry`,
    { execution: row.id },
  )
}

/** Stops tasks and timers and ends an execution as cancelled, stuck or not. */
export function cancelExecution(turn: Turn, id: string): Draft {
  const draft = liveDraft(turn, id)
  try {
    step(turn, draft, { type: stopEvent }, turn.now)
  } catch (error) {
    throw stepFailed(draft, 'cancel', error)
  }
  giveSlots(turn, turn.now)
  return draft
}

/** Frees a stuck execution: what was parked is due now. */
export function retryExecution(turn: Turn, id: string): Draft {
  const draft = liveDraft(turn, id)
  if (draft.row.stuck === null) {
    throw new BakelineError('NOT_STUCK', `${id} is not stuck`, { execution: id })
  }
  turn.drafts.update(draft, { stuck: null })
  unpark(turn, draft)
  return draft
}

/** Puts parked work back: what fell due meanwhile is due now, who queued may have a slot. */
export function unpark(turn: Turn, draft: Draft): void {
  for (const row of turn.pending.of(draft.row.n)) {
    if (!row.parked) continue
    const late = row.axis === 'file' && row.due !== null && row.due < turn.now
    const free = { ...row, parked: false, due: late ? turn.now : row.due }
    turn.pending.put(free)
    // The simulator may have changed its mind meanwhile.
    if (isHeldRow(free)) enter(turn, draft, free, Math.max(turn.now, draft.row.updatedAt))
    else if (row.state === 'waiting' && row.pool !== null) turn.pending.freed.add(row.pool)
  }
  giveSlots(turn, turn.now)
}

/** Deletes an ended execution with its history. */
export function removeExecution(turn: Turn, id: string): void {
  const row = turn.drafts.row(id)
  if (!row) throw new BakelineError('NOT_FOUND', `no execution ${id}`, { execution: id })
  if (row.outcome === null) {
    throw new BakelineError('ALREADY_RUNNING', `${id} is running: cancel it first`, {
      execution: id,
    })
  }
  turn.drafts.forget(row.n)
}
