import { malformed, tooLarge } from './errors.js'
import { limits } from './limits.js'

/** Decoded parameters by name, in the order of the request. */
export type Parameters = ReadonlyMap<string, string>

/** Where parameters stand, for messages. */
type Section = 'query' | 'body'

/**
 * The decoded parameters of a query or a form. A space may come as
 * `%20` or `+`, any other character raw or percent-encoded; a name without `=` has the empty value.
 *
 * Decoding loses nothing: what is not percent-encoded UTF-8 is refused instead of being replaced,
 * because two different requests must never have the same decoded form, which is what is signed.
 *
 * @param text one character a byte, as Node gives a request target
 * @throws EcsError 400 `InvalidParameter` for what cannot be decoded, a name that comes twice, or a
 *   name or value that is too long; 413 for too many parameters
 */
export function decodeParameters(text: string, section: Section): Parameters {
  const parameters = new Map<string, string>()
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('&', start)
    const end = found === -1 ? text.length : found
    if (end > start) addParameter(parameters, text.slice(start, end), section)
    start = end + 1
  }
  return parameters
}

function addParameter(parameters: Map<string, string>, pair: string, section: Section): void {
  const equals = pair.indexOf('=')
  const name = decode(equals === -1 ? pair : pair.slice(0, equals), section)
  const value = equals === -1 ? '' : decode(pair.slice(equals + 1), section)
  if (name.length > limits.name) {
    throw malformed(`A parameter's name in the ${section} is longer than ${limits.name}.`)
  }
  if (value.length > limits.value) {
    throw malformed(`The parameter "${name}" is longer than ${limits.value} characters.`)
  }
  if (parameters.has(name)) {
    throw malformed(`The parameter "${name}" stands in the ${section} twice. Give it once.`)
  }
  if (parameters.size === limits.parameters) throw tooMany(limits.parameters + 1)
  parameters.set(name, value)
}

export function tooMany(count: number): Error {
  return tooLarge('query and form', count, limits.parameters, 'parameters')
}

/** A byte order mark is a character like any other: dropping it would make two texts one. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decode(text: string, section: Section): string {
  // Most names and values are plain; this is the hot path of every request.
  if (/^[\x21-\x24\x26-\x2a\x2c-\x7e]*$/.test(text)) return text
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})?/gi, (_, hex: string | undefined) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
      throw malformed(`The ${section} has a "%" that two hexadecimal digits must follow.`)
    })
  try {
    return utf8.decode(bytesOf(bytes))
  } catch {
    throw malformed(`The ${section} is not UTF-8: "${text.slice(0, 100)}".`)
  }
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0xff) throw new RangeError('not a byte')
    bytes[at] = code
  }
  return bytes
}
