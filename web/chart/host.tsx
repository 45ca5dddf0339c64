import type { ComponentChild } from 'preact'
import { useState } from 'preact/hooks'
import { pure } from '../lib/pure.js'
import { markOf, progressAt, type Task, type TaskMark } from '../model/tasks.js'
import { plainName, type TaskName } from '../model/words.js'
import { type ExpectedTask, expectedTasks } from '../model/ecs.js'
import { Icon } from '../parts/icon.js'
import type { Derived, Document } from '../model/document.js'
import type { Moment } from '../model/moment.js'
import { hostsTasks, type StateNode } from './machine.js'
import { useSeen } from './seen.js'
import { Mark, noNote, type TaskNote, taskNote } from './task-row.js'

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
  partly: 'done in part',
  gaveUp: 'gave up',
  stopped: 'stopped',
}

/** Trouble first, then what moves, then what is over. */
const order: readonly TaskMark[] = [
  'retrying',
  'gaveUp',
  'partly',
  'running',
  'waiting',
  'none',
  'done',
  'stopped',
]

interface Row {
  readonly id: string
  readonly name: TaskName
  readonly task: Task | null
  readonly mark: TaskMark
}

interface HostRowsProps {
  /** The key of the state that runs the tasks. */
  readonly state: string
  readonly expected: readonly ExpectedTask[]
  /** The task that the shown record is about, and those of the two before it. */
  readonly hot: readonly (string | null)[]
  /** Whether the shown record did not leave the state. */
  readonly stayed?: boolean
  /** In a chart, which is one tab stop and folds by keys of its own; absent where Tab comes to each. */
  readonly folds?: Folds
}

/** Which groups of rows are unfolded. */
export interface Folds {
  readonly open: ReadonlySet<TaskMark>
  readonly onOpen: (open: ReadonlySet<TaskMark>) => void
}

/** Every group of rows: all of them unfolded. */
export const everyMark: ReadonlySet<TaskMark> = new Set(order)

/** Whether the tasks of a state are so many, at a record, that they fold. */
export function isFolded(
  state: StateNode | undefined,
  { machine, history, derived }: Document,
  index: number,
): boolean {
  if (state === undefined || machine === null || !hostsTasks(state)) return false
  const expected = expectedTasks(machine.key, history.contextAt(index))[state.key] ?? []
  const tasks = tasksIn(state.key, derived.tasks)
  return new Set([...expected, ...tasks].map(({ id }) => id)).size > most
}

function tasksIn(state: string, tasks: readonly Task[]): readonly Task[] {
  return tasks.filter(({ path }) => path.split('.')[0] === state)
}

/** The tasks that a state runs, folded where they are many: the state's outline never grows. */
export function HostRows({ state, expected, hot, stayed = false, folds }: HostRowsProps) {
  const { document, moment, hovered, hover } = useSeen()
  const { seq, at } = moment
  const [own, setOwn] = useState<ReadonlySet<TaskMark>>(new Set())
  const { open, onOpen } = folds ?? { open: own, onOpen: setOwn }
  const stop = folds === undefined ? 0 : -1
  const tasks = tasksIn(state, document.derived.tasks)
  const rows = rowsOf(expected, document.derived, tasks, { seq, at })
  const done = rows.filter(({ mark }) => mark === 'done').length
  const toggle = (mark: TaskMark): void => {
    const next = new Set(open)
    if (!next.delete(mark)) next.add(mark)
    onOpen(next)
  }
  const drawn = ({ id, name, task, mark }: Row) => (
    <HostRow
      key={id}
      id={id}
      {...name}
      mark={mark}
      progress={task !== null && mark === 'running' ? progressAt(task, at) : null}
      {...(task === null ? noNote : taskNote(task, seq, at))}
      heat={hot.indexOf(id)}
      loops={stayed && hot[0] === id}
      hovered={hovered === id}
      onHover={hover}
    />
  )
  return (
    <>
      <div
        class="host-rows"
        tabIndex={rows.length > most ? stop : undefined}
        role="group"
        aria-label={`Tasks of ${state}`}
      >
        {rows.length === 0 && <p class="host-none">nothing to do</p>}
        {rows.length <= most
          ? rows.map(drawn)
          : grouped(rows).map(([mark, group]) => (
              <Folded
                key={mark}
                mark={mark}
                rows={group}
                open={open.has(mark)}
                stop={stop}
                onToggle={() => toggle(mark)}
                drawn={drawn}
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
  expected: readonly ExpectedTask[],
  { names }: Derived,
  tasks: readonly Task[],
  { seq, at }: Pick<Moment, 'seq' | 'at'>,
): Row[] {
  const before = new Map(expected.map(({ id, name }) => [id, name]))
  const ids = [...new Set([...before.keys(), ...tasks.map(({ id }) => id)])]
  return ids.map((id) => {
    const task = tasks.findLast((each) => each.id === id) ?? null
    const name = names.get(id) ?? before.get(id) ?? plainName(id)
    return { id, name, task, mark: task === null ? 'none' : markOf(task, seq, at) }
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
  /** Whether Tab comes to it, as a `tabIndex`. */
  readonly stop: 0 | -1
  readonly onToggle: () => void
  readonly drawn: (row: Row) => ComponentChild
}

function Folded({ mark, rows, open, stop, onToggle, drawn }: FoldedProps) {
  const trouble = mark === 'retrying' || mark === 'gaveUp' || mark === 'partly'
  const shown = open ? rows : trouble ? rows.slice(0, mostTroubled) : []
  const rest = rows.length - shown.length
  return (
    <>
      {(!trouble || open || rest > 0) && (
        <button
          type="button"
          class="host-row fold"
          aria-expanded={open}
          tabIndex={stop}
          // Whoever walks through the chart by keys goes on where they stand.
          onMouseDown={(event) => stop === -1 && event.preventDefault()}
          onClick={onToggle}
        >
          <Mark mark={mark} />
          <b>{trouble && !open ? `+ ${rest}` : rows.length}</b>
          <span class="grow cut">{words[mark]}</span>
          <Icon name={open ? 'down' : 'open'} size={12} />
        </button>
      )}
      {shown.map(drawn)}
    </>
  )
}

interface HostRowProps extends TaskName, TaskNote {
  readonly id: string
  readonly mark: TaskMark
  /** From 0 to 1; null where nobody knows. */
  readonly progress: number | null
  /** 0 for the last record, 1 and 2 for the two before it. */
  readonly heat: number
  /** Whether the last record is about it and did not leave the state: a retry. */
  readonly loops: boolean
  readonly hovered: boolean
  readonly onHover: (id: string | null) => void
}

const HostRow = pure((props: HostRowProps) => {
  const { id, name, short, title, mark, progress, first, rest, heat, loops, hovered, onHover } =
    props
  const classes = [
    'host-row',
    mark,
    heat < 0 ? '' : `heat-${heat}`,
    hovered ? 'hovered' : '',
    loops ? 'loops' : '',
  ]
  return (
    <div
      class={classes.join(' ')}
      onMouseEnter={() => onHover(id)}
      onMouseLeave={() => onHover(null)}
    >
      {progress !== null && (
        <i class="progress" style={{ backgroundSize: `${progress * 100}% 100%` }} />
      )}
      <Mark mark={mark} />
      <span class="host-words">
        <span class="host-name cut" title={title === '' ? undefined : title}>
          {name !== '' && <span class="mono">{name}</span>}
          {short !== '' && ` ${short}`}
        </span>
        <span class="note">
          {first !== '' && first.split(' ').map((word) => <span key={word}>{word} </span>)}
          <span>{rest}</span>
        </span>
      </span>
      {loops && (
        <svg class="row-loop" width="12" height="14" aria-hidden="true">
          <path d="M1 3.5H10.5V10.5H5" fill="none" stroke="currentColor" stroke-width="1.75" />
          <path d="M0 10.5L6 7V14z" fill="currentColor" />
        </svg>
      )}
      <span class="unseen">{words[mark]}</span>
    </div>
  )
})
