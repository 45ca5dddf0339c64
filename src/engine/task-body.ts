import type { Ran } from '../core/history.js'
import type { Json } from '../core/json.js'
import type { ExecutionRow, WorkRow } from '../core/ports.js'
import type { AttemptOutcome } from './simulate.js'

/** What a task's work row carries in `body`. Times are of the row's axis. */
export interface TaskBody {
  readonly src: string
  readonly input: Json
  /** Attempts begun. */
  readonly attempt: number
  /** Attempts that failed. */
  readonly failures: number
  /** When all attempts must have ended; null before the first, or without a limit. */
  readonly deadline: number | null
  /** What was left of that time, in milliseconds, when it began to wait for a slot or a worker. */
  readonly leftMs: number | null
  /** Since when it queues for a slot, in the file's time; that wait counts toward no time-out. */
  readonly queuedAt: number | null
  /** How the attempt that runs will end (simulated), or has ended. */
  readonly outcome: AttemptOutcome | null
  /** The pause after this attempt where it is not the policy's, in milliseconds. */
  readonly pause?: number
  /** Wall time at which a real attempt ended. */
  readonly endedAt: number | null
  /** Since when a real attempt runs, in the file's time; absent where none does. */
  readonly since?: number
}

/**
 * A row that this process made: its text is made when it is written, which most never are. Rows and
 * bodies are made field by field here: each is made some times a step, and a spread costs more.
 */
interface Made extends WorkRow {
  readonly task: TaskBody
}

/** Bodies of rows that were read. */
const bodies = new WeakMap<WorkRow, TaskBody>()

export function taskBody(row: WorkRow): TaskBody {
  const { task } = row as Partial<Made>
  if (task !== undefined) return task
  const known = bodies.get(row)
  if (known) return known
  const body = JSON.parse(row.body) as TaskBody
  bodies.set(row, body)
  return body
}

/** What a new task is known by. */
type NewTask = Pick<WorkRow, 'n' | 'id' | 'pool'> & Pick<TaskBody, 'src' | 'input'>

/** The row of a task that is not tried yet. */
export function newTask(of: ExecutionRow, { n, id, pool, src, input }: NewTask): WorkRow {
  const task: TaskBody = {
    src,
    input,
    attempt: 0,
    failures: 0,
    deadline: null,
    leftMs: null,
    queuedAt: null,
    outcome: null,
    endedAt: null,
  }
  const row: Made = {
    n,
    execution: of.n,
    kind: 'task',
    id,
    seq: of.seq,
    machine: of.machine,
    state: 'ready',
    axis: 'file',
    due: null,
    parked: false,
    pool,
    slot: false,
    ticket: null,
    owner: null,
    body: '',
    task,
  }
  return row
}

/** The body of a task that queues no more: what was left of its time, if it had one, is known. */
export function rested(task: TaskBody, leftMs: number | null): TaskBody {
  return {
    src: task.src,
    input: task.input,
    attempt: task.attempt,
    failures: task.failures,
    deadline: null,
    leftMs,
    queuedAt: null,
    outcome: task.outcome,
    endedAt: task.endedAt,
  }
}

/** The body of a task whose next attempt runs, and will end as it does. */
export function running(
  task: TaskBody,
  { deadline, outcome }: Pick<TaskBody, 'deadline' | 'outcome'>,
): TaskBody {
  return {
    src: task.src,
    input: task.input,
    attempt: task.attempt + 1,
    failures: task.failures,
    deadline,
    leftMs: null,
    queuedAt: null,
    outcome,
    endedAt: task.endedAt,
  }
}

/** The body of a task whose next attempt a real function makes. */
export function claimed(
  task: TaskBody,
  { deadline, since }: Pick<TaskBody, 'deadline'> & Pick<Ran, 'since'>,
): TaskBody {
  return {
    src: task.src,
    input: task.input,
    attempt: task.attempt + 1,
    failures: task.failures,
    deadline,
    leftMs: null,
    queuedAt: null,
    outcome: null,
    endedAt: null,
    since,
  }
}

/** The attempt of a real function that runs, or has ended; null for any other. */
export function ranOf({ attempt, since }: TaskBody): Ran | null {
  return since === undefined ? null : { attempt, since }
}

/** The row with another body, and whatever else changes with it. */
export function withBody(row: WorkRow, task: TaskBody, change: Partial<WorkRow> = {}): WorkRow {
  const made: Made = {
    n: row.n,
    execution: row.execution,
    kind: row.kind,
    id: row.id,
    seq: row.seq,
    machine: row.machine,
    state: change.state ?? row.state,
    axis: change.axis ?? row.axis,
    due: change.due === undefined ? row.due : change.due,
    parked: change.parked ?? row.parked,
    pool: change.pool === undefined ? row.pool : change.pool,
    slot: change.slot ?? row.slot,
    ticket: change.ticket === undefined ? row.ticket : change.ticket,
    owner: change.owner === undefined ? row.owner : change.owner,
    body: '',
    task,
  }
  return made
}

/** The row as a store takes it. */
export function written(row: WorkRow): WorkRow {
  const { task } = row as Partial<Made>
  if (task === undefined) return row
  return {
    n: row.n,
    execution: row.execution,
    kind: row.kind,
    id: row.id,
    seq: row.seq,
    machine: row.machine,
    state: row.state,
    axis: row.axis,
    due: row.due,
    parked: row.parked,
    pool: row.pool,
    slot: row.slot,
    ticket: row.ticket,
    owner: row.owner,
    body: JSON.stringify(task),
  }
}
