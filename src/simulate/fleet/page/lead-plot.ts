import { normalQuantile } from '../../../core/normal.js'
import type { FleetPoint } from '../report-types.js'
import { length, percent } from '../words.js'
import { escaped, path, type Point, px, scale, ticks, unitOf } from './svg.js'

const width = 640
const height = 360
const left = 52
const bottom = 44
const top = 18

const levels = [0.01, 0.1, 0.5, 0.9, 0.99, 0.999]
const marked = ['p50', 'p90', 'p95', 'p99'] as const
const shareOf = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 }

/** The distribution of lead times with its band; the tails are stretched as normal quantiles are. */
export function leadPlot({ leadTime }: FleetPoint, goal: number | null): string {
  const curve = leadTime.curve.filter(({ share }) => share >= 0.01)
  const last = curve.at(-1)
  if (last === undefined) return '<p class="note">No execution gave an image.</p>'
  const unit = unitOf(last.value)
  // The band of the last points may be wide: it must not squeeze the rest.
  const most = Math.max(Math.min(last.high, 1.25 * last.value), goal ?? 0) * 1.04
  const marks = ticks(most / unit.ms)
  const end = Math.max(most / unit.ms, marks.at(-2) ?? 0)
  const x = scale([0, end], [left, width - 12])
  const y = scale([normalQuantile(0.009), normalQuantile(0.9992)], [height - bottom, top])
  const at = (value: number, share: number): Point => [
    Math.min(width - 12, x(value / unit.ms)),
    y(normalQuantile(share)),
  ]
  const band = [
    ...curve.map(({ low, share }) => at(low, share)),
    ...curve.toReversed().map(({ high, share }) => at(high, share)),
  ]
  const line = curve.map(({ value, share }) => at(value, share))
  return [
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(spoken(leadTime))}">`,
    ...levels.map((share) => level(share, y(normalQuantile(share)))),
    ...marks
      .filter((mark) => mark <= end)
      .map((mark) => {
        const place = px(x(mark))
        return `<line x1="${place}" x2="${place}" y1="${height - bottom}" y2="${height - bottom + 4}" stroke="var(--rule)"/><text x="${place}" y="${height - bottom + 18}" text-anchor="middle">${mark}</text>`
      }),
    `<line x1="${left}" x2="${width - 12}" y1="${height - bottom}" y2="${height - bottom}" stroke="var(--rule)"/>`,
    `<path d="${path(band)}Z" fill="var(--accent-tint)"/>`,
    ...marked.map((key) => {
      const [px1, py1] = at(leadTime[key].value, shareOf[key])
      return `<line x1="${px(px1)}" x2="${px(px1)}" y1="${px(py1)}" y2="${height - bottom}" stroke="var(--rule)" stroke-dasharray="2 3"/>`
    }),
    `<path d="${path(line)}" fill="none" stroke="var(--accent)" stroke-width="2" stroke-linejoin="round"/>`,
    ...(goal === null ? [] : [goalLine(x(goal / unit.ms), goal, leadTime.missed?.value ?? 0)]),
    ...marked.map((key) => {
      const [cx, cy] = at(leadTime[key].value, shareOf[key])
      return `<circle cx="${px(cx)}" cy="${px(cy)}" r="4.5" fill="var(--surface)" stroke="var(--accent)" stroke-width="2"/>`
    }),
    `<text x="${width - 12}" y="${height - 6}" text-anchor="end">${unit.word} from start to a usable image</text>`,
    '</svg>',
  ].join('')
}

function level(share: number, at: number): string {
  const name = `${Number((100 * share).toPrecision(4))} %`
  return `<line x1="${left}" x2="${width - 12}" y1="${px(at)}" y2="${px(at)}" stroke="var(--line)"/><text x="${left - 8}" y="${px(at + 4)}" text-anchor="end">${name}</text>`
}

function goalLine(at: number, goal: number, missed: number): string {
  const side = at > width * 0.6 ? { x: at - 6, anchor: 'end' } : { x: at + 6, anchor: 'start' }
  return (
    `<line x1="${px(at)}" x2="${px(at)}" y1="${top - 6}" y2="${height - bottom}" stroke="var(--failed)" stroke-width="1.5" stroke-dasharray="5 4"/>` +
    `<text x="${px(side.x)}" y="${height - bottom - 8}" text-anchor="${side.anchor}" class="goal">goal ${length(goal)}, missed by ${percent(missed)}</text>`
  )
}

function spoken({ p50, p95, p99 }: FleetPoint['leadTime']): string {
  return `Lead times: half within ${length(p50.value)}, 95 of 100 within ${length(p95.value)}, 99 of 100 within ${length(p99.value)}`
}
