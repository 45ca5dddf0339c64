/** Where a page begins and how long it is. */
export interface PageRequest {
  /** What `next` was on the page before; null for the first. */
  readonly cursor: string | null
  readonly size: number
}

/** One page of a list, and how many there are in all. */
export interface Page<T> {
  readonly rows: readonly T[]
  readonly total: number
  /** Null on the last page. */
  readonly next: string | null
}

/**
 * A page of rows that lie in the order of a key, each with a key of its own. The page goes on after
 * the cursor's key, whether or not that row is still there, so that nothing comes twice and nothing
 * that was there before is left out, whatever is added or deleted meanwhile.
 */
export function pageByKey<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  { cursor, size }: PageRequest,
  order: 'up' | 'down' = 'down',
): Page<T> {
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }))
  const up = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
  const compare = order === 'up' ? up : (a: string, b: string) => up(b, a)
  keyed.sort((a, b) => compare(a.key, b.key))
  const rest = cursor === null ? keyed : keyed.filter(({ key }) => compare(key, cursor) > 0)
  const page = rest.slice(0, size)
  return {
    rows: page.map(({ row }) => row),
    total: rows.length,
    next: rest.length > page.length ? (page.at(-1)?.key ?? null) : null,
  }
}

/** Newest first; of those made in one second, by id. */
export function newestFirst(time: string, id: string): string {
  return `${time} ${id}`
}
