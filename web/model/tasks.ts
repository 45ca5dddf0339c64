import type { Json } from './changes.js'
import type { RecordData, StepData, TaskFault } from './history.js'
import { pathOf } from './row.js'

/** Something pending, as the server tells it. */
export interface Work {
  readonly id: string
  readonly kind: 'timer' | 'task'
  readonly state: 'set' | 'running' | 'backoff' | 'ready' | 'ended' | 'waiting'
  readonly axis: 'file' | 'wall'
  readonly due: number | null
  readonly pool: string | null
  readonly src?: string
  readonly attempt?: number
  /** Since when a real function runs. */
  readonly since?: number
}

/** How an attempt ended; `open` while it runs, `partly` where its end says so itself. */
export type AttemptEnd = 'open' | 'done' | 'partly' | 'failed' | 'lost' | 'gaveUp' | 'stopped'

export interface Attempt {
  readonly n: number
  readonly from: number
  readonly to: number | null
  readonly end: AttemptEnd
  /** The record that ended it. */
  readonly seq: number | null
  readonly error: TaskFault | null
  /** When it will end, for a simulated one that runs. */
  readonly due: number | null
  /** What its end comes to in words, where it is not that the task gave up. */
  readonly said?: string
}

/** A stretch in which nothing ran: for want of a slot, or between two attempts. */
export interface Pause {
  readonly from: number
  readonly to: number | null
}

/** One task with all its attempts. */
export interface Task {
  readonly id: string
  readonly src: string
  readonly input: Json
  /** The state that started it: `create.building`. */
  readonly path: string
  readonly startedSeq: number
  readonly startedAt: number
  readonly endedSeq: number | null
  /** What it came to; null while it has not, and where it failed. */
  readonly output: Json
  readonly attempts: readonly Attempt[]
  readonly waits: readonly Pause[]
  readonly backoffs: readonly (Pause & { readonly seq: number })[]
}

/** What a task is at. */
export type TaskMark =
  | 'none'
  | 'waiting'
  | 'running'
  | 'retrying'
  | 'done'
  | 'partly'
  | 'gaveUp'
  | 'stopped'

/** A task while its records are read. */
interface Draft {
  id: string
  src: string
  input: Json
  path: string
  startedSeq: number
  startedAt: number
  endedSeq: number | null
  output: Json
  attempts: Attempt[]
  waits: Pause[]
  backoffs: (Pause & { seq: number })[]
  /** Since when the next attempt may begin. */
  ready: number
  /** When an attempt began that was told of: it got its slot, or its function was called. */
  begun: number | null
}

/** Every task of a history in the order of its start, with what is pending now. */
export function tasksOf(records: readonly RecordData[], work: readonly Work[]): readonly Task[] {
  const all: Draft[] = []
  const running = new Map<string, Draft>()
  for (const record of records) {
    if (record.kind === 'attempt') attempt(running.get(record.body.task), record)
    if (record.kind !== 'step') continue
    ended(running, record)
    for (const effect of record.effects ?? []) {
      if (effect.kind === 'stopTask') stop(running, String(effect.id), record)
      if (effect.kind !== 'startTask') continue
      const draft = started(record, String(effect.id), effect.src ?? '', effect.input ?? null)
      all.push(draft)
      running.set(draft.id, draft)
    }
    // A machine that ended asks for nothing more of its tasks.
    if (record.effects?.some(({ kind }) => kind === 'complete') === true) {
      for (const id of running.keys()) stop(running, id, record)
    }
  }
  for (const each of work) pending(running.get(each.id), each)
  return all
}

function started({ seq, at, body }: StepData, id: string, src: string, input: Json): Draft {
  const place = {
    startedSeq: seq,
    startedAt: at,
    endedSeq: null,
    output: null,
    ready: at,
    begun: null,
  }
  const path = pathOf(body.value)
  return { id, src, input, path, ...place, attempts: [], waits: [], backoffs: [] }
}

function attempt(draft: Draft | undefined, record: Extract<RecordData, { kind: 'attempt' }>): void {
  if (draft === undefined) return
  const { at, seq, body } = record
  if (body.phase === 'started' || body.phase === 'slot') return begun(draft, at)
  begun(draft, body.since)
  finish(draft, { at, seq, end: body.phase, error: body.error ?? null })
  if (body.phase === 'lost') {
    draft.ready = at
    draft.begun = null
    return
  }
  const retryAt = body.retryAt ?? at
  draft.backoffs.push({ from: at, to: retryAt, seq })
  draft.ready = retryAt
  draft.begun = null
}

/** An attempt began then: until then the task had waited. */
function begun(draft: Draft, at: number | undefined): void {
  if (at === undefined) return
  if (at > draft.ready) draft.waits.push({ from: draft.ready, to: at })
  draft.begun = at
}

interface End {
  readonly at: number
  readonly seq: number
  readonly end: AttemptEnd
  readonly error: TaskFault | null
}

function finish(draft: Draft, { at, seq, end, error }: End): void {
  const from = draft.begun ?? draft.ready
  // Stopped while it paused or queued: no attempt was under way.
  if (from > at) return
  draft.attempts.push({ n: draft.attempts.length + 1, from, to: at, end, seq, error, due: null })
}

function ended(running: Map<string, Draft>, { at, seq, body }: StepData): void {
  const [, how, id = ''] = /^xstate\.(done|error)\.actor\.(.+)$/.exec(body.event.type) ?? []
  const draft = running.get(id)
  if (draft === undefined) return
  const error = how === 'error' ? faultOf(body.event['error'] ?? null) : null
  begun(draft, body.since)
  finish(draft, { at, seq, end: how === 'error' ? 'gaveUp' : 'done', error })
  draft.endedSeq = seq
  draft.output = body.event['output'] ?? null
  running.delete(id)
}

function faultOf(error: Json): TaskFault {
  if (typeof error !== 'object' || error === null) return { message: String(error) }
  const { code, message } = error as { readonly code?: string; readonly message?: string }
  return { ...(code === undefined ? {} : { code }), message: message ?? JSON.stringify(error) }
}

function stop(running: Map<string, Draft>, id: string, { at, seq }: StepData): void {
  const draft = running.get(id)
  if (draft === undefined) return
  finish(draft, { at, seq, end: 'stopped', error: null })
  draft.endedSeq = seq
  running.delete(id)
}

function pending(draft: Draft | undefined, { kind, state, due, axis, since }: Work): void {
  if (draft === undefined || kind !== 'task') return
  if (state === 'running') begun(draft, since)
  if (state === 'waiting') draft.waits.push({ from: draft.ready, to: null })
  if (state === 'waiting' || state === 'backoff') return
  const from = draft.begun ?? draft.ready
  const n = draft.attempts.length + 1
  const ends = axis === 'file' && state === 'running' ? due : null
  draft.attempts.push({ n, from, to: null, end: 'open', seq: null, error: null, due: ends })
}

/** What a task was at after a record, at a time not before it. */
export function markOf(task: Task, seq: number, at: number): TaskMark {
  if (task.startedSeq > seq) return 'none'
  const last = task.attempts.findLast((each) => each.seq !== null && each.seq <= seq)
  if (task.endedSeq !== null && task.endedSeq <= seq) {
    const end = last?.end
    if (end === 'done' || end === 'partly' || end === 'gaveUp') return end
    return 'stopped'
  }
  const pause = task.backoffs.findLast((each) => each.seq <= seq)
  if (pause !== undefined && at < (pause.to ?? Number.POSITIVE_INFINITY)) return 'retrying'
  const waits = task.waits.some(({ from, to }) => from <= at && (to === null || at < to))
  return waits ? 'waiting' : 'running'
}

/** The attempt that a task was at after a record: 1 for the first. */
export function attemptAt(task: Task, seq: number): number {
  return task.attempts.filter((each) => each.seq !== null && each.seq <= seq).length + 1
}

/** How far the attempt that runs is, from 0 to 1; null where nobody knows when it ends. */
export function progressAt(task: Task, at: number): number | null {
  const open = task.attempts.find(({ from, to }) => from <= at && (to === null || at < to))
  const end = open?.to ?? open?.due ?? null
  if (open === undefined || end === null || end <= open.from) return null
  return Math.min(1, (at - open.from) / (end - open.from))
}

/** A state that was there from one time to another. */
export interface Visit {
  readonly path: string
  readonly value: Json
  readonly seq: number
  readonly from: number
  /** Null while it is there. */
  readonly to: number | null
}

/** The states that a history went through, each stay by itself. */
export function visitsOf(records: readonly RecordData[]): readonly Visit[] {
  const visits: Visit[] = []
  for (const record of records) {
    if (record.kind !== 'step') continue
    const path = pathOf(record.body.value)
    const last = visits.at(-1)
    if (last?.path === path) continue
    if (last !== undefined) visits[visits.length - 1] = { ...last, to: record.at }
    visits.push({ path, value: record.body.value, seq: record.seq, from: record.at, to: null })
  }
  return visits
}

/** A timer, from when it was set. */
export interface Timer {
  readonly id: string
  readonly setSeq: number
  readonly setAt: number
  readonly due: number
  /** The record that fired or cancelled it. */
  readonly endedSeq: number | null
}

export function timersOf(records: readonly RecordData[]): readonly Timer[] {
  const all: Timer[] = []
  const end = (found: number, seq: number): void => {
    const timer = all[found]
    if (timer !== undefined) all[found] = { ...timer, endedSeq: seq }
  }
  for (const record of records) {
    if (record.kind !== 'step') continue
    const { seq, at, body, effects = [] } = record
    const open = (id: string): number =>
      all.findIndex((timer) => timer.id === id && timer.endedSeq === null)
    end(open(body.event.type), seq)
    for (const { kind, id, delay = 0, event } of effects) {
      const name = id ?? event?.type ?? 'timer'
      if (kind === 'cancelTimer' || kind === 'setTimer') end(open(name), seq)
      if (kind === 'setTimer') {
        all.push({ id: name, setSeq: seq, setAt: at, due: at + delay, endedSeq: null })
      }
    }
    if (effects.some(({ kind }) => kind === 'complete')) {
      for (const [index, timer] of all.entries()) if (timer.endedSeq === null) end(index, seq)
    }
  }
  return all
}
