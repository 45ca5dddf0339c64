/** JSON, as the server sends it. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/** A change of a JSON value: without `before` something was added, without `after` removed. */
export interface Change {
  readonly path: readonly (string | number)[]
  readonly before?: Json
  readonly after?: Json
}

/** The value after some changes, in order; what was given stays as it is. */
export function applied(value: Json, changes: readonly Change[]): Json {
  return changes.reduce((all, change) => changed(all, change.path, change.after), value)
}

function changed(value: Json, path: Change['path'], to: Json | undefined): Json {
  const [key, ...rest] = path
  if (key === undefined) return to ?? null
  if (Array.isArray(value)) {
    const list = [...(value as readonly Json[])]
    list[Number(key)] = changed(list[Number(key)] ?? null, rest, to)
    return list
  }
  const object = value as { readonly [key: string]: Json }
  if (rest.length === 0 && to === undefined) {
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))
  }
  return { ...object, [key]: changed(object[key] ?? null, rest, to) }
}
