import { useState } from 'preact/hooks'
import type { Layout, Line } from './layout.js'
import { transitionText } from './machine.js'

/** What a record moved. */
export interface Heat {
  readonly edges: readonly string[]
  readonly task: string | null
  readonly seq: number
  readonly label: string
}

interface ChartLinesProps {
  readonly layout: Layout
  readonly active: ReadonlySet<string>
  readonly visited: ReadonlySet<string>
  /** Of the shown record, and of the two before it. */
  readonly heat: readonly Heat[]
}

/** The lines of a chart: gone along, possible now, or neither. */
export function ChartLines({ layout, active, visited, heat }: ChartLinesProps) {
  const [pointed, setPointed] = useState<string | null>(null)
  const { width, height, lines, initial } = layout
  const last = heat[0]
  const heatOf = (id: string): number => heat.findIndex(({ edges }) => edges.includes(id))
  // What is hot is drawn over what is not.
  const ordered = lines.toSorted((a, b) => rank(heatOf(b.edge.id)) - rank(heatOf(a.edge.id)))
  const hot = lines.find(({ edge }) => edge.id === last?.edges[0])
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
        <Arrow points={[[initial.x, initial.y], initial.to]} class="line visited" />
        {ordered.map(({ edge, points }) => {
          const heat = heatOf(edge.id)
          const now = active.has(edge.from)
          const kind = visited.has(edge.id) ? 'visited' : now ? 'possible' : 'other'
          return (
            <g
              key={edge.id}
              onMouseEnter={() => setPointed(edge.id)}
              onMouseLeave={() => setPointed(null)}
            >
              <polyline points={text(points)} class="line-reach" />
              <Arrow
                key={heat === 0 ? `hot ${last?.seq}` : 'cool'}
                points={points}
                class={`line ${kind}${heat < 0 ? '' : ` heat-${heat}`}`}
                big={heat === 0}
              />
            </g>
          )
        })}
      </svg>
      {lines.map((line) => (
        <LineLabel
          key={line.edge.id}
          line={line}
          shown={line.edge.exceptional || pointed === line.edge.id}
        />
      ))}
      {hot !== undefined && last !== undefined && <Pill line={hot} heat={last} />}
    </>
  )
}

function rank(heat: number): number {
  return heat < 0 ? 9 : heat
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
function Arrow({ points, class: name, big = false }: ArrowProps) {
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
}

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

function LineLabel({ line, shown }: { readonly line: Line; readonly shown: boolean }) {
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
}

/** The last transition, named above its line. */
function Pill({ line, heat }: { readonly line: Line; readonly heat: Heat }) {
  const place = placeOf(line.points)
  if (place === null) return null
  return (
    <span class="pill" style={{ left: `${place.x + place.long / 2}px`, top: `${place.y - 30}px` }}>
      {heat.label}
    </span>
  )
}
