import type { Estimate } from '../estimate.js'
import { escaped, path, type Point, px, scale, ticks } from './svg.js'

const width = 560
const height = 270
const left = 48
const bottom = 42
const top = 10

export interface SweepCurve {
  /** Values of the sweep, in its order, each with what came of it. */
  readonly points: readonly { readonly x: number; readonly y: Estimate }[]
  /** What stands below the axis. */
  readonly title: string
  /** Name of the colour. */
  readonly colour: string
  /** By how much values are divided, and what follows them: 60000 and ' min'. */
  readonly unit: number
  readonly suffix: string
  /** The fleet as it stands. */
  readonly here: { readonly y: Estimate; readonly text: string }
}

/** One measure over the values of a sweep, with its band and the fleet's own value as a line. */
export function sweepPlot({ points, title, colour, unit, suffix, here }: SweepCurve): string {
  const sorted = points.toSorted((a, b) => a.x - b.x).filter(({ y }) => Number.isFinite(y.value))
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined) return ''
  const most = Math.max(here.y.value, ...sorted.map(({ y }) => Math.min(y.high, 2 * y.value)))
  const marks = ticks((most / unit) * 1.02)
  const x = scale([first.x, last.x], [left + 8, width - 12])
  const y = scale([0, marks.at(-1) ?? 1], [height - bottom, top])
  const at = (value: number, mean: number): Point => [x(value), Math.max(top, y(mean / unit))]
  const band = [
    ...sorted.map((each) => at(each.x, each.y.low)),
    ...sorted.toReversed().map((each) => at(each.x, each.y.high)),
  ]
  const line = sorted.map((each) => at(each.x, each.y.value))
  const own = px(y(here.y.value / unit))
  return [
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    ...marks.map((mark) => {
      const place = y(mark)
      return `<line x1="${left}" x2="${width - 4}" y1="${px(place)}" y2="${px(place)}" stroke="var(--line)"/><text x="${left - 8}" y="${px(place + 4)}" text-anchor="end">${mark}${suffix}</text>`
    }),
    `<line x1="${left}" x2="${width - 4}" y1="${height - bottom}" y2="${height - bottom}" stroke="var(--rule)"/>`,
    `<path d="${path(band)}Z" fill="var(--${colour})" opacity=".22"/>`,
    `<line x1="${left}" x2="${width - 4}" y1="${own}" y2="${own}" stroke="var(--ink-2)" stroke-dasharray="4 4"/>`,
    `<path d="${path(line)}" fill="none" stroke="var(--${colour})" stroke-width="2" stroke-linejoin="round"/>`,
    ...line.map(
      ([cx, cy]) =>
        `<circle cx="${px(cx)}" cy="${px(cy)}" r="3" fill="var(--surface)" stroke="var(--${colour})" stroke-width="2"/>`,
    ),
    ...labels(sorted.map((each) => each.x)).map(
      (value) =>
        `<text x="${px(x(value))}" y="${height - bottom + 18}" text-anchor="middle">${value}</text>`,
    ),
    `<text x="${width - 4}" y="${height - 4}" text-anchor="end">${escaped(title)}</text>`,
    '</svg>',
  ].join('')
}

/** At most eight values, the first and the last among them. */
function labels(values: readonly number[]): readonly number[] {
  const every = Math.ceil(values.length / 8)
  return values.filter((_, n) => n % every === 0 || n === values.length - 1)
}
