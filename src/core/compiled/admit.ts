/** Set when a value may be one that JSON gives back otherwise: xstate's own step decides then. */
export interface Doubt {
  doubtful: boolean
}

/** Deeper than this nobody means to nest; what contains itself is endless. */
const maxDepth = 500
/** Elements in a row that were not in the list before: it is another list, not an edited one. */
const maxMisses = 8

/**
 * The value as it may stand in a context: what is new in it is looked through and copied, what stood
 * there before is taken over as it is. So no two executions share what one of them could change.
 *
 * @param before what stands at the same place now, and has been admitted
 */
export function admit(value: unknown, before: unknown, doubt: Doubt, depth = 0): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (!isJsonNumber(value)) doubt.doubtful = true
      return value
    case 'object':
      if (value === null || value === before) return value
      if (depth < maxDepth) {
        return Array.isArray(value)
          ? admitList(value, before, doubt, depth + 1)
          : admitObject(value, before, doubt, depth + 1)
      }
  }
  doubt.doubtful = true
  return value
}

/** A copy of what is known to be JSON; its texts are those of another copy, wherever they say the same. */
export function copyOf(value: unknown, other: unknown): unknown {
  if (typeof value === 'string') return value === other ? other : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const list: readonly unknown[] = Array.isArray(other) ? other : []
    return value.map((element, index) => copyOf(element, list[index]))
  }
  const copy: Record<string, unknown> = { ...value }
  const known = isPlain(other) ? other : nothing
  for (const key in copy) copy[key] = copyOf(copy[key], known[key])
  return copy
}

function admitList(
  value: readonly unknown[],
  before: unknown,
  doubt: Doubt,
  depth: number,
): unknown[] {
  const was: readonly unknown[] = Array.isArray(before) ? before : []
  // One that grows by pushing keeps room that nobody needs, in every execution.
  const admitted: unknown[] = [...value]
  let place = 0
  let misses = 0
  for (let index = 0; index < value.length; index++) {
    const element = value[index]
    if (typeof element === 'string') continue
    let old: unknown
    if (typeof element === 'object' && misses < maxMisses) {
      // An element that moved is still the one that was admitted.
      const found = was.indexOf(element, place)
      misses = found < 0 ? misses + 1 : 0
      place = found < 0 ? place : found + 1
      old = found < 0 ? was[index] : element
    }
    admitted[index] = admit(element, old, doubt, depth)
  }
  if (hasOwnFields(value)) doubt.doubtful = true
  return admitted
}

function admitObject(value: object, before: unknown, doubt: Doubt, depth: number): object {
  if (!isPlain(value) || hasSymbols(value)) {
    doubt.doubtful = true
    return value
  }
  const was = isPlain(before) ? before : nothing
  const admitted: Record<string, unknown> = { ...value }
  for (const key in value) {
    const element = value[key]
    if (isForbidden(key)) doubt.doubtful = true
    else if (typeof element !== 'string') admitted[key] = admit(element, was[key], doubt, depth)
  }
  return admitted
}

const nothing: Readonly<Record<string, unknown>> = {}

/**
 * Whether JSON text says the value just as it is. What JSON does not look at, such as fields of a
 * list, does not count: nobody keeps the value itself.
 */
export function isJson(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true
    case 'number':
      return isJsonNumber(value)
    case 'object':
      if (value === null) return true
      if (depth >= maxDepth) return false
      return Array.isArray(value) ? isJsonList(value, depth + 1) : isJsonObject(value, depth + 1)
    default:
      return false
  }
}

function isJsonList(value: readonly unknown[], depth: number): boolean {
  for (let index = 0; index < value.length; index++) {
    const element = value[index]
    if (typeof element !== 'string' && !isJson(element, depth)) return false
  }
  return true
}

function isJsonObject(value: object, depth: number): boolean {
  if (!isPlain(value)) return false
  for (const key in value) {
    if (isForbidden(key)) return false
    const element = value[key]
    if (typeof element !== 'string' && !isJson(element, depth)) return false
  }
  return true
}

function isJsonNumber(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0)
}

/** An object as a literal makes it, and as JSON does. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  )
}

/** Keys by which JSON, or an assignment, does something else than keep a value. */
export function isForbidden(key: string): boolean {
  return key === 'toJSON' || key === '__proto__'
}

export function hasSymbols(value: object): boolean {
  return Object.getOwnPropertySymbols(value).length > 0
}

/** What a pattern's match carries beside its parts. */
function hasOwnFields(value: readonly unknown[]): boolean {
  return Object.keys(value).length > value.length
}
