import { formatDuration } from '../../core/duration.js'
import type { Replayed } from '../replay/types.js'
import type { Aspect, Divergence, Side } from './divergence.js'

/** The two runs for people: what each came to, and where they part, side by side. */
export function renderDiff(
  [left, right]: readonly [Side, Side],
  found: Divergence | null,
  columns: number,
): string {
  const names = Math.max(left.name.length, right.name.length)
  const head = [
    `${left.replayed.name}  (${left.replayed.file})`,
    `  left   ${left.name.padEnd(names)}  ${summary(left.replayed)}`,
    `  right  ${right.name.padEnd(names)}  ${summary(right.replayed)}`,
  ]
  if (found === null) return [...head, '✔ the same to the last byte', ''].join('\n')
  const { step, offset, execution, seq, aspects } = found
  const where = execution === null ? '' : `, record ${seq} of ${execution}`
  const line = step.line === 0 ? '' : ` (line ${step.line})`
  return [
    ...head,
    '',
    `✘ they part at +${formatDuration(offset)}${where}, in "${step.title}"${line}:`,
    '',
    ...table(aspects, columns),
    '',
  ].join('\n')
}

function summary({ beats, executions, records, hash }: Replayed): string {
  const failures = beats.reduce((sum, { failures: own }) => sum + own.length, 0)
  const verdict = failures === 0 ? 'all as expected' : `${failures} not as expected`
  return `${verdict}, executions ${executions}, records ${records}, trace ${hash.slice(0, 16)}`
}

function table(aspects: readonly Aspect[], columns: number): string[] {
  const label = Math.max(...aspects.map(({ what }) => what.length), 5)
  const width = Math.max(24, Math.floor((columns - label - 9) / 2))
  return aspects.flatMap(({ what, left, right, differs }) => {
    const [a, b] = [wrapped(left, width), wrapped(right, width)]
    const height = Math.max(a.length, b.length)
    return Array.from({ length: height }, (_, index) => {
      const name = index === 0 ? what : ''
      const mark = differs && index === 0 ? '≠' : ' '
      const cells = `${(a[index] ?? '').padEnd(width)}  ${mark} ${b[index] ?? ''}`
      return `  ${name.padEnd(label)}  ${cells}`.trimEnd()
    })
  })
}

/** At most six lines of a width; what is longer ends in an ellipsis. */
function wrapped(text: string, width: number): string[] {
  const lines = Array.from({ length: Math.max(1, Math.ceil(text.length / width)) }, (_, index) =>
    text.slice(index * width, (index + 1) * width),
  )
  return lines.length <= 6 ? lines : [...lines.slice(0, 5), `${lines[5]?.slice(0, width - 1)}…`]
}
