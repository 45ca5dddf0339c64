import type { Parameter } from '../wire/decode.js'

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
export function canonicalQuery(parameters: Iterable<Parameter>): string {
  return [...parameters]
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
}
