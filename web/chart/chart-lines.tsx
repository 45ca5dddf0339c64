import { useState } from 'preact/hooks'
import { pure } from '../lib/pure.js'
import type { Layout, Line } from './layout.js'
import { transitionText } from './machine.js'
import { Pill } from './pill.js'

/** What a record moved. */
export interface Heat {
  readonly edges: readonly string[]
  readonly task: string | null
  readonly seq: number
  readonly label: string
  /** Whether the state was not left: a retry, or an event that changed the context alone. */
  readonly stayed: boolean
}

interface ChartLinesProps {
  readonly layout: Layout
  readonly active: ReadonlySet<string>
  readonly visited: ReadonlySet<string>
  /** Of the shown record, and of the two before it. */
  readonly heat: readonly Heat[]
  /** The state that the last transition did not leave; null when it did. */
  readonly loop: string | null
  /** The line along which somebody walked by keys. */
  readonly walked: string | null
}

/** The lines of a chart: gone along, possible now, or neither. */
export function ChartLines({ layout, active, visited, heat, loop, walked }: ChartLinesProps) {
  const [pointed, setPointed] = useState<string | null>(null)
  const { width, height, lines, initial } = layout
  const last = heat[0]
  const hot = lines.find(({ edge }) => edge.id === last?.edges[0])
  const way = lines.find(({ edge }) => edge.id === walked)
  return (
    <>
      <svg
        class="chart-lines"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        aria-hidden="true"
      >
        <circle cx={initial.x} cy={initial.y} r={5} fill="var(--ink-2)" />
        <Arrow points={start(layout)} class="line visited" />
        {lines.map(({ edge, points }) => (
          <Reach
            key={edge.id}
            id={edge.id}
            points={points}
            kind={visited.has(edge.id) ? 'visited' : active.has(edge.from) ? 'possible' : 'other'}
            onPoint={setPointed}
          />
        ))}
        {/* What is hot is drawn once more, over what is not: nothing below it has to move. */}
        {heat.map((_, back) => (
          <HotLines key={back} lines={lines} heat={heat} back={heat.length - 1 - back} />
        ))}
        {loop !== null && <Loop layout={layout} at={loop} />}
        {way !== undefined && <Arrow points={way.points} class="line walked" />}
      </svg>
      {lines.map((line) => (
        <LineLabel
          key={line.edge.id}
          line={line}
          shown={
            line !== hot &&
            (line.edge.exceptional || pointed === line.edge.id || walked === line.edge.id)
          }
        />
      ))}
      {hot !== undefined && last !== undefined && (
        <Pill layout={layout} line={hot} label={last.label} seq={last.seq} />
      )}
    </>
  )
}

const starts = new WeakMap<Layout, Line['points']>()

/** From the disc into the first state. */
function start(layout: Layout): Line['points'] {
  const { x, y, to } = layout.initial
  const points = starts.get(layout) ?? [[x, y], to]
  starts.set(layout, points)
  return points
}

interface ReachProps {
  readonly id: string
  readonly points: Line['points']
  readonly kind: 'visited' | 'possible' | 'other'
  readonly onPoint: (id: string | null) => void
}

/** A line, and the room around it in which it is pointed at. */
const Reach = pure(({ id, points, kind, onPoint }: ReachProps) => (
  <g onMouseEnter={() => onPoint(id)} onMouseLeave={() => onPoint(null)}>
    <polyline points={text(points)} class="line-reach" />
    <Arrow points={points} class={`line ${kind}`} />
  </g>
))

interface LoopProps {
  readonly layout: Layout
  readonly at: string
}

/** A transition that did not leave its state: out of it, and back. */
function Loop({ layout, at }: LoopProps) {
  const box = layout.boxes.find(({ id }) => id === at)
  if (box === undefined) return null
  const right = box.x + box.width
  // The head of a state that holds rows; the middle of one that does not.
  const y = box.y + Math.min(box.height, 28) / 2
  const points: Line['points'] = [
    [right, y - 6],
    [right + 15, y - 6],
    [right + 15, y + 6],
    [right + 1, y + 6],
  ]
  return <Arrow points={points} class="line heat-0 loop" />
}

interface HotLinesProps {
  readonly lines: readonly Line[]
  readonly heat: readonly Heat[]
  /** 0 for the shown record, 1 and 2 for the two before it. */
  readonly back: number
}

/** The lines that a record went along. One that was hot later is drawn there. */
function HotLines({ lines, heat, back }: HotLinesProps) {
  const { edges = [], seq = 0 } = heat[back] ?? {}
  const later = new Set(heat.slice(0, back).flatMap((each) => each.edges))
  const own = lines.filter(({ edge }) => edges.includes(edge.id) && !later.has(edge.id))
  // Of two records in turn each has a name of its own, so that its drawing begins anew.
  const turn = back === 0 ? (seq % 2 === 0 ? ' even' : ' odd') : ''
  return (
    <>
      {own.map(({ points }, index) => (
        <Arrow key={index} points={points} class={`line heat-${back}${turn}`} big={back === 0} />
      ))}
    </>
  )
}

function text(points: Line['points']): string {
  return points.map((point) => point.join(',')).join(' ')
}

interface ArrowProps {
  readonly points: Line['points']
  readonly class: string
  readonly big?: boolean
}

/** A line with its head, which lies along the last stretch. */
const Arrow = pure(({ points, class: name, big = false }: ArrowProps) => {
  const [end, before] = [points.at(-1), points.at(-2)]
  if (end === undefined || before === undefined) return null
  const [x, y] = end
  const angle = (Math.atan2(y - before[1], x - before[0]) * 180) / Math.PI
  const [long, half] = big ? [11, 5] : [8, 3.6]
  return (
    <g class={name}>
      <polyline points={text(points)} pathLength={big ? 1 : undefined} />
      <path
        d={`M0 0 L${-long} ${-half} L${-long} ${half}z`}
        transform={`translate(${x} ${y}) rotate(${angle})`}
      />
    </g>
  )
})

/** Where there is room for words beside a line: on its longest level stretch. */
function placeOf(
  points: Line['points'],
): { readonly x: number; readonly y: number; readonly long: number } | null {
  let best: { x: number; y: number; long: number } | null = null
  for (const [index, [x, y]] of points.entries()) {
    const next = points[index + 1]
    if (next === undefined || next[1] !== y) continue
    const long = Math.abs(next[0] - x)
    if (best === null || long > best.long) best = { x: Math.min(x, next[0]), y, long }
  }
  return best
}

interface LineLabelProps {
  readonly line: Line
  readonly shown: boolean
}

const LineLabel = pure(({ line, shown }: LineLabelProps) => {
  const place = placeOf(line.points)
  if (!shown || place === null || place.long < 60) return null
  const { transitions } = line.edge
  const failures = transitions.every(({ transition }) => transition.kind === 'taskFailed')
  const words =
    failures && transitions.length > 1
      ? 'error'
      : [...new Set(transitions.map(({ transition }) => transitionText(transition)))].join(', ')
  return (
    <span
      class="line-label"
      style={{ left: `${place.x + Math.min(40, place.long / 4)}px`, top: `${place.y - 8}px` }}
    >
      {words}
    </span>
  )
})
