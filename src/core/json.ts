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
  const copy = copied(value, 0)
  if (copy !== unusual) return copy
  const text = JSON.stringify(value)
  return text === undefined ? null : (JSON.parse(text) as Json)
}

/** What is not plain enough to be copied field by field, which is several times as fast. */
const unusual = Symbol('unusual')

function copied(value: unknown, depth: number): Json | typeof unusual {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : unusual
    case 'object':
      if (value === null) return null
      if (depth > 50) return unusual
      return Array.isArray(value) ? copiedList(value, depth + 1) : copiedObject(value, depth + 1)
    default:
      return unusual
  }
}

function copiedList(value: readonly unknown[], depth: number): Json | typeof unusual {
  if (Object.getPrototypeOf(value) !== Array.prototype || 'toJSON' in value) return unusual
  const copy: Json[] = []
  for (let index = 0; index < value.length; index++) {
    const item = copied(value[index], depth)
    if (item === unusual) return unusual
    copy.push(item)
  }
  return copy
}

function copiedObject(value: object, depth: number): Json | typeof unusual {
  if (Object.getPrototypeOf(value) !== Object.prototype || 'toJSON' in value) return unusual
  const copy: Record<string, Json> = {}
  for (const key of Object.keys(value)) {
    const field = (value as Readonly<Record<string, unknown>>)[key]
    if (field === undefined) continue
    const item = key === '__proto__' ? unusual : copied(field, depth)
    if (item === unusual) return unusual
    copy[key] = item
  }
  return copy
}

/** Deeper than this nobody means to nest; what contains itself is endless. */
const maxDepth = 500

/** What is wrong with a value, and where inside it. */
interface Flaw {
  readonly at: string
  readonly what: string
}

/**
 * The first place where JSON would give back something else than what stands there, in words:
 * `context.when is a Date`. Null when the value survives the round trip unchanged.
 */
export function jsonFlaw(value: unknown, path: string): string | null {
  const flaw = flawOf(value, 0)
  if (flaw === null) return null
  const at = path + flaw.at
  return `${at.length > 200 ? `${at.slice(0, 60)}…` : at} ${flaw.what}`
}

function flawOf(value: unknown, depth: number): Flaw | null {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return null
    case 'number':
      if (Object.is(value, -0)) return here('is -0')
      return Number.isFinite(value) ? null : here(`is ${value}`)
    case 'object':
      return value === null ? null : objectFlaw(value, depth + 1)
    case 'undefined':
      return here('is undefined')
    default:
      return here(`is a ${typeof value}`)
  }
}

/** Paths are put together on the way back, so that a value without flaws costs none. */
function here(what: string): Flaw {
  return { at: '', what }
}

function objectFlaw(value: object, depth: number): Flaw | null {
  if (depth > maxDepth) return here('contains itself, or is nested too deeply')
  if (Array.isArray(value)) return arrayFlaw(value, depth)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    return here(`is a ${className(prototype)}`)
  }
  if (Object.getOwnPropertySymbols(value).length > 0) return here('has a symbol as a key')
  for (const [key, entry] of Object.entries(value)) {
    if (key === 'toJSON' || key === '__proto__') return here(`has the key ${key}`)
    const flaw = flawOf(entry, depth)
    if (flaw) return { at: `.${key}${flaw.at}`, what: flaw.what }
  }
  return null
}

function arrayFlaw(value: readonly unknown[], depth: number): Flaw | null {
  // What a pattern's match carries beside its parts: JSON keeps the parts alone.
  if (Object.keys(value).length > value.length) return here('is a list with fields of its own')
  for (let index = 0; index < value.length; index++) {
    const flaw = flawOf(value[index], depth)
    if (flaw) return { at: `[${index}]${flaw.at}`, what: flaw.what }
  }
  return null
}

function className(prototype: unknown): string {
  const { constructor } = prototype as { constructor?: { name?: string } }
  return constructor?.name || 'object with a prototype of its own'
}
