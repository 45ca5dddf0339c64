import type { EventData } from '../core/effects.js'
import { BakelineError } from '../core/errors.js'
import { doneEvent, errorEvent } from '../core/history.js'
import type { WorkRow } from '../core/ports.js'
import { keepEnd, setAside, step } from './step.js'
import type { AttemptOutcome } from './simulate.js'
import { ranOf, taskBody } from './task-body.js'
import { enter, grant, retry } from './tasks.js'
import type { Draft, Turn } from './turn.js'

/** How many due items one turn works off before it commits. */
export const turnLimit = 1_000

/** So many steps of a turn that follow from each other at one instant are a circle. */
const maxDepth = 200

/** What became of a pass over what is due. */
export interface Pass {
  /** Items worked off. */
  readonly done: number
  /** True when more is due: the turn's limit was reached. */
  readonly more: boolean
  /** Why the pass stopped before `until`; null when it did not. */
  readonly held: 'machine' | 'task' | null
  /** The file's time up to which everything is done. */
  readonly reached: number
}

export interface DueOptions {
  readonly until: number
  readonly limit?: number
  /**
   * Virtual time is patient: it never moves past an item that this process cannot do, nor past a
   * real task that has yet to run.
   */
  readonly patient?: boolean
}

/**
 * Works off what is due on the file's clock, in order, each step stamped with its due time. What a
 * step sets in turn is worked off too when it is due by then.
 */
export function doDue(turn: Turn, { until, limit = turnLimit, patient = false }: DueOptions): Pass {
  if (!patient && turn.pending.isQuiet(until)) {
    return { done: 0, more: false, held: null, reached: until }
  }
  const { pending } = turn
  const deepest = { depth: 0, execution: 0 }
  let done = 0
  let unknownAt: number | null = null
  for (;;) {
    const row = pending.nextDue(until)
    const due = row?.due ?? Number.POSITIVE_INFINITY
    if (patient && unknownAt !== null && due > unknownAt) {
      return { done, more: false, held: 'machine', reached: unknownAt }
    }
    if (patient && turn.realWork && due > turn.now) {
      return { done, more: false, held: 'task', reached: turn.now }
    }
    if (row === null) return { done, more: false, held: null, reached: until }
    if (done >= limit) {
      if (deepest.depth >= maxDepth) stopCircle(turn, deepest.execution)
      return { done, more: true, held: null, reached: turn.now }
    }
    pending.takeDue(row)
    // Most of what this process cannot do is told by the row alone.
    const draft = turn.context.registry.has(row.machine) ? turn.drafts.get(row.execution) : null
    if (draft === null) unknownAt ??= due
    else {
      const depth = pending.follow(row)
      if (depth > deepest.depth) Object.assign(deepest, { depth, execution: row.execution })
      // The same row, but with what this process remembers of it.
      const known = pending.get(row.execution, row.kind, row.id)
      finish(turn, draft, known?.n === row.n ? known : row)
      done++
    }
  }
}

/** An execution that goes round without any time passing would keep everybody else waiting. */
function stopCircle(turn: Turn, execution: number): void {
  const draft = turn.drafts.get(execution)
  if (draft === null || draft.row.outcome !== null || draft.row.stuck !== null) return
  const why = `more than ${maxDepth} steps follow from each other at one instant: let time pass`
  setAside(turn, draft, { type: 'time' }, new BakelineError('STEP_FAILED', why))
}

/** Whether something is due that this process can do. */
export function isDue(turn: Turn): boolean {
  return turn.pending.isDue(turn.now, ({ machine, execution }) => {
    return turn.context.registry.has(machine) && turn.drafts.get(execution) !== null
  })
}

/**
 * Does one thing alone: what is due next or, of several that are due at that instant, the first that
 * is wanted. Null when nothing is due ever that this process can do, or nothing of it is wanted.
 */
export function doOne(turn: Turn, wanted: (row: WorkRow) => boolean): WorkRow | null {
  const { pending } = turn
  const next = (): WorkRow | null => pending.nextDue(Number.MAX_SAFE_INTEGER)
  let first: number | null = null
  for (let row = next(); row !== null; row = next()) {
    pending.takeDue(row)
    if (first !== null && row.due !== first) return null
    const draft = turn.context.registry.has(row.machine) ? turn.drafts.get(row.execution) : null
    if (draft === null) continue
    first = row.due
    if (!wanted(row)) continue
    finish(turn, draft, row)
    return row
  }
  return null
}

/** Ends one due item and gives on the slots that it freed. */
function finish(turn: Turn, draft: Draft, row: WorkRow): void {
  const at = Math.max(row.due as number, draft.row.updatedAt)
  turn.now = at
  if (row.kind === 'timer') fire(turn, draft, row, at)
  else if (row.state === 'backoff' && row.ticket !== null) queueAgain(turn, row)
  else if (row.state === 'backoff') guard(turn, draft, row.id, () => enter(turn, draft, row, at))
  else endAttempt(turn, draft, row, at)
  giveSlots(turn, at)
}

function fire(turn: Turn, draft: Draft, row: WorkRow, at: number): void {
  const event = JSON.parse(row.body) as EventData
  guardedStep(turn, draft, event, () => {
    turn.pending.remove(row)
    step(turn, draft, event, at)
  })
}

/** An attempt came to its end: a retry, or the step that consumes it. */
export function endAttempt(turn: Turn, draft: Draft, row: WorkRow, at: number): void {
  const { outcome, endedAt } = taskBody(row)
  if (outcome === null) return
  if (draft.row.stuck !== null) return keepEnd(turn, row)
  if ('error' in outcome) {
    const failed =
      endedAt === null ? ({ axis: 'file', at } as const) : ({ axis: 'wall', at: endedAt } as const)
    const { error } = outcome
    let again = false
    guard(turn, draft, row.id, () => {
      again = retry(turn, draft, row, error, failed)
    })
    if (again || draft.row.stuck !== null) return
  }
  const event = endEvent(row, outcome)
  const ran = ranOf(taskBody(row))
  guardedStep(turn, draft, event, () => {
    turn.pending.remove(row)
    step(turn, draft, event, at, ran)
  })
}

function endEvent({ id }: WorkRow, outcome: AttemptOutcome): EventData {
  return 'error' in outcome ? errorEvent(id, outcome.error) : doneEvent(id, outcome.output)
}

/**
 * The step that the end of a real function is.
 *
 * @param kept gives the row that keeps the end, for when the step throws
 */
export function consumeReal(
  turn: Turn,
  draft: Draft,
  row: WorkRow,
  outcome: AttemptOutcome,
  kept: () => WorkRow,
): void {
  const event = endEvent(row, outcome)
  const at = Math.max(turn.now, draft.row.updatedAt)
  try {
    turn.attempt(() => {
      turn.pending.remove(row)
      turn.pending.succeed(row.n, () => step(turn, draft, event, at, ranOf(taskBody(row))))
    })
  } catch (error) {
    turn.pending.put(kept())
    setAside(turn, draft, event, error)
  }
}

/** Gives every free slot to the longest waiting that this process can work on. */
export function giveSlots(turn: Turn, at: number): void {
  const { pending } = turn
  for (const pool of pending.freed) {
    pending.freed.delete(pool)
    const queue = pending.queue(pool)
    let called = false
    for (let row = queue.peek(); row !== null; row = queue.peek()) {
      const draft = turn.drafts.get(row.execution)
      if (draft === null) {
        queue.take(row)
        if (!called) callUp(turn, row, at)
        called = true
      } else if (!giveSlot(turn, draft, row, at)) break
    }
  }
}

/** Gives a slot to a row at the head of its queue; false when none is free. */
function giveSlot(turn: Turn, draft: Draft, row: WorkRow, at: number): boolean {
  const { src, input } = taskBody(row)
  const pool = row.pool as string
  let free = true
  guard(turn, draft, row.id, () => {
    const limit = draft.definition.policy(src).pool(input)?.limit ?? Number.POSITIVE_INFINITY
    free = turn.pending.slots(pool) < limit
    if (free) grant(turn, draft, row, Math.max(at, draft.row.updatedAt))
  })
  return free
}

/**
 * A slot is free for a task whose machine is not here: due now, for a process that has it. That one
 * queues it again at its place and gives on what is free.
 */
function callUp(turn: Turn, row: WorkRow, at: number): void {
  turn.pending.put({ ...row, state: 'backoff', axis: 'file', due: at })
}

function queueAgain(turn: Turn, row: WorkRow): void {
  turn.pending.put({ ...row, state: 'waiting', due: null })
  turn.pending.freed.add(row.pool as string)
}

/** A step that throws sets its execution aside; its end waits with it. */
function guardedStep(turn: Turn, draft: Draft, event: EventData, part: () => void): void {
  try {
    turn.attempt(part)
  } catch (error) {
    setAside(turn, draft, event, error)
  }
}

/** Does a part of a task's life; when it throws, the execution is set aside. */
export function guard(turn: Turn, draft: Draft, task: string, part: () => void): void {
  guardedStep(turn, draft, { type: `task ${task}` }, part)
}
