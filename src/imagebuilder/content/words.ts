/** One word of a command's argument. */
export interface Word {
  readonly text: string
  /** Whether any part of it stood in quotes: a quoted `"--x"` is a value and no option. */
  readonly quoted: boolean
}

/**
 * Splits an argument at its blanks as a shell would: single and double quotes keep blanks inside a
 * word and are taken off; within double quotes `\"` and `\\` stand for the second character. A
 * backslash outside of double quotes is itself, so that `C:\tools` needs no care.
 *
 * @returns undefined when a quote is not closed.
 */
export function splitWords(text: string): Word[] | undefined {
  const words: Word[] = []
  let position = 0
  while (position < text.length) {
    if (isBlank(text.charAt(position))) {
      position += 1
      continue
    }
    const read = readWord(text, position)
    if (!read) return undefined
    words.push(read.word)
    position = read.end
  }
  return words
}

function readWord(text: string, start: number): { word: Word; end: number } | undefined {
  let position = start
  let value = ''
  let quoted = false
  while (position < text.length && !isBlank(text.charAt(position))) {
    const character = text.charAt(position)
    if (character !== '"' && character !== "'") {
      value += character
      position += 1
      continue
    }
    const end = closingQuote(text, position)
    if (end < 0) return undefined
    const inside = text.slice(position + 1, end)
    value += character === '"' ? unescapeQuoted(inside) : inside
    quoted = true
    position = end + 1
  }
  return { word: { text: value, quoted }, end: position }
}

/** What the inside of double quotes stands for. */
export function unescapeQuoted(inside: string): string {
  return inside.replace(/\\(["\\])/g, '$1')
}

function closingQuote(text: string, open: number): number {
  const mark = text.charAt(open)
  if (mark === "'") return text.indexOf("'", open + 1)
  for (let position = open + 1; position < text.length; position++) {
    if (text.charAt(position) === '\\') position += 1
    else if (text.charAt(position) === '"') return position
  }
  return -1
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t'
}
