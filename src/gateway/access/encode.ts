import type { Parameters } from '../wire/decode.js'

/** Percent-encodes as RFC 3986 has it: everything but letters, digits, `-`, `_`, `.` and `~`. */
export function encode(text: string): string {
  // Most is plain; this is asked twice for every parameter.
  if (/^[\w.~-]*$/.test(text)) return text
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Parameters in the form that is signed: sorted by name, then encoded. */
export function canonicalQuery(parameters: Parameters): string {
  let text = ''
  for (const name of sorted([...parameters.keys()])) {
    text += `${text === '' ? '' : '&'}${encode(name)}=${encode(parameters.get(name) ?? '')}`
  }
  return text
}

/** Clients sort them too, and to sort what is sorted costs as much. */
function sorted(names: string[]): readonly string[] {
  return names.some((name, at) => at > 0 && name < (names[at - 1] as string)) ? names.sort() : names
}
