import { useState } from 'preact/hooks'
import { markOf, progressAt, type Task, type TaskMark } from '../model/tasks.js'
import { taskLabel } from '../model/words.js'
import { Icon } from '../parts/icon.js'
import { useSeen } from './seen.js'
import { Mark, taskNote } from './task-row.js'

/** Up to so many rows are drawn one by one. */
const most = 8
/** Of those in trouble, when there are more. */
const mostTroubled = 4

const words: Readonly<Record<TaskMark, string>> = {
  none: 'not yet',
  waiting: 'waiting for a slot',
  running: 'running',
  retrying: 'retrying',
  done: 'done',
  gaveUp: 'gave up',
  stopped: 'stopped',
}

/** Trouble first, then what moves, then what is over. */
const order: readonly TaskMark[] = [
  'retrying',
  'gaveUp',
  'running',
  'waiting',
  'none',
  'done',
  'stopped',
]

interface Row {
  readonly id: string
  readonly task: Task | null
  readonly mark: TaskMark
}

interface HostRowsProps {
  /** The key of the state that runs the tasks. */
  readonly state: string
  readonly expected: readonly string[]
  /** The task that the shown record is about, and those of the two before it. */
  readonly hot: readonly (string | null)[]
}

/** The tasks that a state runs, folded where they are many: the state's outline never grows. */
export function HostRows({ state, expected, hot }: HostRowsProps) {
  const { document, moment } = useSeen()
  const [open, setOpen] = useState<ReadonlySet<TaskMark>>(new Set())
  const tasks = document.derived.tasks.filter(({ path }) => path.split('.')[0] === state)
  const rows = rowsOf(expected, tasks, moment.seq, moment.at)
  const done = rows.filter(({ mark }) => mark === 'done').length
  const toggle = (mark: TaskMark): void => {
    const next = new Set(open)
    if (!next.delete(mark)) next.add(mark)
    setOpen(next)
  }
  return (
    <>
      <div
        class="host-rows"
        tabIndex={rows.length > most ? 0 : undefined}
        role="group"
        aria-label={`Tasks of ${state}`}
      >
        {rows.length === 0 && <p class="host-none">nothing to do</p>}
        {rows.length <= most
          ? rows.map((row) => <HostRow key={row.id} row={row} heat={hot.indexOf(row.id)} />)
          : grouped(rows).map(([mark, group]) => (
              <Folded
                key={mark}
                mark={mark}
                rows={group}
                open={open.has(mark)}
                onToggle={() => toggle(mark)}
                hot={hot}
              />
            ))}
      </div>
      {rows.length > 0 && (
        <p class="host-foot">
          {done} of {rows.length} done
        </p>
      )}
    </>
  )
}

function rowsOf(
  expected: readonly string[],
  tasks: readonly Task[],
  seq: number,
  at: number,
): Row[] {
  const ids = [...new Set([...expected, ...tasks.map(({ id }) => id)])]
  return ids.map((id) => {
    const task = tasks.findLast((each) => each.id === id) ?? null
    return { id, task, mark: task === null ? 'none' : markOf(task, seq, at) }
  })
}

function grouped(rows: readonly Row[]): (readonly [TaskMark, readonly Row[]])[] {
  return order.flatMap((mark) => {
    const group = rows.filter((row) => row.mark === mark)
    return group.length === 0 ? [] : [[mark, group] as const]
  })
}

interface FoldedProps {
  readonly mark: TaskMark
  readonly rows: readonly Row[]
  readonly open: boolean
  readonly onToggle: () => void
  readonly hot: readonly (string | null)[]
}

function Folded({ mark, rows, open, onToggle, hot }: FoldedProps) {
  const trouble = mark === 'retrying' || mark === 'gaveUp'
  const shown = open ? rows : trouble ? rows.slice(0, mostTroubled) : []
  const rest = rows.length - shown.length
  return (
    <>
      {(!trouble || open || rest > 0) && (
        <button type="button" class="host-row fold" aria-expanded={open} onClick={onToggle}>
          <Mark mark={mark} />
          <b>{trouble && !open ? `+ ${rest}` : rows.length}</b>
          <span class="grow cut">{words[mark]}</span>
          <Icon name={open ? 'down' : 'open'} size={12} />
        </button>
      )}
      {shown.map((row) => (
        <HostRow key={row.id} row={row} heat={hot.indexOf(row.id)} />
      ))}
    </>
  )
}

/** @param heat 0 for the last record, 1 and 2 for the two before it */
function HostRow({ row, heat }: { readonly row: Row; readonly heat: number }) {
  const { moment, hovered, hover } = useSeen()
  const { id, task, mark } = row
  const progress = task !== null && mark === 'running' ? progressAt(task, moment.at) : null
  const classes = [
    'host-row',
    mark,
    heat < 0 ? '' : `heat-${heat}`,
    hovered === id ? 'hovered' : '',
  ]
  return (
    <div class={classes.join(' ')} onMouseEnter={() => hover(id)} onMouseLeave={() => hover(null)}>
      {progress !== null && <i class="progress" style={{ width: `${progress * 100}%` }} />}
      <Mark mark={mark} />
      <span class="mono cut grow">{taskLabel(id)}</span>
      <span class="note">{task !== null && taskNote(task, moment.seq, moment.at)}</span>
      <span class="unseen">{words[mark]}</span>
    </div>
  )
}
