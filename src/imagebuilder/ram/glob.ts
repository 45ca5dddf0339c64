/**
 * Whether a text matches a pattern of RAM: `*` for any run of characters, empty ones included, and
 * `?` for exactly one. Goes back only to the last `*`, so no pattern takes more than the product of
 * the lengths.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0
  let read = 0
  let star = -1
  let resume = 0
  while (at < text.length) {
    if (pattern[read] === '*') {
      star = read++
      resume = at
    } else if (read < pattern.length && (pattern[read] === '?' || pattern[read] === text[at])) {
      read += 1
      at += 1
    } else if (star !== -1) {
      read = star + 1
      at = ++resume
    } else {
      return false
    }
  }
  while (pattern[read] === '*') read += 1
  return read === pattern.length
}
