import type { AttemptRecord, Ran } from '../core/history.js'
import type { WorkRow } from '../core/ports.js'
import { consumeReal, endAttempt, giveSlots, guard } from './due.js'
import type { Registry } from './definition.js'
import type { AttemptOutcome } from './simulate.js'
import { claimed, ranOf, type TaskBody, taskBody, withBody } from './task-body.js'
import { deadlineOf, enter } from './tasks.js'
import type { Draft, Turn } from './turn.js'

/** An attempt of a real function that this process has claimed. */
export interface Claim {
  /** The work row's number. */
  readonly n: number
  /** The record that started the task and the attempt: together they name this claim. */
  readonly seq: number
  readonly attempt: number
  readonly execution: number
  readonly executionId: string
  readonly machine: string
  readonly task: string
  readonly src: string
  readonly input: TaskBody['input']
  /** The same for every attempt of this task: what makes its outside effect idempotent. */
  readonly key: string
  /** Wall time by which all attempts must have ended; null without a limit. */
  readonly deadline: number | null
  /** How many tasks of this execution were claimed before it, one where the other ended. */
  readonly streak: number
}

/** So many tasks of one execution follow each other before others have their turn. */
const longestStreak = 100

export interface ClaimOptions {
  readonly owner: string
  readonly leaseMs: number
  readonly limit: number
  /** Whether this process has a function for a task. */
  readonly can: (machine: string, src: string) => boolean
  /** Whether a task runs here at this moment: then it is not claimed anew, late as its lease is. */
  readonly runs: (n: number) => boolean
}

const pageSize = 64

/** Claims real tasks that are ready, whose pause is over, or whose owner's lease has run out. */
export function claim(turn: Turn, options: ClaimOptions): Claim[] {
  const claims: Claim[] = []
  for (const row of claimable(turn, options)) {
    if (claims.length >= options.limit) break
    const draft = turn.drafts.get(row.execution)
    if (draft === null) continue
    if (row.state === 'backoff') guard(turn, draft, row.id, () => enter(turn, draft, row, turn.now))
    const ready = turn.pending.get(row.execution, 'task', row.id)
    // It may have to queue for a slot, or be simulated from now on.
    if (ready?.parked === false && ready.axis === 'wall') {
      claims.push(claimOne(turn, draft, ready, options, 0))
    }
  }
  giveSlots(turn, turn.now)
  return claims
}

/**
 * Claims what follows in the executions of claims that have just been settled, as many as those: a
 * task that is claimed where it is made ready is written once.
 */
export function claimNext(
  turn: Turn,
  settled: readonly Claim[],
  options: Pick<ClaimOptions, 'owner' | 'leaseMs' | 'can'>,
): Claim[] {
  const claims: Claim[] = []
  for (const { execution, streak } of settled) {
    const draft = streak < longestStreak ? turn.drafts.get(execution) : null
    if (draft === null || draft.row.outcome !== null) continue
    for (const row of turn.pending.of(execution)) {
      if (claims.length >= settled.length) return claims
      if (!isReady(turn, row) || !options.can(row.machine, taskBody(row).src)) continue
      claims.push(claimOne(turn, draft, row, options, streak + 1))
    }
  }
  return claims
}

function isReady(turn: Turn, { state, axis, due, parked }: WorkRow): boolean {
  return state === 'ready' && axis === 'wall' && !parked && (due as number) <= turn.context.wall
}

function* claimable(turn: Turn, { can, runs, limit: wanted }: ClaimOptions): Generator<WorkRow> {
  let after: { due: number; n: number } | undefined
  // As a rule the first can be claimed: no more of them are read than are wanted.
  for (let limit = Math.min(wanted, pageSize); limit > 0; limit = pageSize) {
    const until = turn.context.wall
    const rows = turn.reader.due({ axis: 'wall', until, limit, ...(after ? { after } : {}) })
    for (const row of rows) if (can(row.machine, taskBody(row).src) && !runs(row.n)) yield row
    const last = rows.at(-1)
    if (!last || rows.length < limit) return
    after = { due: last.due as number, n: last.n }
  }
}

function claimOne(
  turn: Turn,
  draft: Draft,
  row: WorkRow,
  options: Pick<ClaimOptions, 'owner' | 'leaseMs'>,
  streak: number,
): Claim {
  const before = taskBody(row)
  const { wall } = turn.context
  const since = Math.max(turn.now, draft.row.updatedAt)
  const lost = ranOf(before)
  if (lost !== null) turn.record(draft, since, 'attempt', lostRecord(row.id, lost))
  const deadline = deadlineOf(draft.definition.policy(before.src), before, wall)
  const due = wall + options.leaseMs
  const body = claimed(before, { deadline, since })
  const running = { state: 'running', axis: 'wall', due, owner: options.owner } as const
  turn.pending.put(withBody(row, body, running))
  return {
    n: row.n,
    seq: row.seq,
    attempt: body.attempt,
    execution: draft.row.n,
    executionId: draft.row.id,
    machine: row.machine,
    task: row.id,
    src: before.src,
    input: before.input,
    key: `${draft.row.id}/${row.id}/${row.seq}`,
    deadline,
    streak,
  }
}

/** An attempt that came to no end is written down by who takes its task up again. */
function lostRecord(task: string, { attempt, since }: Ran): AttemptRecord {
  return { task, attempt, phase: 'lost', since }
}

/** The row of a claim, when it is still ours: not stopped, not taken over after a lost lease. */
function held(turn: Turn, claim: Claim, owner: string): { draft: Draft; row: WorkRow } | null {
  const draft = turn.drafts.get(claim.execution)
  const row = draft && turn.pending.get(claim.execution, 'task', claim.task)
  if (!draft || !row || row.seq !== claim.seq || row.owner !== owner) return null
  return taskBody(row).attempt === claim.attempt ? { draft, row } : null
}

/** Keeps the leases of claims; returns those that are lost. */
export function renew(
  turn: Turn,
  claims: readonly Claim[],
  { owner, leaseMs }: Pick<ClaimOptions, 'owner' | 'leaseMs'>,
): Claim[] {
  const lost: Claim[] = []
  for (const claim of claims) {
    const mine = held(turn, claim, owner)
    if (mine) turn.pending.put({ ...mine.row, due: turn.context.wall + leaseMs })
    else lost.push(claim)
  }
  return lost
}

/**
 * What a real function came to: a retry, or the step that consumes it. A result that comes after the
 * task was stopped or taken over is dropped.
 *
 * @returns whether the claim was still held
 */
export function settle(turn: Turn, claim: Claim, owner: string, outcome: AttemptOutcome): boolean {
  const mine = held(turn, claim, owner)
  if (mine === null) return false
  const { draft, row } = mine
  if ('output' in outcome && draft.row.stuck === null) {
    consumeReal(turn, draft, row, outcome, () => ended(turn, row, outcome))
  } else {
    const kept = ended(turn, row, outcome)
    turn.pending.put(kept)
    endAttempt(turn, draft, kept, Math.max(turn.now, draft.row.updatedAt))
  }
  giveSlots(turn, turn.now)
  return true
}

/** The row with the end that its function came to: it is not lost when the step throws. */
function ended(turn: Turn, row: WorkRow, outcome: AttemptOutcome): WorkRow {
  const body: TaskBody = { ...taskBody(row), outcome, endedAt: turn.context.wall }
  const over = { state: 'ended', axis: 'file', due: turn.now, owner: null, slot: false } as const
  return withBody(row, body, over)
}

/** Gives claims back, so that another process need not wait for their leases to run out. */
export function release(turn: Turn, claims: readonly Claim[], owner: string): void {
  for (const claim of claims) {
    const mine = held(turn, claim, owner)
    if (mine) turn.pending.put({ ...mine.row, state: 'ready', due: turn.context.wall, owner: null })
  }
}

/** Whether a process that has these machines has a function for a task, given or the machine's own. */
export function canRun(
  registry: Registry,
  given: Readonly<Record<string, unknown>>,
): ClaimOptions['can'] {
  return (machine, src) => src in given || registry.get(machine)?.ownFunction(src) != null
}
