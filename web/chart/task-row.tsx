import { took, within } from '../lib/time.js'
import { attemptAt, markOf, progressAt, type Task, type TaskMark } from '../model/tasks.js'
import { Icon } from '../parts/icon.js'

const icons: Readonly<Record<TaskMark, string>> = {
  none: 'waiting',
  waiting: 'waiting',
  running: 'running',
  retrying: 'retrying',
  done: 'SUCCESS',
  partly: 'PARTITION_SUCCESS',
  gaveUp: 'FAILED',
  stopped: 'CANCELLED',
}

const colours: Readonly<Record<TaskMark, string>> = {
  none: 'var(--ink-3)',
  waiting: 'var(--ink-3)',
  running: 'var(--distributing)',
  retrying: 'var(--accent)',
  done: 'var(--success)',
  partly: 'var(--partition-success)',
  gaveUp: 'var(--failed)',
  stopped: 'var(--cancelled)',
}

/** What a task is at, as one of its marks. */
export function Mark({ mark }: { readonly mark: TaskMark }) {
  return (
    <span style={{ color: colours[mark] }}>
      <Icon name={icons[mark]} size={14} />
    </span>
  )
}

/** What stands at the right of a task: how long, how far, when again. */
export interface TaskNote {
  /** What gives way where there is little room; */
  readonly first: string
  /** and what only where there is none. */
  readonly rest: string
}

export const noNote: TaskNote = { first: '', rest: '' }

export function taskNote(task: Task, seq: number, at: number): TaskNote {
  const mark = markOf(task, seq, at)
  if (mark === 'none') return noNote
  if (mark === 'waiting') return { first: '', rest: 'waits for a slot' }
  if (mark === 'retrying') {
    const pause = task.backoffs.findLast((each) => each.seq <= seq)
    const when = within((pause?.to ?? at) - at)
    return { first: when.startsWith('in ') ? 'retry in' : 'retry', rest: when.replace(/^in /, '') }
  }
  if (mark === 'running') {
    const [attempt, progress] = [attemptAt(task, seq), progressAt(task, at)]
    const percent = progress === null ? 'runs' : `${Math.floor(progress * 100)} %`
    return { first: attempt > 1 ? `#${attempt} ·` : '', rest: percent }
  }
  const last = task.attempts.findLast((each) => each.seq !== null && each.seq <= seq)
  if (mark === 'partly') return { first: 'only', rest: last?.said ?? 'in part' }
  if (mark === 'gaveUp') return { first: '', rest: last?.said ?? 'gave up' }
  return { first: '', rest: last?.to == null ? 'stopped' : took(last.to - task.startedAt) }
}
