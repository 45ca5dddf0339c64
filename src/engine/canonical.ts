/**
 * A value as JSON text with sorted keys, so that two requests that say the same compare equal. The
 * keys of a list's entries are sorted too; the order of lists stays.
 */
export function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_key, entry: unknown) => {
      if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry
      return Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
    }) ?? 'null'
  )
}
