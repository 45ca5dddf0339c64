/** What JSON can say. Snapshots, events, inputs, outputs and errors are made of this alone. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/**
 * The value as JSON gives it back: what a step sees is what a reopened file would see. `undefined`
 * becomes `null` at the top and vanishes inside objects, as `JSON.stringify` has it.
 *
 * @throws TypeError when JSON cannot say the value at all (a cycle, a BigInt).
 */
export function viaJson(value: unknown): Json {
  const text = JSON.stringify(value)
  return text === undefined ? null : (JSON.parse(text) as Json)
}

/** Deeper than this nobody means to nest; what contains itself is endless. */
const maxDepth = 500

/**
 * The first place where JSON would give back something else than what stands there, in words:
 * `context.when is a Date`. Null when the value survives the round trip unchanged.
 */
export function jsonFlaw(value: unknown, path: string, depth = 0): string | null {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return null
    case 'number':
      if (Object.is(value, -0)) return `${path} is -0`
      return Number.isFinite(value) ? null : `${path} is ${value}`
    case 'object':
      return value === null ? null : objectFlaw(value, path, depth + 1)
    default:
      return `${path} is ${typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`}`
  }
}

function objectFlaw(value: object, path: string, depth: number): string | null {
  if (depth > maxDepth) return `${path.slice(0, 60)}… contains itself, or is nested too deeply`
  if (Array.isArray(value)) return arrayFlaw(value, path, depth)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    return `${path} is a ${className(prototype)}`
  }
  if (Object.getOwnPropertySymbols(value).length > 0) return `${path} has a symbol as a key`
  for (const [key, entry] of Object.entries(value)) {
    if (key === 'toJSON' || key === '__proto__') return `${path} has the key ${key}`
    const flaw = jsonFlaw(entry, `${path}.${key}`, depth)
    if (flaw) return flaw
  }
  return null
}

function arrayFlaw(value: readonly unknown[], path: string, depth: number): string | null {
  // What a pattern's match carries beside its parts: JSON keeps the parts alone.
  if (Object.keys(value).length > value.length) return `${path} is a list with fields of its own`
  for (let index = 0; index < value.length; index++) {
    const flaw = jsonFlaw(value[index], `${path}[${index}]`, depth)
    if (flaw) return flaw
  }
  return null
}

function className(prototype: unknown): string {
  const { constructor } = prototype as { constructor?: { name?: string } }
  return constructor?.name || 'object with a prototype of its own'
}
