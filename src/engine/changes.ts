import type { Json } from '../core/json.js'

/**
 * One change of a JSON value: `before` is absent for what was added, `after` for what was removed.
 * Taken in order, the changes lead from one value to the other; taken backwards, back again.
 */
export interface Change {
  readonly path: readonly (string | number)[]
  readonly before?: Json
  readonly after?: Json
}

/** How one value became another, field by field; a list that shrank or moved changes as a whole. */
export function changesOf(before: Json, after: Json, path: Change['path'] = []): Change[] {
  if (same(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after)) return ofLists(before, after, path)
  if (isObject(before) && isObject(after)) return ofObjects(before, after, path)
  return [{ path, before, after }]
}

function ofObjects(
  before: { readonly [key: string]: Json },
  after: { readonly [key: string]: Json },
  path: Change['path'],
): Change[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].flatMap((key) => {
    const [was, is] = [before[key], after[key]]
    const at = [...path, key]
    if (was === undefined) return [{ path: at, after: is as Json }]
    return is === undefined ? [{ path: at, before: was }] : changesOf(was, is, at)
  })
}

function ofLists(before: readonly Json[], after: readonly Json[], path: Change['path']): Change[] {
  if (before.length === after.length) {
    return before.flatMap((item, index) => changesOf(item, after[index] ?? null, [...path, index]))
  }
  const grown = before.every(
    (item, index) => index < after.length && same(item, after[index] ?? null),
  )
  if (!grown) return [{ path, before, after }]
  const added = after.slice(before.length)
  return added.map((item, index) => ({ path: [...path, before.length + index], after: item }))
}

function same(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
