import type { Effect, EventData } from '../core/effects.js'
import { effectsHash } from '../core/effects.js'
import { BakelineError } from '../core/errors.js'
import type { Ran, StepRecord } from '../core/history.js'
import type { WorkRow } from '../core/ports.js'
import type { State, Step } from '../core/stepper.js'
import { startTask, stopTask } from './tasks.js'
import type { Draft, Turn } from './turn.js'

/**
 * Steps an execution: record, snapshot, timers, tasks and domain events, all or nothing.
 *
 * @param ran the attempt of a real function whose end the event is
 * @returns whether the machine had any use for the event.
 */
export function step(
  turn: Turn,
  draft: Draft,
  event: EventData,
  at: number,
  ran: Ran | null = null,
): boolean {
  return turn.attempt(() => {
    const next = draft.definition.stepper.next(draft.state, event)
    if (next.changed) apply(turn, draft, next, { event, at, ran })
    return next.changed
  })
}

/** What a step is of: its event, its time, and the attempt of a real function that ended with it. */
interface Occasion {
  readonly event: EventData
  readonly at: number
  readonly ran: Ran | null
}

/** Writes down a step and does what it asks for. */
export function apply(turn: Turn, draft: Draft, next: Step, { event, at, ran }: Occasion): void {
  const { state, effects } = next
  const { value } = state
  const hash = effectsHash(effects)
  const record: StepRecord =
    ran === null
      ? { event, value, effects: hash }
      : { event, value, effects: hash, attempt: ran.attempt, since: ran.since }
  turn.step(draft, at, record, { state, status: statusOf(draft, state) })
  for (let index = 0; index < effects.length; index++) {
    perform(turn, draft, effects[index] as Effect, { at, index })
  }
}

/** The word for a state. @throws TypeError when the machine's own function gives no text. */
export function statusOf({ definition }: Pick<Draft, 'definition'>, state: State): string {
  const status: unknown = definition.status(state)
  if (typeof status === 'string') return status
  throw new TypeError(`the status function of ${definition.key} gave ${String(status)}, no text`)
}

function perform(
  turn: Turn,
  draft: Draft,
  effect: Effect,
  { at, index }: { at: number; index: number },
): void {
  switch (effect.kind) {
    case 'startTask':
      return startTask(turn, draft, effect, at)
    case 'stopTask':
      return stopTask(turn, draft, effect.id)
    case 'setTimer':
      return setTimer(turn, draft, { ...effect, id: effect.id ?? `#${draft.row.seq}.${index}` }, at)
    case 'cancelTimer': {
      const row = turn.pending.get(draft.row.n, 'timer', effect.id)
      if (row) turn.pending.remove(row)
      return
    }
    case 'emit': {
      const context = { executionId: draft.row.id, at }
      turn.catalog(draft.definition.handler(effect.event.type)?.(effect.event, context) ?? [])
      return
    }
    case 'action':
      return turn.act(effect)
    case 'complete':
      return complete(turn, draft, effect.outcome, at)
  }
}

function setTimer(
  turn: Turn,
  draft: Draft,
  timer: { id: string; delay: number; event: EventData },
  at: number,
): void {
  const old = turn.pending.get(draft.row.n, 'timer', timer.id)
  if (old) turn.pending.remove(old)
  const row: WorkRow = {
    n: turn.next('work'),
    execution: draft.row.n,
    kind: 'timer',
    id: timer.id,
    seq: draft.row.seq,
    machine: draft.row.machine,
    state: 'set',
    axis: 'file',
    due: at + timer.delay,
    parked: false,
    pool: null,
    slot: false,
    ticket: null,
    owner: null,
    body: JSON.stringify(timer.event),
  }
  turn.pending.put(row)
}

function complete(
  turn: Turn,
  draft: Draft,
  outcome: NonNullable<Draft['row']['outcome']>,
  at: number,
): void {
  turn.drafts.update(draft, { outcome, endedAt: at, stuck: null })
  for (const row of turn.pending.of(draft.row.n)) {
    if (row.owner !== null) turn.stop(row.n)
    turn.pending.remove(row)
  }
}

/**
 * Sets an execution aside with the error that its step threw; nothing else stops for it. Its work is
 * parked, save simulated attempts that still run: they end on their own and give back their slots.
 */
export function setAside(turn: Turn, draft: Draft, event: EventData, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  const stuck = JSON.stringify({
    message,
    event: event.type,
    value: draft.state.value,
    at: turn.now,
  })
  turn.drafts.update(draft, { stuck })
  for (const row of turn.pending.of(draft.row.n)) {
    if (row.state !== 'running' || row.axis !== 'file') turn.pending.put({ ...row, parked: true })
    else if ((row.due as number) <= turn.now) keepEnd(turn, row)
  }
}

/** The end of an attempt waits with its stuck execution; the work is over, so its slot is free. */
export function keepEnd(turn: Turn, row: WorkRow): void {
  turn.pending.put({ ...row, state: 'ended', slot: false, parked: true })
}

/** The step failed and so did the caller's wish: nothing is written. */
export function stepFailed(draft: Draft, event: string, error: unknown): BakelineError {
  if (error instanceof BakelineError) return error
  const why = error instanceof Error ? error.message : String(error)
  return new BakelineError(
    'STEP_FAILED',
    `${draft.definition.key} failed on "${event}" in ${JSON.stringify(draft.state.value)}: ${why}`,
    { execution: draft.row.id, event },
    { cause: error },
  )
}
