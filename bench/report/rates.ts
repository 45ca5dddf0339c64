import { figure } from '../print.js'
import type { Row } from '../rows.js'
import { bar, svg, words } from './svg.js'

const width = 800
const left = 16
const bars = { x: 300, width: 330 }
const rowHeight = 24
const top = 44

interface Line {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly ours: boolean
}

/** What we and the others do a second, each once, the fastest first. */
export function ratesPicture(title: string, rows: readonly Row[]): string | null {
  const lines = linesOf(rows)
  const most = Math.max(...lines.map(({ value }) => value))
  if (lines.length < 2) return null
  return svg(width, top + lines.length * rowHeight + 10, title, [
    words(left, 26, title, 'bold'),
    words(width - left, 26, `${lines[0]?.unit ?? ''}, medians`, 'small end'),
    ...lines.flatMap(({ name, value, ours }, index) => {
      const y = top + index * rowHeight
      const length = Math.max(1.5, (value / most) * bars.width)
      return [
        words(left, y + 13, name, ours ? 'bold' : ''),
        bar(bars.x, y + 2, length, 15, ours ? 'ours' : 'other'),
        words(bars.x + length + 8, y + 14, figure(value)),
      ]
    }),
  ])
}

function linesOf(rows: readonly Row[]): readonly Line[] {
  const lines = new Map<string, Line>()
  const put = (name: string, value: number | null, { unit }: Row, ours: boolean): void => {
    if (value !== null && !lines.has(name)) lines.set(name, { name, value, unit, ours })
  }
  for (const row of rows) {
    const what = row.name.startsWith('simulated/') ? 'Bakeline, simulated' : 'Bakeline'
    const at = (level: string): string => (level === 'none' ? '' : `, ${level}`)
    put(`${what}${at(row.durability)}`, row.ours, row, true)
    if (row.against) {
      put(`${row.against.name}${at(row.against.durability)}`, row.against.value, row, false)
    }
  }
  return [...lines.values()].sort((a, b) => b.value - a.value)
}
