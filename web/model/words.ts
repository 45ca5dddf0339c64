import type { RecordData, TaskFault } from './history.js'
import { pathOf } from './row.js'

/** A record in words: what happened, where, and by which icon it is known. */
export interface Told {
  readonly icon: string
  readonly tone: 'plain' | 'good' | 'bad' | 'moved'
  readonly what: string
  readonly where: string
  readonly error: TaskFault | null
  /** The task that it is about. */
  readonly task: string | null
}

/** What a task is called beside the state that runs it: `cn-beijing` for `copy.cn-beijing`. */
export function taskLabel(id: string): string {
  const dot = id.indexOf('.')
  return dot === -1 ? id : id.slice(dot + 1)
}

/** A task as people call it, beside the state that runs it. */
export interface TaskName {
  /** What a machine says: a region, an account. */
  readonly name: string
  /** What we say of it: how many accounts; */
  readonly note: string
  /** the same where there is little room. */
  readonly short: string
  /** All that it is about, where its name does not say so. */
  readonly title: string
}

/** Tasks in words, by their id: the name of their work too, for those that were started. */
export type KnownTasks = ReadonlyMap<string, TaskName & { readonly src: string }>

export function nameText({ name, note }: TaskName): string {
  return [name, note].filter(Boolean).join(' ')
}

/** `cn-beijing`, for a task of which no more is known than its id. */
export function plainName(id: string): TaskName {
  return { name: taskLabel(id), note: '', short: '', title: '' }
}

/** A task as it is called, beside the state that runs it. */
export function labelIn(tasks: KnownTasks, id: string): string {
  return nameText(tasks.get(id) ?? plainName(id))
}

/** @param before the state before the record; null for the first */
export function toldOf(record: RecordData, before: string | null, tasks: KnownTasks): Told {
  if (record.kind === 'migration') {
    const { from, to } = record.body
    const where = `${from} to ${to}`
    return { icon: 'arrow', tone: 'moved', what: 'migrated', where, error: null, task: null }
  }
  if (record.kind === 'attempt') return attemptTold(record, tasks)
  return stepTold(record, before, tasks)
}

function attemptTold({ body }: Extract<RecordData, { kind: 'attempt' }>, tasks: KnownTasks): Told {
  const { task, attempt, phase, error = null } = body
  const source = tasks.get(task)?.src ?? task
  const where = `${labelIn(tasks, task)} #${attempt}`
  if (phase === 'failed') {
    return { icon: 'FAILED', tone: 'bad', what: `${source} failed`, where, error, task }
  }
  if (phase === 'lost') {
    return { icon: 'FAILED', tone: 'bad', what: `${source} lost its process`, where, error, task }
  }
  const what = phase === 'slot' ? `${source} got its slot` : `${source} started`
  return { icon: 'running', tone: 'plain', what, where, error: null, task }
}

function stepTold(
  { body }: Extract<RecordData, { kind: 'step' }>,
  before: string | null,
  tasks: KnownTasks,
): Told {
  const { type } = body.event
  const after = pathOf(body.value)
  const [, how, task = null] = /^xstate\.(done|error)\.actor\.(.+)$/.exec(type) ?? []
  const bad = how === 'error'
  const error = bad ? (body.event['error'] as unknown as TaskFault) : null
  const what =
    task === null
      ? eventText(type)
      : `${tasks.get(task)?.src ?? task} ${how === 'done' ? 'done' : 'failed'}`
  if (before !== null && before !== after) {
    const moved = `${shortened(before, after)} → ${shortened(after, before)}`
    return {
      icon: bad ? 'FAILED' : 'arrow',
      tone: bad ? 'bad' : 'moved',
      what: moved,
      where: what,
      error,
      task,
    }
  }
  const where = task === null ? after : labelIn(tasks, task)
  const icon = bad ? 'FAILED' : how === 'done' ? 'done' : before === null ? 'play' : 'bolt'
  return { icon, tone: bad ? 'bad' : how === 'done' ? 'good' : 'plain', what, where, error, task }
}

/** An event as people say it. */
export function eventText(type: string): string {
  if (type === 'xstate.init') return 'started'
  if (type === 'xstate.stop') return 'ended by force'
  const after = /^xstate\.after\.(.+?)\./.exec(type)?.[1]
  return after === undefined ? type : `after ${after}${/^\d+$/.test(after) ? ' ms' : ''}`
}

/** A path without what it shares with the other: `building` of `create.building` beside `create.testing`. */
function shortened(path: string, other: string): string {
  if (path.startsWith('{')) return 'parallel states'
  const [own, others] = [path.split('.'), other.split('.')]
  const shared = own.findIndex((part, index) => part !== others[index])
  if (shared === 0) return own[0] ?? path
  return own.slice(Math.max(0, shared)).join('.')
}
