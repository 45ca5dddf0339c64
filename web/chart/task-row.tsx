import { took, within } from '../lib/time.js'
import { attemptAt, markOf, progressAt, type Task, type TaskMark } from '../model/tasks.js'
import { Icon } from '../parts/icon.js'

const icons: Readonly<Record<TaskMark, string>> = {
  none: 'waiting',
  waiting: 'waiting',
  running: 'running',
  retrying: 'retrying',
  done: 'SUCCESS',
  gaveUp: 'FAILED',
  stopped: 'CANCELLED',
}

const colours: Readonly<Record<TaskMark, string>> = {
  none: 'var(--ink-3)',
  waiting: 'var(--ink-3)',
  running: 'var(--distributing)',
  retrying: 'var(--accent)',
  done: 'var(--success)',
  gaveUp: 'var(--failed)',
  stopped: 'var(--cancelled)',
}

/** What a task is at, as one of five marks. */
export function Mark({ mark }: { readonly mark: TaskMark }) {
  return (
    <span style={{ color: colours[mark] }}>
      <Icon name={icons[mark]} size={14} />
    </span>
  )
}

/** What stands at the right of a task: how long, how far, when again. */
export function taskNote(task: Task, seq: number, at: number): string {
  const mark = markOf(task, seq, at)
  if (mark === 'none') return ''
  if (mark === 'waiting') return 'waits for a slot'
  if (mark === 'retrying') {
    const pause = task.backoffs.findLast((each) => each.seq <= seq)
    return `retry ${within((pause?.to ?? at) - at)}`
  }
  if (mark === 'running') {
    const [attempt, progress] = [attemptAt(task, seq), progressAt(task, at)]
    const percent = progress === null ? 'runs' : `${Math.floor(progress * 100)} %`
    return attempt > 1 ? `#${attempt} · ${percent}` : percent
  }
  const last = task.attempts.findLast((each) => each.seq !== null && each.seq <= seq)
  if (mark === 'gaveUp') return 'gave up'
  return last?.to == null ? 'stopped' : took(last.to - task.startedAt)
}
