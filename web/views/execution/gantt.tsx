import { useMemo, useRef, useState } from 'preact/hooks'
import { useKeys } from '../../lib/keys.js'
import { pure } from '../../lib/pure.js'
import { useSettings } from '../../lib/settings.js'
import { clock } from '../../model/clock.js'
import type { ClockChange } from '../../model/clock-changes.js'
import type { Document } from '../../model/document.js'
import { lookBack } from '../../model/bars.js'
import { expectedLanes } from '../../model/ecs.js'
import { type Group, type Lane, lanesOf } from '../../model/lanes.js'
import { fitted, isSame, roomyScale, type Scale, scaleOf, shownOn } from '../../model/scale.js'
import { colourOf, stateStatus, type Status } from '../../model/status.js'
import { markOf, type TaskMark } from '../../model/tasks.js'
import { Icon } from '../../parts/icon.js'
import { LaneBars, type LaneBarsProps } from './bars.js'
import { ClockPlates, usePlates } from './clock-plates.js'
import { CutMark, Ticks, wordsOn } from './ruler.js'
import { useChanges } from './use-changes.js'
import { useWidth } from './width.js'
import { Scrubber } from './scrubber.js'
import { useSeen } from '../../chart/seen.js'
import { Mark } from '../../chart/task-row.js'

/** What is free at the right end, for the axis to grow into, as a share of it, */
const leastRoom = 0.074
/** and in pixels, for words behind the last bar: when it is due, or how long it took. */
const roomForWords = { due: 108, took: 56 } as const
/** But never more than this share of the axis. */
const mostRoom = 0.2
/** How long an axis stays as it is while time passes on it, in milliseconds of who looks at it. */
const leastGrowthMs = 2_000

/** Which stretch of the axis is shown; null for all of it. */
type Zoom = { readonly from: number; readonly to: number } | null

/** What happened when: a lane for each state, region and account, over one axis. */
export function Gantt() {
  const { document, moment, now } = useSeen()
  const { zone } = useSettings()
  const [zoom, setZoom] = useState<Zoom>(null)
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set())
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const { records } = document.history
  const changes = useChanges()
  const axis = useAxis(zoom, Math.max(0, width - 8), changes)
  const groups = useMemo(() => {
    const context = document.history.contextAt(records.length - 1)
    return lanesOf(document, expectedLanes(document.machine?.key ?? '', context), unfolded)
  }, [document, document.version, unfolded])
  const unfold = useMemo(() => (name: string) => setUnfolded((now) => new Set([...now, name])), [])
  useKeys([
    { keys: '+', does: 'Zoom into the Gantt', run: () => setZoom(zoomed(axis, moment.at, 0.5)) },
    { keys: '-', does: 'Zoom out of the Gantt', run: () => setZoom(zoomed(axis, moment.at, 2)) },
    { keys: '0', does: 'Fit the Gantt', run: () => setZoom(null) },
    {
      keys: '[',
      does: 'Fold all; in the chart, the tasks of a state',
      run: () => setUnfolded(new Set()),
    },
    {
      keys: ']',
      does: 'Unfold all; in the chart, the tasks of a state',
      run: () => setUnfolded(new Set(['create', ...groups.map(({ name }) => name)])),
    },
  ])
  if (records.length === 0) return <p class="pad faint">Starts with the first step.</p>
  const ended = document.data?.execution.endedAt ?? null
  const nowX = axis.x(ended ?? now)
  const headX = axis.x(moment.at)
  const plates = usePlates(axis, changes, wordsOn(axis, [nowX]), moment.live ? null : headX)
  return (
    <section
      class="gantt"
      aria-label="When it happened"
      style={{ '--name': `${nameRoom(groups)}px`, '--group': `${groupRoom(groups)}px` }}
    >
      <Scrubber axis={axis} />
      <div class="gantt-scroll" tabIndex={0} aria-label="Lanes">
        <div class="gantt-grid">
          <div class="gantt-axis" aria-hidden="true" ref={box}>
            <Ticks axis={axis} zone={zone} nowX={nowX} headX={headX} plates={plates} />
          </div>
          {groups.map((group) => (
            <GroupLanes key={group.name} group={group} axis={axis} onUnfold={unfold} />
          ))}
          <div class="gantt-over" aria-hidden="true">
            <CutMark axis={axis} plates={plates} />
            <ClockPlates plates={plates} zone={zone} />
            <i class={moment.live ? 'now-line' : 'now-line past'} style={at(nowX)}>
              <b>{ended === null ? 'now' : 'end'}</b>
            </i>
            {!moment.live && <i class="now-line" style={at(headX)} />}
          </div>
        </div>
      </div>
    </section>
  )
}

/** How wide names are: an account and its region are long. */
function nameRoom(groups: readonly Group[]): number {
  const letters = groups.flatMap(({ lanes }) => lanes.map(({ label }) => label.length))
  return Math.min(226, Math.max(122, ...letters.map((count) => count * 7 + 8)))
}

/** As much for the names of groups, which are bold. */
function groupRoom(groups: readonly Group[]): number {
  return Math.min(160, Math.max(56, ...groups.map(({ name }) => name.length * 7.5 + 10)))
}

/** What moves along the axis at every step moves as a whole: nothing is laid out for it. */
function at(x: number): { readonly transform: string } {
  return { transform: `translateX(${x}px)` }
}

function useAxis(zoom: Zoom, width: number, changes: readonly ClockChange[]): Scale {
  const { document, now } = useSeen()
  const { records } = document.history
  const first = records[0]?.at ?? now
  const ended = document.data?.execution.endedAt ?? null
  const dues = useMemo(() => duesOf(document), [document, document.version])
  const end = ended ?? Math.max(now, dues.at(-1) ?? now)
  const words = roomForWords[ended === null ? 'due' : 'took']
  const room = Math.max(leastRoom * width, Math.min(mostRoom * width, words))
  // The same axis for as long as it is: what stands on it need not be drawn anew.
  const axis = useRef<Scale | null>(null)
  const shown = axis.current === null ? end - first : shownOn(axis.current)
  const least = clock.runs ? leastGrowthMs * (clock.scale ?? 1) : 0
  const length = ended === null ? fitted(end - first, shown, least) : end - first
  // What begins a stretch in which nothing happens, if anything does before the axis is another one.
  const waits = ended === null && now > (records.at(-1)?.at ?? now)
  const until = waits ? fitted(now - first, shown, least) : 0
  const made = useMemo(() => {
    if (zoom !== null) return scaleOf(zoom.from, zoom.to, width, [zoom.from])
    // A bar that is under way is something that happens: only what nobody waited in is cut.
    const busy = [...records, ...changes].map(({ at }) => at)
    busy.push(ended ?? now, ...dues)
    busy.sort((a, b) => a - b)
    return roomyScale(first, first + Math.max(1_000, length), { width, room }, busy)
  }, [records, changes, dues, first, length, width, room, zoom, until])
  if (axis.current === null || !isSame(axis.current, made)) axis.current = made
  return axis.current
}

/** When something is due, or was, the soonest first. */
function duesOf({ derived: { tasks } }: Document): readonly number[] {
  const dues = tasks.flatMap(({ attempts, backoffs }) => [
    ...attempts.map(({ due }) => due ?? 0),
    ...backoffs.map(({ to }) => to ?? 0),
  ])
  return dues.filter((at) => at > 0).sort((a, b) => a - b)
}

function zoomed({ from, to }: Scale, around: number, by: number): Zoom {
  const span = Math.max(1_000, (to - from) * by)
  return { from: around - span / 2, to: around + span / 2 }
}

interface GroupLanesProps {
  readonly group: Group
  readonly axis: Scale
  readonly onUnfold: (name: string) => void
}

/** The lanes of a group. What a lane shows of the moment is worked out here: most have not changed. */
function GroupLanes({ group, axis, onUnfold }: GroupLanesProps) {
  const { document, moment, now, go, hovered, hover } = useSeen()
  const { zone } = useSettings()
  const { live, at, seq, record } = moment
  const machine = document.data?.execution.machine ?? ''
  return (
    <div class="lane-group" role="group" aria-label={group.name}>
      {group.lanes.map((lane, index) => {
        const task = lane.tasks.at(-1)?.id
        return (
          <LaneRow
            key={lane.id}
            lane={lane}
            group={group.name}
            isFirst={index === 0}
            status={stateStatus(machine, lane.path)}
            mark={markOfLane(lane, seq, at)}
            hot={record !== undefined && isAbout(lane, record)}
            hovered={hovered === lane.about || (task !== undefined && hovered === task)}
            axis={axis}
            zone={zone}
            now={isOpen(lane) ? now : 0}
            at={live ? null : lookBack(lane, at)}
            go={go}
            onHover={hover}
            onUnfold={onUnfold}
          />
        )
      })}
    </div>
  )
}

interface LaneRowProps extends LaneNameProps, LaneBarsProps {
  readonly hot: boolean
  readonly hovered: boolean
  readonly onHover: (id: string | null) => void
}

const LaneRow = pure((props: LaneRowProps) => {
  const { lane, hot, hovered, onHover } = props
  const { group, isFirst, status, mark, onUnfold } = props
  const { axis, zone, now, at, go } = props
  const classes = [
    'lane',
    mark === 'none' ? 'not-yet' : '',
    hot ? 'hot' : '',
    hovered ? 'hovered' : '',
  ]
  return (
    <div
      class={classes.join(' ')}
      style={{ '--c': colourOf(status) }}
      onMouseEnter={() => onHover(lane.about)}
      onMouseLeave={() => onHover(null)}
    >
      <LaneName
        lane={lane}
        group={group}
        isFirst={isFirst}
        status={status}
        mark={mark}
        onUnfold={onUnfold}
      />
      <span class="lane-bars">
        <LaneBars lane={lane} axis={axis} zone={zone} now={now} at={at} go={go} />
      </span>
    </div>
  )
})

interface LaneNameProps {
  readonly lane: Lane
  readonly group: string
  /** The name of a group stands before the first of its lanes. */
  readonly isFirst: boolean
  readonly status: Status | undefined
  readonly mark: TaskMark
  readonly onUnfold: (name: string) => void
}

const LaneName = pure((props: LaneNameProps) => {
  const { lane, group, isFirst, status, mark, onUnfold } = props
  const many = lane.id.startsWith(`${lane.state} `) || lane.path.indexOf('.') === -1
  return (
    <>
      <span class="lane-group-name">{isFirst && group}</span>
      <span class="lane-icon">
        {many || status === undefined ? (
          <Mark mark={mark} />
        ) : (
          <span style={{ color: mark === 'none' ? 'var(--ink-3)' : 'var(--c)' }}>
            <Icon name={status} size={14} />
          </span>
        )}
      </span>
      {lane.folded > 1 ? (
        <button
          type="button"
          class="lane-label unfold"
          onClick={() => onUnfold(group)}
          title="Show each of them"
        >
          {lane.label}
        </button>
      ) : (
        <span class="lane-label mono cut" title={lane.label}>
          {lane.label}
        </span>
      )}
    </>
  )
})

/** Whether anything in a lane goes on, so that its bars depend on now. */
function isOpen({ tasks, visits }: Lane): boolean {
  return tasks.some(({ endedSeq }) => endedSeq === null) || visits.some(({ to }) => to === null)
}

function isAbout(lane: Lane, record: { readonly kind: string; readonly body: unknown }): boolean {
  const body = record.body as { readonly task?: string; readonly event?: { readonly type: string } }
  const task =
    body.task ?? /^xstate\.(?:done|error)\.actor\.(.+)$/.exec(body.event?.type ?? '')?.[1]
  return task !== undefined && lane.folded === 1 && lane.tasks.some(({ id }) => id === task)
}

function markOfLane(lane: Lane, seq: number, at: number): TaskMark {
  // Accounts of one share have the same task.
  const marks = new Set([...new Set(lane.tasks)].map((task) => markOf(task, seq, at)))
  for (const each of [
    'retrying',
    'running',
    'waiting',
    'gaveUp',
    'partly',
    'done',
    'stopped',
  ] as const) {
    if (marks.has(each)) return each
  }
  if (lane.tasks.length > 0) return 'none'
  const visit = lane.visits.findLast(({ from }) => from <= at)
  if (visit === undefined) return 'none'
  return visit.to === null || visit.to > at ? 'running' : 'done'
}
