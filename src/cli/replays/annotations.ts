import type { Fault } from './result.js'

/**
 * A fault as a workflow command of GitHub: a runner shows it at its line of the changed files.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 *
 * Written here because `@actions/core` brings an HTTP client along for these two escapes.
 */
export function annotation({ file, line, column, title, message }: Fault): string {
  const properties = [
    ['file', file],
    ['line', String(line)],
    ['col', String(column)],
    ['title', title],
  ].map(([name, value]) => `${name}=${property(value as string)}`)
  return `::error ${properties.join(',')}::${data(message)}`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
