import { findingsOf } from '../findings.js'
import type { Estimate } from '../estimate.js'
import type { FleetPoint, FleetReport } from '../report-types.js'
import { bounds, length, mean, percent, whole } from '../words.js'
import { icon, statusLabel } from './icons.js'
import { leadPlot } from './lead-plot.js'
import { escaped, px, unitOf } from './svg.js'
import { sweepPlot } from './sweep-plot.js'
import { tokenOf } from './tokens.js'

function panel(title: string, about: string, body: string): string {
  return `<section><h2>${escaped(title)}</h2><p>${about}</p>${body}</section>`
}

/** A duration with a unit beside it, as the large figures have it. */
function inUnit(ms: number, unit = unitOf(ms)): string {
  return Number.isFinite(ms) ? `${(ms / unit.ms).toFixed(1)} ${unit.name}` : '–'
}

/** Bounds with their unit said once. */
function range({ low, high, value }: Estimate): string {
  const unit = unitOf(value)
  return Number.isFinite(low)
    ? `${(low / unit.ms).toFixed(1)} to ${(high / unit.ms).toFixed(1)}`
    : 'unknown'
}

export function leadPanel({ point, goal }: FleetReport): string {
  const { p50, p90, p95, p99 } = point.leadTime
  const figures = (
    [
      ['Half within', p50],
      ['9 of 10 within', p90],
      ['19 of 20 within', p95],
      ['99 of 100 within', p99],
    ] as const
  ).map(([name, of]) => {
    return `<div><dt>${name}</dt><dd class="value">${inUnit(of.value)}</dd><dd class="bounds">${range(of)}</dd></div>`
  })
  const about = `Of ${whole(point.usable)} executions that gave a usable image. The tail is stretched, the band is the confidence.`
  const body = `<div class="lead">${leadPlot(point, goal)}<dl class="figures">${figures.join('')}</dl></div>`
  return panel('Lead time', about, body)
}

/** Bars on a square-root scale, so that the rare stay visible. */
export function outcomePanel({ point }: FleetReport): string {
  const rows = point.outcomes.map(({ status, share }) => {
    const end = (value: number) => 196 * Math.sqrt(Math.max(0, value))
    const [value, low, high] = [end(share.value), end(share.low), end(share.high)]
    const colour = `var(--${tokenOf(status)})`
    const bar =
      `<svg viewBox="0 0 204 22" aria-hidden="true"><rect x="1" y="4" width="${px(Math.max(1.5, value))}" height="14" rx="3" fill="${colour}" fill-opacity=".26" stroke="${colour}"/>` +
      `<path d="M${px(1 + low)} 11H${px(1 + high)}M${px(1 + low)} 7v8M${px(1 + high)} 7v8" stroke="var(--ink)" stroke-width="1.5" fill="none"/></svg>`
    return `<tr><td>${statusLabel(status)}</td><td class="bar">${bar}</td><td class="number"><b>${percent(share.value)}</b><small>${bounds(share, percent)}</small></td></tr>`
  })
  const table = `<table class="bare">${rows.join('')}</table><p class="note">square-root scale, so that the rare stay visible</p>`
  return panel('Outcomes', 'Of all that started.', table)
}

export function findingPanel(report: FleetReport): string {
  const found = findingsOf(report).map(
    ({ status, title, text }) =>
      `<div class="finding">${icon(status)}<b>${escaped(title)}</b><p>${escaped(text)}</p></div>`,
  )
  return panel('What to look at', 'Found in this fleet, largest first.', found.join(''))
}

export function sweepPanels({ sweep, point }: FleetReport): string {
  if (sweep === null) return ''
  const unit = unitOf(Math.max(...sweep.points.map(({ leadTime }) => leadTime.p95.value || 0)))
  const over = (measure: (each: FleetPoint) => Estimate) =>
    sweep.points.map((each) => ({ x: each.value ?? 0, y: measure(each) }))
  const lead = sweepPlot({
    points: over(({ leadTime }) => leadTime.p95),
    title: sweep.title,
    colour: 'accent',
    unit: unit.ms,
    suffix: ` ${unit.name}`,
    here: { y: point.leadTime.p95, text: length(point.leadTime.p95.value) },
  })
  const refused = sweepPlot({
    points: over((each) => each.refused),
    title: sweep.title,
    colour: 'failed',
    unit: 0.01,
    suffix: ' %',
    here: { y: point.refused, text: percent(point.refused.value) },
  })
  const dashed = 'dashed: the fleet as it stands'
  return (
    panel('Slow executions', `19 of 20 take at most so long; ${dashed}.`, lead) +
    panel('Refused starts', `As the template runs already, or too many live; ${dashed}.`, refused)
  )
}

export function refusedPanel({ point }: FleetReport): string {
  const rows = (
    [
      ['all', point.refused],
      ['the template runs already', point.refusedRunning],
      ['too many executions live', point.refusedLive],
    ] as const
  ).map(([name, share]) => {
    return `<tr><td>${name}</td><td class="number"><b>${percent(share.value)}</b><small>${bounds(share, percent)}</small></td></tr>`
  })
  return panel(
    'Refused starts',
    `Of ${whole(point.asked)} that were asked for.`,
    `<table>${rows.join('')}</table>`,
  )
}

export function statusPanel({ point }: FleetReport): string {
  const shown = point.statuses.filter((each) => each.mean.value > 0)
  const all = shown.reduce((sum, each) => sum + each.mean.value, 0)
  const unit = unitOf(all)
  const about = `In the mean of executions that gave an image, ${length(all)} in all.`
  let from = 0
  const blocks = shown.map(({ status, mean: of }) => {
    const wide = (440 * of.value) / all
    const colour = `var(--${tokenOf(status)})`
    const text =
      wide > 34
        ? `<text x="${px(from + 8)}" y="21" class="strong">${(of.value / unit.ms).toFixed(1)}</text>`
        : ''
    const block = `<rect x="${px(from + 0.75)}" y="1" width="${px(Math.max(1, wide - 1.5))}" height="30" rx="3" fill="${colour}" fill-opacity=".26" stroke="${colour}"/>${text}`
    from += wide
    return block
  })
  const most = Math.max(...shown.map(({ p95 }) => p95), 1)
  const rows = shown.map(({ status, mean: of, p50, p95 }) => {
    const place = (ms: number) => 6 + (208 * ms) / most
    const colour = `var(--${tokenOf(status)})`
    const line =
      `<svg viewBox="0 0 220 16" aria-hidden="true"><line x1="0" x2="220" y1="8" y2="8" stroke="var(--line)"/>` +
      `<line x1="${px(place(p50))}" x2="${px(place(p95))}" y1="8" y2="8" stroke="${colour}" stroke-opacity=".45" stroke-width="5" stroke-linecap="round"/>` +
      `<circle cx="${px(place(of.value))}" cy="8" r="4.5" fill="${colour}"/></svg>`
    return `<tr><td>${statusLabel(status)}</td><td class="bar">${line}</td><td class="number"><b>${(of.value / unit.ms).toFixed(1)}</b> to ${inUnit(p95, unit)}</td></tr>`
  })
  const bar = `<svg viewBox="0 0 440 32" class="blocks" aria-hidden="true">${blocks.join('')}</svg>`
  const table = `<table class="bare">${rows.join('')}</table><p class="note">dot: mean, line: median to 95 of 100</p>`
  return panel('Time by status', about, bar + table)
}

export function poolPanel({ point }: FleetReport): string {
  if (point.pools.length === 0) return ''
  const rows = point.pools.map(({ name, slots, utilisation, queue, longest, wait, delayed }) => {
    const cell = (value: string, small: string) =>
      `<td class="number"><b>${value}</b><small>${small}</small></td>`
    const used =
      utilisation === null
        ? cell('–', '')
        : cell(percent(utilisation.value), bounds(utilisation, percent))
    return `<tr><td class="mono">${escaped(name)}</td><td class="number">${slots ?? 'any'}</td>${used}${cell(percent(delayed.value), bounds(delayed, percent))}${cell(length(wait.value), bounds(wait, length))}${cell(mean(queue.value), `${longest} at most`)}</tr>`
  })
  const head = ['slots', 'used', 'have to wait', 'mean wait', 'queue']
    .map((name) => `<th class="number">${name}</th>`)
    .join('')
  return panel(
    'Slots',
    'What tasks share, and how long they queue for it.',
    `<div class="scroll" tabindex="0" role="group" aria-label="Slots"><table><tr><th>pool</th>${head}</tr>${rows.join('')}</table></div>`,
  )
}

/** A panel of the report by itself, for a page that brings its own style. */
export interface FleetPanel {
  readonly name: 'lead' | 'outcomes' | 'findings' | 'starts' | 'statuses' | 'slots'
  readonly html: string
}

/** The panels in the order in which they are read; what was written in the file is escaped in them. */
export function fleetPanels(report: FleetReport): readonly FleetPanel[] {
  const starts = report.sweep === null ? refusedPanel(report) : sweepPanels(report)
  const panels: readonly FleetPanel[] = [
    { name: 'lead', html: leadPanel(report) },
    { name: 'starts', html: starts },
    { name: 'outcomes', html: outcomePanel(report) },
    { name: 'findings', html: findingPanel(report) },
    { name: 'statuses', html: statusPanel(report) },
    { name: 'slots', html: poolPanel(report) },
  ]
  return panels.filter(({ html }) => html !== '')
}
