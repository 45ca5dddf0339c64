import type { Sink } from '../io.js'
import type { Paint } from './paint.js'
import { paintLine, type Segment } from './segments.js'
import { widthOf } from './width.js'

const hideCursor = '\u001b[?25l'
const showCursor = '\u001b[?25h'
const clearLine = '\u001b[K'
const clearBelow = '\u001b[J'

/**
 * A block of lines at the bottom of a terminal that is repainted in place. Each repaint is one
 * write and clears no line before its new text is there, so nothing flickers.
 */
export class Screen {
  readonly #sink: Sink
  readonly #paint: Paint
  /** Widths of the lines that stand there, to know how high they are when the window changed. */
  #widths: readonly number[] = []
  #last = ''

  constructor(sink: Sink, paint: Paint) {
    this.#sink = sink
    this.#paint = paint
  }

  /** Paints the lines over those of the last time; lines that do not fit are counted in the last. */
  show(lines: readonly (readonly Segment[])[]): void {
    const { columns, rows } = this.#sink
    const most = Math.max(1, rows - 1)
    const fitting: readonly (readonly Segment[])[] =
      lines.length <= most
        ? lines
        : [...lines.slice(0, most - 1), [`… and ${lines.length - most + 1} more lines`]]
    // The last column stays free: a terminal wraps when it is written.
    const painted = fitting.map((line) => paintLine(line, this.#paint, columns - 1))
    const text = painted.map((line) => `${line}${clearLine}\n`).join('')
    if (text === this.#last) return
    const start = this.#widths.length === 0 ? hideCursor : ''
    this.#sink.write(`${start}${this.#up(columns)}${text}${clearBelow}`)
    this.#widths = fitting.map((line) => Math.min(columns - 1, plainWidth(line)))
    this.#last = text
  }

  /** Leaves the lines as they are, whole, and gives the cursor back. */
  end(lines: readonly (readonly Segment[])[]): void {
    const { columns } = this.#sink
    // Cut nothing now: what does not fit may wrap, as nothing is painted over it any more.
    const painted = lines.map((line) => paintLine(line, this.#paint, Number.POSITIVE_INFINITY))
    const text = painted.map((line) => `${line}${clearLine}\n`).join('')
    this.#sink.write(`${this.#up(columns)}${text}${clearBelow}${showCursor}`)
    this.#widths = []
    this.#last = ''
  }

  #up(columns: number): string {
    const height = this.#widths.reduce(
      (sum, width) => sum + Math.max(1, Math.ceil(width / columns)),
      0,
    )
    return height === 0 ? '' : `\u001b[${height}A\r`
  }
}

function plainWidth(line: readonly Segment[]): number {
  return line.reduce(
    (sum, segment) => sum + widthOf(typeof segment === 'string' ? segment : segment.text),
    0,
  )
}
