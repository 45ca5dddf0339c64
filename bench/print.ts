import type { Row } from './rows.js'
import { lineIds } from './table.js'

/** Three digits that count, with the thousands set apart. */
export function figure(value: number | null): string {
  if (value === null) return '–'
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

/** `0.52 ×` for a ratio, `7.1 ms` for a figure that stands alone. */
export function judgedFigure(row: Row): string {
  return row.judged === 'ratio' ? `${figure(row.ratio)} ×` : `${figure(row.ours)} ${row.unit}`
}

export function verdict({ ours, floor, goal, floorHeld, goalReached }: Row): string {
  if (ours === null) return 'not measured'
  if (floor === null && goal === null) return 'shown'
  if (goalReached === true) return 'goal'
  if (floorHeld === false) return 'BELOW THE FLOOR'
  return floorHeld === true ? 'floor' : 'below the goal'
}

/** Rows as text, in the order of the table. */
export function printRows(rows: readonly Row[]): string {
  const inOrder = lineIds.flatMap((name) => rows.filter((row) => row.name === name))
  return inOrder.map((row) => `${printRow(row)}\n`).join('')
}

function printRow(row: Row): string {
  const { name, durability, ours, against, unit, note } = row
  const level = durability === 'none' ? '' : ` at ${durability}`
  const other = against && {
    ...against,
    level: against.durability === durability ? '' : ` at ${against.durability}`,
  }
  const lines = [
    `${name.padEnd(26)} ${judgedFigure(row).padStart(14)}   ${verdict(row)}${asked(row)}`,
    ...(ours === null
      ? []
      : [
          `    ${figure(ours)} ${unit}${level}${other ? ` against ${other.name}: ${figure(other.value)} ${unit}${other.level}` : ''}, ${row.rounds} rounds`,
        ]),
    ...(note === null ? [] : [`    ${note}`]),
  ]
  return lines.join('\n')
}

function asked({ floor, goal, better }: Row): string {
  if (floor === null && goal === null) return ''
  const sign = better === 'higher' ? '≥' : '≤'
  const parts = [
    ...(floor === null ? [] : [`floor ${sign} ${figure(floor)}`]),
    ...(goal === null ? [] : [`goal ${sign} ${figure(goal)}`]),
  ]
  return ` (${parts.join(', ')})`
}
