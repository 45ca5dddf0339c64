import { type Mistake, ScenarioError } from './error.js'

/** More mistakes than this help nobody: the first ones are shown. */
const most = 10

/** Of a long source line (JSON on one line, say) this much is shown on each side of the place. */
const around = 50

/** The error for a file's mistakes, in the order of the file. */
export function scenarioError(
  file: string,
  text: string,
  found: readonly Mistake[],
): ScenarioError {
  const inOrder = [...found].sort((a, b) => a.line - b.line || a.column - b.column)
  const mistakes = inOrder.slice(0, most)
  const lines = text.split(/\r?\n/)
  const parts = mistakes.map((mistake) => paragraph(file, lines, mistake))
  const more = inOrder.length - mistakes.length
  if (more > 0) parts.push('There are more mistakes after these.')
  return new ScenarioError(file, parts.join('\n\n'), mistakes)
}

function paragraph(file: string, lines: readonly string[], mistake: Mistake): string {
  const { line, column, message } = mistake
  const head = `${file}:${line}:${column}: ${message}`
  const source = excerpt(lines[line - 1] ?? '', column)
  return source === null ? head : `${head}\n${source}`
}

/** The source line with a caret under the column, or null when there is nothing to see. */
function excerpt(source: string, column: number): string | null {
  if (source.trim() === '') return null
  const place = column - 1
  const from = place > 2 * around ? place - around : 0
  const to = Math.min(source.length, Math.max(from + 2 * around, place + around))
  const left = from > 0 ? '…' : ''
  const right = to < source.length ? '…' : ''
  const before = left + source.slice(from, place)
  // Tabs stay tabs, so that the caret stands below its place whatever their width.
  const indent = before.replace(/[^\t]/g, ' ')
  return `  ${left}${source.slice(from, to)}${right}\n  ${indent}^`
}
