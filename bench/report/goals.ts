import { figure, judgedFigure } from '../print.js'
import type { Row } from '../rows.js'
import { bar, svg, upright, words } from './svg.js'

const width = 800
const left = 16
const track = { x: 300, width: 300 }
const rowHeight = 44
const top = 44

/** The goal stands here on the track: what is better goes on to the right. */
const goalAt = 0.7

/**
 * How far each figure has come: the longer the bar the better, whichever way its figure goes; the
 * dashed line is the floor, the full one the goal.
 */
export function goalsPicture(title: string, rows: readonly Row[]): string {
  const judged = rows.filter((row) => row.goal !== null)
  const height = top + judged.length * rowHeight + 8
  return svg(width, height, title, [
    words(left, 26, title, 'bold'),
    words(width - left, 26, 'dashed: floor · line: goal', 'small end'),
    ...judged.flatMap((row, index) => drawn(row, top + index * rowHeight)),
  ])
}

function drawn(row: Row, y: number): readonly string[] {
  const come = comeTo(row, row.judged === 'ratio' ? row.ratio : row.ours)
  const floor = row.floor === null || row.floor === row.goal ? null : comeTo(row, row.floor)
  const at = (share: number): number => track.x + Math.min(1, share * goalAt) * track.width
  return [
    words(left, y + 14, row.name),
    words(left, y + 29, levelOf(row), 'small'),
    bar(track.x, y + 5, track.width, 18, 'track'),
    ...(come === null ? [] : [bar(track.x, y + 5, at(come) - track.x, 18, colour(row))]),
    ...(floor === null ? [] : [upright(at(floor), y + 1, 26, 'faint')]),
    upright(at(1), y + 1, 26, 'mark'),
    words(track.x + track.width + 12, y + 18, come === null ? 'not measured' : judgedFigure(row)),
    words(track.x + track.width + 12, y + 33, asked(row), 'small'),
  ]
}

function levelOf({ against, durability }: Row): string {
  const level = durability === 'none' ? '' : durability
  return [level, against === null ? '' : `against ${against.name}`]
    .filter((part) => part !== '')
    .join(', ')
    .slice(0, 46)
}

function asked({ floor, goal, better }: Row): string {
  const sign = better === 'higher' ? '≥' : '≤'
  const bounds = floor === null ? [] : [`floor ${sign} ${figure(floor)}`]
  return [...bounds, `goal ${sign} ${figure(goal)}`].join(', ')
}

/** 1 is the goal, more is better than it, whichever way the figure goes. */
function comeTo({ better, goal }: Row, value: number | null): number | null {
  if (value === null || goal === null) return null
  if (better === 'higher') return value / goal
  return value === 0 ? 1 : Math.min(2, goal / value)
}

function colour({ floorHeld, goalReached }: Row): string {
  if (goalReached === true) return 'ours'
  return floorHeld === false ? 'below' : 'floor'
}
