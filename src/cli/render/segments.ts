import type { Paint } from './paint.js'
import { cut, widthOf } from './width.js'

type Format = Parameters<Paint>[0]

/** A line in pieces, so that it can be cut to the screen before it is coloured. */
export type Segment = string | { readonly text: string; readonly format: Format }

/** The line, coloured and cut to a number of columns. */
export function paintLine(line: readonly Segment[], paint: Paint, columns: number): string {
  let left = columns
  let painted = ''
  for (const segment of line) {
    const { text, format } = typeof segment === 'string' ? { text: segment, format: null } : segment
    const shown = cut(text, left)
    left -= widthOf(shown)
    painted += format === null ? shown : paint(format, shown)
    if (left <= 0 || shown !== text) break
  }
  return painted.trimEnd()
}
