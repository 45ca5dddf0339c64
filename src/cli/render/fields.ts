import type { Paint } from './paint.js'
import { oneLine, pad, widthOf } from './width.js'

/** Names and values; what has no value is left out, an empty name goes on with the one above. */
export type Fields = readonly (readonly [name: string, value: string])[]

/** Fields below each other, their values aligned. */
export function fieldLines(fields: Fields, paint: Paint): string {
  const known = fields.filter(([, value]) => value !== '')
  const width = Math.max(0, ...known.map(([name]) => widthOf(name)))
  return known
    .map(([name, value]) => `${paint('dim', pad(name, width))}  ${oneLine(value)}\n`)
    .join('')
}
