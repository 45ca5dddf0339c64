import type { Estimate } from './estimate.js'
import type { FleetPoint, FleetReport } from './report-types.js'
import { bounds, length, mean, percent, whole } from './words.js'

/** The figures of a fleet for a terminal. */
export function renderFleet(report: FleetReport, version: string): string {
  const { name, seed, templates, lasts, point, sweep, hash } = report
  const lines = [
    `${name}  (seed ${seed}, ${templates} ${templates === 1 ? 'template' : 'templates'})`,
    `${whole(point.played)} executions in ${point.runs} runs of ${length(lasts)}, ` +
      `${mean(point.live.value)} live at a time; bounds are 95 %`,
    '',
    ...table(rowsOf(report)),
    ...(sweep === null ? [] : ['', ...table(sweepRows(sweep.title, sweep.points))]),
    '',
    `${verdict(report)}`,
    `trace ${hash.slice(0, 16)}, bakeline ${version}`,
  ]
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

type Row = readonly string[]

function rowsOf({ point, goal }: FleetReport): readonly Row[] {
  const { leadTime, outcomes, statuses, pools } = point
  const lead = (label: string, name: string, of: Estimate): Row => [
    label,
    name,
    length(of.value),
    bounds(of, length),
  ]
  const part = (label: string, name: string, of: Estimate): Row => [
    label,
    name,
    percent(of.value),
    bounds(of, percent),
  ]
  return [
    lead('lead time', 'mean', leadTime.mean),
    lead('', 'half within', leadTime.p50),
    lead('', '19 of 20 within', leadTime.p95),
    lead('', '99 of 100 within', leadTime.p99),
    ...(goal === null || leadTime.missed === null
      ? []
      : [part('', `over ${length(goal)}`, leadTime.missed)]),
    part('starts', 'refused', point.refused),
    ...(point.refusedLive.value > 0 ? [part('', 'too many live', point.refusedLive)] : []),
    ...outcomes
      .filter(({ share }) => share.value > 0)
      .map(({ status, share }, n) => part(n === 0 ? 'ends' : '', status, share)),
    ...statuses
      .filter((each) => each.mean.value > 0)
      .map(({ status, mean: of }, n) => lead(n === 0 ? 'time in' : '', status, of)),
    ...pools.flatMap(({ name, utilisation, queue, longest, wait }) => [
      utilisation === null
        ? [name, 'slots used', 'any number', '']
        : part(name, 'slots used', utilisation),
      lead('', 'wait for one', wait),
      ['', 'queue', mean(queue.value), `${bounds(queue, mean)}, ${longest} at most`],
    ]),
  ]
}

function sweepRows(title: string, points: readonly FleetPoint[]): readonly Row[] {
  return [
    [title, 'mean', '19 of 20 within', '', 'refused', ''],
    ...points.map(({ value, leadTime, refused }) => [
      String(value),
      length(leadTime.mean.value),
      length(leadTime.p95.value),
      bounds(leadTime.p95, length),
      percent(refused.value),
      bounds(refused, percent),
    ]),
  ]
}

function table(rows: readonly Row[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows.map((row) => row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('  '))
}

function verdict({ point, sweep, precision }: FleetReport): string {
  const loose = [point, ...(sweep?.points ?? [])].filter(({ precise }) => !precise).length
  if (loose === 0) return `✔ all bounds are within ${percent(precision)}`
  const which = sweep === null ? '' : ` in ${loose} of ${sweep.points.length + 1} points`
  return `! not all bounds are within ${percent(precision)}${which}: more runs would tighten them`
}
