import { delayText } from '../lib/time.js'
import type { RecordData, TaskFault } from './history.js'
import { pathOf } from './row.js'

/** A record in words: what happened, where, and by which icon it is known. */
export interface Told {
  readonly icon: string
  readonly tone: 'plain' | 'good' | 'partly' | 'bad' | 'moved'
  readonly what: string
  readonly where: string
  /** The same where there is little room. */
  readonly brief: string
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
export type KnownTasks = ReadonlyMap<string, KnownTask>

interface KnownTask extends TaskName {
  readonly src: string
  /** What it came to, where it ended well and did not do all that it was asked for. */
  readonly did?: 'part' | 'nothing'
}

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

function briefIn(tasks: KnownTasks, id: string): string {
  const { name, short } = tasks.get(id) ?? plainName(id)
  return [name, short].filter(Boolean).join(' ')
}

/** @param before the state before the record; null for the first */
export function toldOf(record: RecordData, before: string | null, tasks: KnownTasks): Told {
  if (record.kind === 'migration') {
    const { from, to } = record.body
    const where = `${from} to ${to}`
    const told = { icon: 'arrow', tone: 'moved', what: 'migrated' } as const
    return { ...told, where, brief: where, error: null, task: null }
  }
  if (record.kind === 'attempt') return attemptTold(record, tasks)
  return stepTold(record, before, tasks)
}

function attemptTold({ body }: Extract<RecordData, { kind: 'attempt' }>, tasks: KnownTasks): Told {
  const { task, attempt, phase, error = null } = body
  const source = tasks.get(task)?.src ?? task
  const where = `${labelIn(tasks, task)} #${attempt}`
  const brief = `${briefIn(tasks, task)} #${attempt}`
  const bad = { icon: 'FAILED', tone: 'bad', where, brief, error, task } as const
  if (phase === 'failed') return { ...bad, what: `${source} failed` }
  if (phase === 'lost') return { ...bad, what: `${source} lost its process` }
  const what = phase === 'slot' ? `${source} got its slot` : `${source} started`
  return { icon: 'running', tone: 'plain', what, where, brief, error: null, task }
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
  const known = tasks.get(task ?? '')
  const end = bad ? ends.failed : ends[known?.did ?? 'all']
  const what = task === null ? eventText(type) : `${known?.src ?? task} ${end.words}`
  if (before !== null && before !== after) {
    const moved = `${shortened(before, after)} → ${shortened(after, before)}`
    return {
      icon: bad ? 'FAILED' : 'arrow',
      tone: bad ? 'bad' : 'moved',
      what: moved,
      where: what,
      brief: what,
      error,
      task,
    }
  }
  const where = task === null ? after : labelIn(tasks, task)
  const brief = task === null ? after : briefIn(tasks, task)
  const other = { icon: before === null ? 'play' : 'bolt', tone: 'plain' } as const
  const { icon, tone } = task === null ? other : end
  return { icon, tone, what, where, brief, error, task }
}

/** How a task ended. */
const ends = {
  all: { icon: 'done', tone: 'good', words: 'done' },
  part: { icon: 'PARTITION_SUCCESS', tone: 'partly', words: 'in part' },
  nothing: { icon: 'FAILED', tone: 'bad', words: 'refused' },
  failed: { icon: 'FAILED', tone: 'bad', words: 'failed' },
} as const

/** An event as people say it. */
export function eventText(type: string): string {
  if (type === 'xstate.init') return 'started'
  if (type === 'xstate.stop') return 'ended by force'
  const after = /^xstate\.after\.(.+?)\./.exec(type)?.[1]
  if (after === undefined) return type
  return `after ${delayText(after)}`
}

/** A path without what it shares with the other: `building` of `create.building` beside `create.testing`. */
function shortened(path: string, other: string): string {
  if (path.startsWith('{')) return 'parallel states'
  const [own, others] = [path.split('.'), other.split('.')]
  const shared = own.findIndex((part, index) => part !== others[index])
  if (shared === 0) return own[0] ?? path
  return own.slice(Math.max(0, shared)).join('.')
}
