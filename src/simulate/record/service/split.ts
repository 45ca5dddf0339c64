/** One JSON value of a text, and the line that it begins on. */
export interface Chunk {
  readonly text: string
  /** From 1. */
  readonly line: number
}

/**
 * The objects and lists that stand one after another in a text, however they are laid out: lines,
 * one value over many lines, or what a command line appended to a file poll by poll. Null when
 * something else stands between them.
 */
export function splitJson(text: string): readonly Chunk[] | null {
  const chunks: Chunk[] = []
  let line = 1
  let start = -1
  let startLine = 1
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string
    if (letter === '\n') line++
    if (quoted) {
      if (letter === '\\') at++
      else if (letter === '"') quoted = false
    } else if (letter === '{' || letter === '[') {
      if (depth++ === 0) [start, startLine] = [at, line]
    } else if (depth === 0) {
      if (!/[\s\uFEFF]/.test(letter)) return null
    } else if (letter === '"') quoted = true
    else if ((letter === '}' || letter === ']') && --depth === 0) {
      chunks.push({ text: text.slice(start, at + 1), line: startLine })
    }
  }
  if (depth > 0) chunks.push({ text: text.slice(start), line: startLine })
  return chunks
}
