import { formatDuration } from '../../core/duration.js'
import type { Beat, Replayed } from './types.js'

/**
 * The run as a tree for people: a branch a step, a leaf for each thing that happened in it.
 *
 * @param version of the package; null leaves it out
 */
export function renderTree(replayed: Replayed, version: string | null): string {
  const { name, seed, at, beats, hash, records, executions } = replayed
  const begins = `${new Date(at).toISOString().slice(0, 19)}Z`
  const titles = Math.max(...beats.map(({ title }) => title.length))
  const names = Math.max(0, ...beats.flatMap((beat) => beat.happenings.map(widthOf)))
  const lines = beats.flatMap((beat, index) => {
    const last = index === beats.length - 1
    return branch(beat, { last, titles: Math.min(titles, 44), names })
  })
  const failed = beats.reduce((sum, { failures }) => sum + failures.length, 0)
  const verdict = failed === 0 ? 'all as expected' : `${failed} not as expected`
  return [
    `${name}  (seed ${seed}, from ${begins})`,
    ...lines,
    `${failed === 0 ? '✔' : '✘'} ${verdict}: ${count(executions, 'execution')}, ${count(records, 'record')}`,
    `  trace ${hash.slice(0, 16)}${version === null ? '' : `, bakeline ${version}`}`,
    '',
  ].join('\n')
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

function widthOf({ execution }: { readonly execution: string }): number {
  return execution.length
}

function branch(
  { title, result, happenings, failures }: Beat,
  layout: { readonly last: boolean; readonly titles: number; readonly names: number },
): string[] {
  const mark = failures.length === 0 ? '' : '✘ '
  const head = `${layout.last ? '└─' : '├─'} ${mark}${title.padEnd(layout.titles)}  ${result}`
  const stem = layout.last ? '   ' : '│  '
  const leaves = [
    ...happenings.map(({ offset, execution, text }) => {
      const when = `+${formatDuration(offset)}`.padEnd(9)
      return `${when} ${execution.padEnd(layout.names)}  ${text}`
    }),
    ...failures.map((failure) => `✘ ${failure}`),
  ]
  const rest = leaves.map((leaf, index) => {
    return `${stem}${index === leaves.length - 1 ? '└─' : '├─'} ${leaf}`
  })
  return [head.trimEnd(), ...rest]
}
