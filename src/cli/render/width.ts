/** Ranges of characters that take two columns in a terminal. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const combining = /\p{M}|[\u200b-\u200f]/u
const control = /[\p{Cc}\u2028\u2029]/gu

/** How many columns a text takes in a terminal. */
export function widthOf(text: string): number {
  let width = 0
  for (const char of text) width += combining.test(char) ? 0 : wide.test(char) ? 2 : 1
  return width
}

/** The text filled up with spaces to a width. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

/** The text cut to a width, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let kept = ''
  let used = 0
  for (const char of text) {
    const next = used + widthOf(char)
    if (next > width - 1) break
    kept += char
    used = next
  }
  return width < 1 ? '' : `${kept}…`
}

/** One line: a caller's text must not move the cursor or colour the screen. */
export function oneLine(text: string): string {
  return text.replace(control, (char) => (char === '\n' || char === '\t' ? ' ' : '�'))
}
