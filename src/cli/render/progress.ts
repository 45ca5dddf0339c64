import type { Mark, Part, Picture } from '../follow/picture.js'
import { formatDuration } from '../../core/duration.js'
import type { Segment } from './segments.js'
import { oneLine, pad, widthOf } from './width.js'

const glyphs: Readonly<Record<Mark, string>> = {
  pending: '·',
  running: '▸',
  queued: '…',
  pause: '↻',
  done: '✔',
  failed: '✘',
  stopped: '-',
}

const colours = {
  pending: 'dim',
  running: 'cyan',
  queued: 'yellow',
  pause: 'yellow',
  done: 'green',
  failed: 'red',
  stopped: 'dim',
} as const

const barWidth = 20

/** The lines of an execution: a head, then a line for each stage and region. */
export function treeOf(picture: Picture): (readonly Segment[])[] {
  const { parts } = picture
  const width = Math.max(...parts.map(({ label }) => widthOf(label)), 0)
  const lines = parts.map((part, index) => partLine(part, index === parts.length - 1, width))
  return [head(picture), ...lines, ...stuckLines(picture)]
}

function head({ run, described, template, lasted }: Picture): readonly Segment[] {
  return [
    { text: oneLine(template), format: 'bold' },
    `  ${run.id}  `,
    statusSegment(described.Status),
    `  ${formatDuration(Math.floor(lasted / 1_000) * 1_000)}  `,
    { text: oneLine(described.Message), format: 'dim' },
  ]
}

function partLine(
  { label, mark, fraction, note }: Part,
  last: boolean,
  width: number,
): readonly Segment[] {
  const format = colours[mark]
  return [
    { text: last ? '└─ ' : '├─ ', format: 'dim' },
    { text: `${glyphs[mark]} `, format },
    `${pad(label, width)}  `,
    ...(fraction === null ? [] : bar(fraction)),
    mark === 'failed' ? { text: oneLine(note), format } : oneLine(note),
  ]
}

function bar(fraction: number): readonly Segment[] {
  const full = Math.floor(fraction * barWidth)
  const percent = `${Math.floor(fraction * 100)}%`.padStart(4)
  return [
    { text: '━'.repeat(full), format: 'cyan' },
    { text: '╌'.repeat(barWidth - full), format: 'dim' },
    `${percent}  `,
  ]
}

function stuckLines({ run }: Picture): (readonly Segment[])[] {
  if (run.stuck === null) return []
  const { message, event } = run.stuck
  return [
    [
      { text: '   stuck: ', format: 'red' },
      `${oneLine(message)} (on ${event}); mend it, then: bakeline retry ${run.id}`,
    ],
  ]
}

/** A status in the colour of what it means. */
export function statusSegment(status: string): Segment {
  if (status === 'SUCCESS') return { text: status, format: 'green' }
  if (status === 'PARTITION_SUCCESS') return { text: status, format: 'yellow' }
  if (status.endsWith('FAILED')) return { text: status, format: 'red' }
  if (status === 'CANCELLED') return { text: status, format: 'dim' }
  return { text: status, format: 'cyan' }
}
