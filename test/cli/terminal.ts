/** What codes for a terminal begin with. */
export const escape = '\u001b'

const code = String.raw`${escape}\[([?\d;]*)([A-Za-z])`
const parts = new RegExp(String.raw`${code}|\r|\n|[^${escape}\r\n]+`, 'g')

/** What stands on a terminal after a text was written to it, and every picture between. */
export function onTerminal(text: string): { readonly screen: string; readonly frames: string[] } {
  const lines: string[] = ['']
  const frames: string[] = []
  let [row, column] = [0, 0]
  for (const [part, argument, letter] of text.matchAll(parts)) {
    if (part === '\r') column = 0
    else if (part === '\n') {
      row += 1
      column = 0
      lines[row] ??= ''
    } else if (letter === 'A') row -= Number(argument || 1)
    else if (letter === 'K') lines[row] = (lines[row] ?? '').slice(0, column)
    else if (letter === 'J') {
      lines.splice(row, lines.length, (lines[row] ?? '').slice(0, column))
      frames.push(lines.join('\n'))
    } else if (letter === undefined) {
      const line = lines[row] ?? ''
      lines[row] = line.slice(0, column).padEnd(column) + part + line.slice(column + part.length)
      column += part.length
    }
    if (row < 0) throw new Error('the cursor left the screen')
  }
  return { screen: lines.join('\n'), frames }
}

/** Without colours and other codes. */
export function bare(text: string): string {
  return text.replaceAll(new RegExp(code, 'g'), '')
}
