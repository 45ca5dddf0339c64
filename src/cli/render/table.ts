import type { Paint } from './paint.js'
import { oneLine, pad, widthOf } from './width.js'

/** What a row of a table has under a heading; a pair gives it a colour. */
export type Cell = string | readonly [text: string, format: Parameters<Paint>[0]]

/** A table with aligned columns, for people; the headings are dim. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
  paint: Paint,
): string {
  const text = (cell: Cell | undefined): string =>
    oneLine(cell === undefined ? '' : typeof cell === 'string' ? cell : cell[0])
  const widths = headings.map((heading, column) =>
    Math.max(widthOf(heading), ...rows.map((row) => widthOf(text(row[column])))),
  )
  const fill = (content: string, column: number): string =>
    column === headings.length - 1 ? content : `${pad(content, widths[column] ?? 0)}  `
  const head = headings.map(fill).join('').trimEnd()
  const body = rows.map((row) =>
    row
      .map((cell, column) => {
        const filled = fill(text(cell), column)
        return typeof cell === 'string' ? filled : paint(cell[1], filled)
      })
      .join('')
      .trimEnd(),
  )
  return [paint('dim', head), ...body, ''].join('\n')
}
