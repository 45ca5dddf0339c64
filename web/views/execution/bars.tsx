import { useMemo } from 'preact/hooks'
import { pure } from '../../lib/pure.js'
import { clockTime, took, within, type Zone } from '../../lib/time.js'
import { type Drawn, drawnOf, lookBack, notePlace } from '../../model/bars.js'
import type { Lane } from '../../model/lanes.js'
import type { Scale } from '../../model/scale.js'
import type { Attempt, Pause, Task } from '../../model/tasks.js'
import { Icon } from '../../parts/icon.js'

/** What bars show of a moment: as props, so that a bar that is the same at two steps is not drawn anew. */
interface Look {
  readonly axis: Scale
  readonly zone: Zone
  /** The time of the service; what nothing goes on in needs none. */
  readonly now: number
  /** The time that is shown; null where that is now. */
  readonly at: number | null
  readonly go: (seq: number) => void
}

export interface LaneBarsProps extends Look {
  readonly lane: Lane
}

/** The bars of a lane: attempts, waits for a slot, pauses between attempts, and what is planned. */
export const LaneBars = pure(({ lane, ...look }: LaneBarsProps) => {
  if (lane.folded > 1) return <FoldedBar lane={lane} {...look} />
  if (lane.tasks.length === 0) return <Visits lane={lane} {...look} />
  return (
    <>
      {lane.tasks.map((task) => (
        <TaskBars
          key={task.startedSeq}
          task={task}
          label={lane.label}
          {...look}
          now={task.endedSeq === null ? look.now : 0}
          at={look.at === null ? null : lookBack({ tasks: [task], visits: [] }, look.at)}
        />
      ))}
    </>
  )
})

/** Bars that are drawn at once; of a thousand stays, few look otherwise at the next step. */
const bunch = 24

function Visits({ lane, ...look }: LaneBarsProps) {
  const { axis, now, at } = look
  const drawn = useMemo(() => drawnOf(lane.visits, axis, now), [lane.visits, axis, now])
  const bunches = Array.from({ length: Math.ceil(drawn.length / bunch) }, (_, index) => {
    const some = drawn.slice(index * bunch, (index + 1) * bunch)
    const [first, last] = [some[0]?.from ?? 0, some.at(-1)?.from ?? 0]
    // The same time for all moments before it, and one for all after it.
    const shown = at === null ? null : Math.max(first, Math.min(at, last + 1))
    return <SomeVisits key={index} label={lane.label} drawn={some} {...look} at={shown} />
  })
  return <>{bunches}</>
}

interface SomeVisitsProps extends Look {
  readonly drawn: readonly Drawn[]
  readonly label: string
}

function SomeVisits({ drawn, label, ...look }: SomeVisitsProps) {
  const { axis, at } = look
  const now = drawn.at(-1)?.to === null ? look.now : 0
  const same = drawn.map(({ from, to, count }) => `${from} ${to} ${count}`).join()
  return useMemo(
    () => (
      <>
        {drawn.map(({ from, to, count }) => (
          <Bar
            key={from}
            look={look}
            from={from}
            to={to ?? now}
            open={to === null}
            title={count === 1 ? label : `${label}, ${count} times`}
            note={count === 1 ? took((to ?? now) - from) : ''}
          />
        ))}
      </>
    ),
    [same, label, axis, at, now],
  )
}

interface TaskBarsProps extends Look {
  readonly task: Task
  readonly label: string
}

const TaskBars = pure((props: TaskBarsProps) => {
  const { task, label, ...look } = props
  return <AllOfTask task={task} label={label} look={look} />
})

interface AllOfTaskProps {
  readonly task: Task
  readonly look: Look
  readonly label: string
}

function AllOfTask({ task, look, label }: AllOfTaskProps) {
  const { axis, now, at } = look
  const live = at === null
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
  const { axis, zone, now, at, go } = look
  const { n, from, to, end, due, error, seq, said = 'gave up' } = attempt
  const until = to ?? Math.max(from, now)
  const title = [
    `${label}${many ? `, attempt ${n}` : ''}: ${clockTime(from, zone)} to ${to === null ? 'now' : clockTime(to, zone)}`,
    `took ${took(until - from)}`,
    ...(error === null ? [] : [`${error.code ?? 'error'}: ${error.message}`]),
    ...(due === null ? [] : [`due ${clockTime(due, zone)}`]),
  ].join(', ')
  const failed = end === 'failed' || end === 'lost' || end === 'gaveUp'
  const note = many ? String(n) : took(until - from)
  const live = at === null
  const later = at !== null && until > at ? 'later' : ''
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
        inside={many || failed}
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
          {said}
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
  const { axis, at } = look
  const left = Math.max(-2, axis.x(from))
  const later = at !== null && from >= at ? 'later' : ''
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
        <span
          class={`bar-note ${place.ends === true ? 'ends' : ''} ${later}`}
          style={{ left: `${place.x}px` }}
        >
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
function FoldedBar({ lane, ...look }: LaneBarsProps) {
  const { now } = look
  const attempts = lane.tasks.flatMap((task) => task.attempts)
  const [first] = attempts
  if (first === undefined) return null
  const from = Math.min(...attempts.map((each) => each.from))
  const to = Math.max(...attempts.map((each) => each.to ?? now))
  const spans = attempts.map((each) => (each.to ?? now) - each.from)
  const open = attempts.some(({ end }) => end === 'open')
  const done = attempts.filter(({ end }) => end === 'done').length
  const [least, most] = [took(Math.min(...spans)), took(Math.max(...spans))]
  const note = `${done} done, ${least === most ? least : `${least} to ${most}`} each`
  return <Bar look={look} from={from} to={to} open={open} title={note} note={note} />
}
