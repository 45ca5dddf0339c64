import type { ComponentChild } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Edge } from './edges.js'
import type { Layout } from './layout.js'
import { activeIn, hostsTasks, type MachineModel, pathsIn, type StateNode } from './machine.js'
import { takenBy } from './taken.js'
import { pure } from '../lib/pure.js'
import { took } from '../lib/time.js'
import { expectedTasks } from '../model/ecs.js'
import type { Document } from '../model/document.js'
import type { History, RecordData } from '../model/history.js'
import { colourOf, stateStatus } from '../model/status.js'
import { pathOf } from '../model/row.js'
import { toldOf } from '../model/words.js'
import { Icon } from '../parts/icon.js'
import { ChartLines, type Heat } from './chart-lines.js'
import { everyMark, type Folds, HostRows, isFolded } from './host.js'
import { useSeen } from './seen.js'
import { spentIn } from './spent.js'
import { useWalk } from './use-walk.js'

interface DrawnProps {
  readonly machine: MachineModel
  readonly layout: Layout
}

/** Smaller than this nobody can read it: then it scrolls in its own box. */
const leastScale = 0.72

/** How wide the chart may be, in pixels. */
function useRoom(box: { readonly current: HTMLDivElement | null }): number {
  const [room, setRoom] = useState(0)
  useEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const look = (): void => setRoom(element.clientWidth)
    look()
    const resized = new ResizeObserver(look)
    resized.observe(element)
    return () => resized.disconnect()
  }, [])
  return room
}

/** The machine drawn, with what was, what is and what can be. */
export function Drawn({ machine, layout }: DrawnProps) {
  const { document, moment, showSteps } = useSeen()
  const box = useRef<HTMLDivElement>(null)
  const room = useRoom(box)
  const edges = useMemo(() => layout.lines.map(({ edge }) => edge), [layout])
  const paths = useMemo(() => pathsIn(machine.root), [machine])
  const { history } = document
  const { index, value } = moment
  const heat = useMemo(
    () => heatAt(machine, edges, document, index),
    [machine, edges, history, index],
  )
  const active = useMemo(() => activeIn(machine.root, value), [machine, value])
  const scale = Math.min(1, Math.max(leastScale, room / layout.width))
  const spent = spentIn(machine, document.derived.visits, moment.seq, moment.at)
  const visited = visitedEdges(machine, edges, history, index)
  const spentOf = (id: string, short = false): string => {
    const ms = spent.get(id)
    if (ms === undefined) return ''
    return active.has(id) && ms < 1_000 && !short ? 'just entered' : took(ms)
  }
  const [open, setOpen] = useState<OpenRows>(new Map())
  const openRows = (id: string, marks: Folds['open']): void =>
    setOpen((now) => new Map([...now, [id, marks]]))
  const onFold = (id: string, unfold: boolean): void => openRows(id, unfold ? everyMark : new Set())
  const folds = (id: string): boolean => isFolded(paths.get(id)?.at(-1), document, index)
  const onSteps = showSteps
  const options = { box, paths, edges, active, spentOf, onSteps, folds, onFold }
  const { walk, said, keys } = useWalk(options)
  return (
    <div
      class="chart"
      ref={box}
      role="group"
      aria-label={`Chart of ${machine.key}`}
      aria-description="Arrows walk along the transitions, Enter shows the steps of a state, square brackets fold and unfold its tasks"
      tabIndex={0}
      data-keeps-arrows
      {...keys}
    >
      <p class="unseen" role="status">
        {said}
      </p>
      <div
        class="chart-size"
        style={{ width: `${layout.width * scale}px`, height: `${layout.height * scale}px` }}
      >
        <div
          class="chart-scale"
          style={{
            transform: `scale(${scale})`,
            width: `${layout.width}px`,
            height: `${layout.height}px`,
          }}
        >
          <ChartLines
            layout={layout}
            active={active}
            visited={visited}
            heat={heat}
            walked={walk?.way?.edge?.id ?? null}
            loop={loopAt(paths, active, heat[0])}
          />
          <States
            machine={machine}
            layout={layout}
            paths={paths}
            active={active}
            spentOf={spentOf}
            heat={heat}
            focused={walk?.at ?? null}
            open={open}
            onOpen={openRows}
          />
        </div>
      </div>
    </div>
  )
}

/** Which rows are unfolded, by the state that has them. */
type OpenRows = ReadonlyMap<string, Folds['open']>
const noneOpen: Folds['open'] = new Set()

interface StatesProps extends DrawnProps {
  readonly paths: ReturnType<typeof pathsIn>
  readonly active: ReadonlySet<string>
  /** How long a state was there, in words or shorter; empty when it never was. */
  readonly spentOf: (id: string, short?: boolean) => string
  readonly heat: readonly Heat[]
  readonly focused: string | null
  readonly open: OpenRows
  readonly onOpen: (id: string, open: Folds['open']) => void
}

function States(props: StatesProps) {
  const { machine, layout, paths, active, spentOf, heat, focused, open, onOpen } = props
  const { document, moment, hovered, hover } = useSeen()
  const expected = expectedTasks(machine.key, document.history.contextAt(moment.index))
  return (
    <>
      {layout.boxes.map((place) => {
        const state = paths.get(place.id)?.at(-1)
        if (state === undefined) return null
        // Beside its name a small state has room for a figure, not for words.
        const spent = spentOf(place.id, shapeOf(state) === 'leaf')
        return (
          <StateBox
            key={place.id}
            place={place}
            state={state}
            path={place.id.slice(machine.root.id.length + 1)}
            machine={machine.key}
            was={active.has(place.id) ? 'current' : spent === '' ? 'untouched' : 'visited'}
            spent={spent}
            hovered={hovered === place.id}
            focused={focused === place.id}
            onHover={hover}
          >
            {hostsTasks(state) && (
              <HostRows
                state={state.key}
                expected={expected[state.key] ?? []}
                hot={heat.map(({ task }) => task)}
                stayed={heat[0]?.stayed === true}
                folds={{
                  open: open.get(place.id) ?? noneOpen,
                  onOpen: (marks) => onOpen(place.id, marks),
                }}
              />
            )}
          </StateBox>
        )
      })}
    </>
  )
}

interface StateHeadProps {
  readonly state: StateNode
  readonly path: string
  readonly machine: string
  /** How long it was there; empty when it never was. */
  readonly spent: string
}

interface StateBoxProps extends StateHeadProps {
  readonly place: Layout['boxes'][number]
  readonly was: 'current' | 'visited' | 'untouched'
  readonly hovered: boolean
  /** Whether somebody who walks by keys stands here. */
  readonly focused: boolean
  readonly onHover: (id: string | null) => void
  /** False but for a state that runs a task for each of many. */
  readonly children: ComponentChild
}

const StateBox = pure((props: StateBoxProps) => {
  const { place, state, path, machine, was, spent, hovered, focused, onHover, children } = props
  const shape = shapeOf(state)
  const classes = ['state', shape, was, hovered ? 'hovered' : '', focused ? 'focused' : '']
  const { x, y, width, height } = place
  return (
    <div
      class={classes.join(' ')}
      style={{
        left: `${x}px`,
        top: `${y}px`,
        width: `${width}px`,
        height: `${height}px`,
        '--c': colourOf(stateStatus(machine, path)),
      }}
      data-state={state.id}
      aria-current={was === 'current' ? 'step' : undefined}
      title={state.description ?? undefined}
      onMouseEnter={() => shape !== 'compound' && onHover(state.id)}
      onMouseLeave={() => onHover(null)}
    >
      <StateHead state={state} path={path} machine={machine} spent={spent} />
      {children}
    </div>
  )
})

function shapeOf(state: StateNode): 'final' | 'compound' | 'host' | 'leaf' {
  if (state.type === 'final') return 'final'
  if (state.states.length > 0) return 'compound'
  return hostsTasks(state) ? 'host' : 'leaf'
}

const StateHead = pure(({ state, path, machine, spent }: StateHeadProps) => {
  const shape = shapeOf(state)
  const [task] = state.tasks
  return (
    <div class="state-head">
      {shape !== 'final' && <StateIcon status={stateStatus(machine, path)} />}
      <span class="state-title">
        <span class="state-name cut">{state.key}</span>
        {spent !== '' && shape !== 'final' && <span class="state-time">{spent}</span>}
      </span>
      {shape === 'leaf' && task !== undefined && <code class="state-task">{task.src}</code>}
    </div>
  )
})

function StateIcon({ status }: { readonly status: string | undefined }) {
  if (status === undefined) return null
  return (
    <span class="state-icon">
      <Icon name={status} size={15} />
    </span>
  )
}

/** What the shown record and the two before it moved: lines, and the row of a task. */
function heatAt(
  machine: MachineModel,
  edges: readonly Edge[],
  { history, derived }: Pick<Document, 'history' | 'derived'>,
  index: number,
): readonly Heat[] {
  return [0, 1, 2].flatMap((back) => {
    const record = history.records[index - back]
    if (record === undefined) return []
    const { task, what } = toldOf(record, null, derived.names)
    const taken = takenAt(machine, edges, history, index - back)
    return [
      {
        edges: taken.map(({ id }) => id),
        task,
        seq: record.seq,
        stayed: taken.length === 0 && isOver(record),
        label: what,
      },
    ]
  })
}

/** Whether something came to its end with the record, or was sent: not that an attempt began. */
function isOver(record: RecordData): boolean {
  if (record.kind === 'attempt') return record.body.phase === 'failed'
  return record.kind === 'step' && record.seq > 1
}

/** The state out of which a loop leads and back into it; null where the row of a task has it. */
function loopAt(
  paths: ReturnType<typeof pathsIn>,
  active: ReadonlySet<string>,
  last: Heat | undefined,
): string | null {
  if (last?.stayed !== true) return null
  const innermost = [...paths.keys()].findLast((id) => active.has(id)) ?? ''
  const state = paths.get(innermost)?.at(-1)
  if (state === undefined || state.type === 'final') return null
  return last.task !== null && hostsTasks(state) ? null : innermost
}

function takenAt(
  { root }: MachineModel,
  edges: readonly Edge[],
  history: History,
  index: number,
): readonly Edge[] {
  const record = history.records[index]
  const before = history.stepAt(index - 1)
  if (record?.kind !== 'step' || before === undefined) return []
  if (pathOf(before.body.value) === pathOf(record.body.value)) return []
  const { event, value } = record.body
  return takenBy(root, edges, { before: before.body.value, event: event.type, after: value })
}

const walked = new WeakMap<RecordData, readonly string[]>()

/** Every line that was gone along up to a record. */
function visitedEdges(
  machine: MachineModel,
  edges: readonly Edge[],
  history: History,
  index: number,
): ReadonlySet<string> {
  const visited = new Set<string>()
  for (let at = 0; at <= index; at++) {
    const record = history.records[at]
    if (record?.kind !== 'step') continue
    const known = walked.get(record) ?? takenAt(machine, edges, history, at).map(({ id }) => id)
    walked.set(record, known)
    for (const id of known) visited.add(id)
  }
  return visited
}
