/** One command as written, its continuation lines joined. */
export interface CommandLine {
  /** Where it begins, from 1. */
  readonly line: number
  readonly word: string
  /** What follows the word, trimmed; empty when nothing does. */
  readonly argument: string
}

/**
 * The commands of a Dockerfile-like text, one a line. A `\` at the end of a line, blanks after it
 * or not, continues the command on the next line: the two texts are joined where the `\` stood.
 *
 * Where the service's documentation is silent we follow Docker: blank lines and lines that begin
 * with `#` are skipped, the latter within a continued command too. One thing is not as in Docker:
 * a blank line ends a continued command, so that a stray `\` cannot swallow the next command.
 */
export function commandLines(text: string): CommandLine[] {
  const found: CommandLine[] = []
  let open: { line: number; text: string } | undefined
  const close = () => {
    const whole = open?.text.trim() ?? ''
    if (open && whole !== '') found.push({ line: open.line, ...splitWord(whole) })
    open = undefined
  }
  for (const [index, row] of rows(text).entries()) {
    if (isComment(row)) continue
    const continues = row.trimEnd().endsWith('\\')
    const piece = continues ? row.trimEnd().slice(0, -1) : row
    open = open ? { ...open, text: open.text + piece } : { line: index + 1, text: piece }
    if (!continues) close()
  }
  close()
  return found
}

/** The first line that is neither blank nor a comment, trimmed; empty when there is none. */
export function firstLine(text: string): string {
  return (
    rows(text)
      .find((row) => row.trim() !== '' && !isComment(row))
      ?.trim() ?? ''
  )
}

function rows(text: string): string[] {
  return text.split(/\r\n|\r|\n/)
}

function isComment(row: string): boolean {
  return row.trimStart().startsWith('#')
}

function splitWord(whole: string): { word: string; argument: string } {
  const end = whole.search(/[ \t]/)
  if (end < 0) return { word: whole, argument: '' }
  return { word: whole.slice(0, end), argument: whole.slice(end).trim() }
}
