import type { Json } from '../../core/json.js'

/**
 * A value as XML of the service: an object's fields are elements, a list is its field's element
 * repeated, without one around them. What is null is left out.
 *
 * Written here because the service's XML has neither attributes, namespaces nor mixed content: three
 * cases and an escape. The well-kept writers are parsers as well and ten times this size; one of them
 * would be the heaviest dependency of the gateway for its rarest answer.
 */
export function xmlElement(name: string, value: Json): string {
  if (value === null) return ''
  if (Array.isArray(value)) {
    const items: readonly Json[] = value
    return items.map((item) => xmlElement(name, item)).join('')
  }
  return `<${name}>${content(value)}</${name}>`
}

export const xmlDeclaration = "<?xml version='1.0' encoding='UTF-8'?>"

/** Text that a reader gets to see as it is, written without escapes. */
export function xmlCdata(name: string, text: string): string {
  return `<${name}><![CDATA[${legal(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`
}

function content(value: Exclude<Json, null>): string {
  if (typeof value !== 'object') return escape(String(value))
  return Object.entries(value)
    .map(([name, inner]) => xmlElement(name, inner as Json))
    .join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // A raw one would reach the reader as a line feed.
  '\r': '&#13;',
}

function escape(text: string): string {
  return legal(text).replace(/[&<>\r]/g, (letter) => entities[letter] ?? letter)
}

/** XML has no way to say most control characters and half a surrogate pair. */
function legal(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}
