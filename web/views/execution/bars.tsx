import { useMemo } from 'preact/hooks'
import { useSettings } from '../../lib/settings.js'
import { clockTime, took, within, type Zone } from '../../lib/time.js'
import { drawnOf, notePlace } from '../../model/bars.js'
import type { Lane } from '../../model/lanes.js'
import type { Scale } from '../../model/scale.js'
import type { Attempt, Pause, Task } from '../../model/tasks.js'
import { Icon } from '../../parts/icon.js'
import { useSeen } from '../../chart/seen.js'

interface LaneBarsProps {
  readonly lane: Lane
  readonly axis: Scale
}

/**
 * What bars show of a moment. They get it as a prop, not from the context: a bar that is the same at
 * two steps is not drawn anew when somebody scrubs.
 */
interface Look {
  readonly axis: Scale
  readonly zone: Zone
  readonly now: number
  /** Whether now is shown; else how it was at a time. */
  readonly live: boolean
  readonly at: number
  readonly go: (seq: number) => void
}

/** The bars of a lane: attempts, waits for a slot, pauses between attempts, and what is planned. */
export function LaneBars({ lane, axis }: LaneBarsProps) {
  const { now, moment, go } = useSeen()
  const { zone } = useSettings()
  const { live, at } = moment
  const look: Look = { axis, zone, now, live, at, go }
  if (lane.folded > 1) return <FoldedBar lane={lane} look={look} />
  if (lane.tasks.length === 0) {
    return (
      <>
        {drawnOf(lane.visits, axis, now).map(({ from, to, count }) => (
          <Bar
            key={from}
            look={look}
            from={from}
            to={to ?? now}
            open={to === null}
            title={count === 1 ? lane.label : `${lane.label}, ${count} times`}
            note={count === 1 ? took((to ?? now) - from) : ''}
          />
        ))}
      </>
    )
  }
  return (
    <>
      {lane.tasks.map((task) => (
        <TaskBars key={task.startedSeq} task={task} look={look} label={lane.label} />
      ))}
    </>
  )
}

interface TaskBarsProps {
  readonly task: Task
  readonly look: Look
  readonly label: string
}

function TaskBars({ task, look, label }: TaskBarsProps) {
  const { axis, zone, now, live, at, go } = look
  // Of a task that has ended, only what was after the shown time looks otherwise.
  const later = live ? -1 : task.attempts.filter(({ from, to }) => from >= at || (to ?? now) > at)
  const open = task.endedSeq === null ? now : 0
  return useMemo(
    () => <AllOfTask task={task} look={look} label={label} />,
    [
      task,
      label,
      axis,
      zone,
      live,
      go,
      open,
      later === -1 ? later : later.map(({ n, from }) => `${n}${from >= at}`).join(),
    ],
  )
}

function AllOfTask({ task, look, label }: TaskBarsProps) {
  const { axis, now, live } = look
  const many = task.attempts.length > 1 || task.backoffs.length > 0
  const pause = task.backoffs.at(-1)
  const retrying = pause !== undefined && task.endedSeq === null && (pause.to ?? 0) > now
  return (
    <>
      {task.waits.map((wait) => (
        <Stretch
          key={wait.from}
          kind="wait"
          pause={wait}
          axis={axis}
          now={now}
          title={`${label} waits for a slot`}
        />
      ))}
      {task.backoffs.map((pause) => (
        <Stretch
          key={pause.seq}
          kind="backoff"
          pause={pause}
          axis={axis}
          now={now}
          title={`${label}: pause before the next attempt`}
        />
      ))}
      {task.attempts.map((attempt) => (
        <AttemptBar key={attempt.n} attempt={attempt} look={look} label={label} many={many} />
      ))}
      {retrying && pause.to !== null && (
        <span class="due-mark" style={{ left: `${axis.x(pause.to)}px` }}>
          <i />
          {live && (
            <b>
              attempt {task.attempts.length + 1} {within(pause.to - now)}
            </b>
          )}
        </span>
      )}
    </>
  )
}

interface AttemptBarProps {
  readonly attempt: Attempt
  readonly look: Look
  readonly label: string
  readonly many: boolean
}

function AttemptBar({ attempt, look, label, many }: AttemptBarProps) {
  const { axis, zone, now, live, at, go } = look
  const { n, from, to, end, due, error, seq } = attempt
  const until = to ?? Math.max(from, now)
  const title = [
    `${label}${many ? `, attempt ${n}` : ''}: ${clockTime(from, zone)} to ${to === null ? 'now' : clockTime(to, zone)}`,
    `took ${took(until - from)}`,
    ...(error === null ? [] : [`${error.code ?? 'error'}: ${error.message}`]),
    ...(due === null ? [] : [`due ${clockTime(due, zone)}`]),
  ].join(', ')
  const failed = end === 'failed' || end === 'gaveUp'
  const note = many ? String(n) : took(until - from)
  const later = !live && until > at ? 'later' : ''
  return (
    <>
      {due !== null && due > until && live && (
        <Planned axis={axis} from={until} to={due} zone={zone} />
      )}
      <Bar
        look={look}
        from={from}
        to={until}
        open={end === 'open'}
        title={title}
        note={note}
        inside={many}
        faded={end === 'stopped'}
        onPress={seq === null ? null : () => go(seq)}
      />
      {failed && (
        <span class={`failed-end ${later}`} style={{ left: `${axis.x(until)}px` }} title={title}>
          <Icon name="FAILED" size={13} />
        </span>
      )}
      {end === 'gaveUp' && (
        <span class={`bar-note ${later}`} style={{ left: `${axis.x(until) + 10}px` }}>
          gave up
        </span>
      )}
    </>
  )
}

interface PlannedProps {
  readonly axis: Scale
  readonly from: number
  readonly to: number
  readonly zone: 'utc' | 'local'
}

/** Where a simulated attempt will end. */
function Planned({ axis, from, to, zone }: PlannedProps) {
  const [left, right] = [axis.x(from), axis.x(to)]
  return (
    <>
      <i class="planned" style={{ left: `${left}px`, width: `${Math.max(1, right - left)}px` }} />
      <span class="bar-note" style={{ left: `${right + 8}px` }}>
        due {clockTime(to, zone)}
      </span>
    </>
  )
}

interface BarProps {
  readonly look: Look
  readonly from: number
  readonly to: number
  readonly open: boolean
  readonly title: string
  readonly note: string
  /** Whether the note is short enough to stand inside any bar. */
  readonly inside?: boolean
  readonly faded?: boolean
  readonly onPress?: (() => void) | null
}

function Bar(props: BarProps) {
  const { look, from, to, open, title, note, inside = false, faded = false, onPress = null } = props
  const { axis, live, at } = look
  const left = Math.max(-2, axis.x(from))
  const later = !live && from >= at ? 'later' : ''
  const width = Math.max(3, axis.x(to) - left)
  if (axis.x(to) < 0 || left > axis.width) return null
  const place = notePlace(note, left, width, axis)
  return (
    <>
      <i
        class={['bar', open ? 'open' : '', faded ? 'faded' : '', later].join(' ')}
        style={{ left: `${left}px`, width: `${width}px` }}
        title={title}
        onClick={() => onPress?.()}
      >
        {place.inside && <span style={{ marginLeft: `${place.from}px` }}>{note}</span>}
      </i>
      {!place.inside && !inside && !open && (
        <span class={`bar-note ${later}`} style={{ left: `${place.x}px` }}>
          {note}
        </span>
      )}
    </>
  )
}

interface StretchProps {
  readonly kind: 'wait' | 'backoff'
  readonly pause: Pause
  readonly axis: Scale
  readonly now: number
  readonly title: string
}

function Stretch({ kind, pause, axis, now, title }: StretchProps) {
  const left = axis.x(pause.from)
  // A pause that is planned is dotted to its end; a wait has none that anybody knows.
  const right = axis.x(pause.to ?? now)
  return (
    <i
      class={kind}
      style={{ left: `${left}px`, width: `${Math.max(1, right - left)}px` }}
      title={title}
    />
  )
}

/** Lanes that went well, as one. */
function FoldedBar({ lane, look }: { readonly lane: Lane; readonly look: Look }) {
  const { now } = look
  const attempts = lane.tasks.flatMap((task) => task.attempts)
  const [first] = attempts
  if (first === undefined) return null
  const from = Math.min(...attempts.map((each) => each.from))
  const to = Math.max(...attempts.map((each) => each.to ?? now))
  const spans = attempts.map((each) => (each.to ?? now) - each.from)
  const open = attempts.some(({ end }) => end === 'open')
  const done = attempts.filter(({ end }) => end === 'done').length
  const note = `${done} done, ${took(Math.min(...spans))} to ${took(Math.max(...spans))} each`
  return <Bar look={look} from={from} to={to} open={open} title={note} note={note} />
}
