import type { WorkRow } from '../core/ports.js'
import { knownDraft } from './commands.js'
import { endAttempt, giveSlots, guard, turnLimit } from './due.js'
import { begin, enter, pauseOf, simulated, type TaskBody, taskBody, withBody } from './tasks.js'
import type { Draft, Turn } from './turn.js'

/** Ways to move an execution on other than by time; `Transaction` says what they promise. */

/** Ends simulated tasks one by one until the status changes. */
export function endTasks(turn: Turn, id: string): void {
  const draft = knownDraft(turn, id)
  const { status } = draft.row
  // An execution that goes round without another status would never come to an end here.
  for (let ended = 0; ended < turnLimit && draft.row.status === status; ended++) {
    if (!isOpen(draft) || !endNext(turn, draft)) break
  }
  giveSlots(turn, turn.now)
}

/** Ends the simulated task that began first; false when there is none. */
function endNext(turn: Turn, draft: Draft): boolean {
  const at = Math.max(turn.now, draft.row.updatedAt)
  for (const row of simulatedWork(turn, draft)) {
    let running: WorkRow | null = null
    guard(turn, draft, row.id, () => {
      running = row.state === 'running' ? row : begun(turn, draft, row, at)
      if (running !== null) turn.pending.put(running)
    })
    if (running === null) continue
    endAttempt(turn, draft, running, at)
    return true
  }
  return false
}

/** A task whose attempt has not begun, as if it had run and were over. */
function begun(turn: Turn, draft: Draft, row: WorkRow, at: number): WorkRow | null {
  const next = simulated(turn, draft, row, at)
  if (next === null) return null
  const { pause: _, ...before } = taskBody(row)
  const { outcome } = next
  const attempt = before.attempt + 1
  const body: TaskBody = { ...before, attempt, queuedAt: null, outcome, ...pauseOf(row.id, next) }
  const running = { state: 'running', due: at, slot: false, ticket: null } as const
  return withBody(row, body, running)
}

/** Begins attempts anew that are under way, as the simulator has them now. */
export function beginAnew(turn: Turn, id: string): void {
  const draft = knownDraft(turn, id)
  const at = Math.max(turn.now, draft.row.updatedAt)
  for (const row of simulatedWork(turn, draft)) {
    if (!isOpen(draft)) break
    guard(turn, draft, row.id, () => beginTaskAnew(turn, draft, row, at))
  }
  giveSlots(turn, turn.now)
}

function beginTaskAnew(turn: Turn, draft: Draft, row: WorkRow, at: number): void {
  switch (row.state) {
    case 'running': {
      const body = taskBody(row)
      const before = { ...body, attempt: body.attempt - 1, outcome: null }
      const back = withBody(row, before)
      // It keeps the slot that it has, unless it needs none any more.
      return begin(turn, draft, back, { at, next: simulated(turn, draft, back, at) })
    }
    case 'backoff':
      if (simulated(turn, draft, row, at)?.pause === undefined) return
      return enter(turn, draft, row, at)
    case 'ready':
      return enter(turn, draft, row, at)
    default:
      // Who queues for a slot is asked about when it gets one.
      return
  }
}

/** Tasks on the file's clock that wait for time or for a slot, the oldest first. */
function simulatedWork(turn: Turn, draft: Draft): readonly WorkRow[] {
  return turn.pending
    .of(draft.row.n)
    .filter(({ kind, axis, state, parked }) => {
      return kind === 'task' && axis === 'file' && state !== 'ended' && !parked
    })
    .sort((a, b) => a.n - b.n)
}

function isOpen({ row }: Draft): boolean {
  return row.outcome === null && row.stuck === null
}
