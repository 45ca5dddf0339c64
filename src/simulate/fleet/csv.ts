import type { Estimate } from './estimate.js'
import type { FleetPoint, FleetReport } from './report-types.js'

/**
 * The figures as CSV (RFC 4180), a row each: the sweep's value, the measure, the value and its bounds.
 * Times are seconds, shares are from 0 to 1.
 */
export function fleetCsv({ point, sweep }: FleetReport): string {
  const rows = [point, ...(sweep?.points ?? [])].flatMap(rowsOf)
  return [['sweep', 'measure', 'of', 'value', 'low', 'high'], ...rows]
    .map((row) => row.map(cell).join(','))
    .join('\r\n')
    .concat('\r\n')
}

type Cell = string | number | null

function rowsOf(point: FleetPoint): readonly (readonly Cell[])[] {
  const { leadTime, outcomes, statuses, pools } = point
  const row = (measure: string, of: string, { value, low, high }: Estimate, unit = 1): Cell[] => {
    return [point.value, measure, of, value * unit, low * unit, high * unit]
  }
  const exact = (measure: string, of: string, value: number) => [
    point.value,
    measure,
    of,
    value,
    null,
    null,
  ]
  const seconds = 1e-3
  return [
    exact('runs', '', point.runs),
    exact('asked', '', point.asked),
    exact('began', '', point.began),
    row('refused', '', point.refused),
    row('refused', 'running', point.refusedRunning),
    row('refused', 'live', point.refusedLive),
    ...(['mean', 'p50', 'p90', 'p95', 'p99'] as const).map((key) =>
      row('lead time', key, leadTime[key], seconds),
    ),
    ...(leadTime.missed === null ? [] : [row('missed', 'goal', leadTime.missed)]),
    ...outcomes.map(({ status, share }) => row('outcome', status, share)),
    ...statuses.map(({ status, mean }) => row('time', status, mean, seconds)),
    ...pools.flatMap(({ name, utilisation, queue, longest, wait, delayed }) => [
      utilisation === null
        ? exact('utilisation', name, Number.NaN)
        : row('utilisation', name, utilisation),
      row('queue', name, queue),
      exact('longest queue', name, longest),
      row('wait', name, wait, seconds),
      row('delayed', name, delayed),
    ]),
    row('live', '', point.live),
  ]
}

function cell(value: Cell): string {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return ''
  if (typeof value === 'number') return String(Number(value.toPrecision(12)))
  // A text that begins like a formula would be one in a spreadsheet.
  const text = /^[=+\-@]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
