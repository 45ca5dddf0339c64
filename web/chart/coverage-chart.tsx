import { useMemo } from 'preact/hooks'
import { colourOf, stateStatus } from '../model/status.js'
import { Icon } from '../parts/icon.js'
import {
  type CoverageData,
  countText,
  extentOf,
  type LineMark,
  marksOf,
  type StateMark,
} from './coverage.js'
import type { Box, Layout, Line } from './layout.js'
import { hostsTasks, type MachineModel, pathsIn, type StateNode } from './machine.js'

interface CoverageChartProps {
  readonly machine: MachineModel
  readonly layout: Layout
  readonly coverage: Pick<CoverageData, 'states' | 'transitions'>
}

/**
 * A machine with how often each of its states and transitions was come through. What never was is
 * dashed, crossed and says so. Needs coverage.css.
 */
export function CoverageChart({ machine, layout, coverage }: CoverageChartProps) {
  const marks = useMemo(() => {
    const edges = layout.lines.map(({ edge }) => edge)
    return marksOf(machine, edges, coverage)
  }, [machine, layout, coverage])
  const paths = useMemo(() => pathsIn(machine.root), [machine])
  const { width, height, lines, boxes, initial } = layout
  const taken = (line: Line): number => marks.lines.get(line.edge.id)?.taken ?? 0
  return (
    <div
      class="coverage-chart"
      role="group"
      aria-label={`Chart of ${machine.key}, with how often each state was entered`}
      tabIndex={0}
    >
      <div style={{ width: `${width}px`, height: `${height}px` }}>
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          <circle cx={initial.x} cy={initial.y} r={5} class="begin" />
          <Arrow points={[[initial.x, initial.y], initial.to]} class="all" />
          {lines
            .toSorted((a, b) => taken(a) - taken(b))
            .map((line) => {
              const mark = marks.lines.get(line.edge.id)
              if (mark === undefined) return null
              return (
                <g key={line.edge.id}>
                  <title>{linesOf(mark).join('\n')}</title>
                  <Arrow points={line.points} class={extentOf(mark)} />
                </g>
              )
            })}
        </svg>
        {lines.map((line) => {
          const mark = marks.lines.get(line.edge.id)
          return mark === undefined ? null : <Label key={line.edge.id} line={line} mark={mark} />
        })}
        {boxes.map((box) => {
          const [state, mark] = [paths.get(box.id)?.at(-1), marks.states.get(box.id)]
          if (state === undefined || mark === undefined) return null
          const path = box.id.slice(machine.root.id.length + 1)
          const status = stateStatus(machine.key, path)
          return <State key={box.id} box={box} state={state} mark={mark} status={status} />
        })}
      </div>
    </div>
  )
}

function linesOf({ transitions }: LineMark): string[] {
  return transitions.map(({ source, text, times }) => {
    const from = source.slice(source.lastIndexOf('.') + 1)
    return `${from}: ${text}, ${timesText(times)}`
  })
}

/** `never`, `once`, `12 times`. */
function timesText(times: number): string {
  if (times === 0) return 'never'
  return times === 1 ? 'once' : `${times.toLocaleString('en')} times`
}

function Arrow({ points, class: extent }: { points: Line['points']; class: string }) {
  const [end, before] = [points.at(-1), points.at(-2)]
  if (end === undefined || before === undefined) return null
  const [x, y] = end
  const angle = (Math.atan2(y - before[1], x - before[0]) * 180) / Math.PI
  return (
    <g class={`arrow ${extent}`}>
      <polyline points={points.map((point) => point.join(',')).join(' ')} />
      <path d="M0 0 L-8 -3.6 L-8 3.6z" transform={`translate(${x} ${y}) rotate(${angle})`} />
    </g>
  )
}

/** How often a line was gone along, beside it. */
function Label({ line, mark }: { readonly line: Line; readonly mark: LineMark }) {
  const place = placeOf(line.points)
  if (place === null) return null
  const extent = extentOf(mark)
  const count = extent === 'none' ? 'never' : countText(mark.times)
  return (
    <span
      class={`coverage-label ${extent} ${place.level ? 'level' : 'steep'}`}
      style={{ left: `${place.x}px`, top: `${place.y}px` }}
      title={linesOf(mark).join('\n')}
    >
      {extent === 'some' ? `${mark.taken} of ${mark.all}` : count}
    </span>
  )
}

/** The middle of the longest level stretch that has room for words, else of the longest. */
function placeOf(
  points: Line['points'],
): { readonly x: number; readonly y: number; readonly level: boolean } | null {
  let best: { x: number; y: number; level: boolean; long: number } | null = null
  for (const [index, [x, y]] of points.entries()) {
    const next = points[index + 1]
    if (next === undefined) continue
    const level = next[1] === y
    const size = Math.abs(level ? next[0] - x : next[1] - y)
    // A level stretch with room is as good as a very long steep one.
    const long = level && size >= 30 ? size + 1_000 : size
    if (best !== null && long <= best.long) continue
    best = { x: (x + next[0]) / 2, y: (y + next[1]) / 2, level, long }
  }
  return best
}

interface StateProps {
  readonly box: Box
  readonly state: StateNode
  readonly mark: StateMark
  readonly status: string | undefined
}

function State({ box, state, mark, status }: StateProps) {
  const { x, y, width, height } = box
  const extent = extentOf(mark)
  const compound = state.states.length > 0
  const shape = compound
    ? 'compound'
    : state.type === 'final'
      ? 'final'
      : hostsTasks(state)
        ? 'host'
        : 'leaf'
  const [task] = state.tasks
  return (
    <div
      class={`coverage-state ${shape} ${extent}`}
      style={{
        left: `${x}px`,
        top: `${y}px`,
        width: `${width}px`,
        height: `${height}px`,
        '--c': colourOf(status),
      }}
      data-state={state.id}
      title={`${state.key}: ${timesText(mark.times)}`}
    >
      <div class="coverage-head">
        {extent === 'none' ? (
          <Icon name="close" size={14} />
        ) : (
          status !== undefined && <Icon name={status} size={14} />
        )}
        <b class="cut">{state.key}</b>
        <span class="times">
          {compound
            ? `${mark.taken} of ${mark.all}`
            : mark.taken === 0
              ? 'never'
              : countText(mark.times)}
        </span>
        {shape === 'leaf' && task !== undefined && <code>{task.src}</code>}
      </div>
      {shape === 'host' && (
        <ul>
          {mark.within.map(({ text, times }) => (
            <li key={text} class={times === 0 ? 'none' : 'all'}>
              <Icon name={times === 0 ? 'close' : 'done'} size={12} />
              <span class="grow cut">{text}</span>
              <span class="times">{times === 0 ? 'never' : countText(times)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
