import { useMemo, useRef } from 'preact/hooks'
import { setQuery, type Route } from '../../lib/route.js'
import { model } from '../../model/model.js'
import { parseSearch } from '../../model/query.js'
import type { Row } from '../../model/row.js'

/** What the address asks for. */
export interface Filter {
  readonly text: string
  readonly only: readonly string[]
  readonly not: readonly string[]
  /** The row that is selected. */
  readonly selected: string | null
}

export function filterOf({ query }: Route): Filter {
  const list = (name: string): string[] => (query.get(name) ?? '').split(',').filter(Boolean)
  return {
    text: query.get('q') ?? '',
    only: list('status'),
    not: list('not'),
    selected: query.get('sel'),
  }
}

/** Shows one status only, or with Alt all but one; again takes it back. */
export function toggleStatus({ only, not }: Filter, status: string, exclude: boolean): void {
  const flip = (list: readonly string[]): string[] =>
    list.includes(status) ? list.filter((each) => each !== status) : [...list, status]
  const without = (list: readonly string[]): string[] => list.filter((each) => each !== status)
  setQuery({
    status: (exclude ? without(only) : flip(only)).join(','),
    not: (exclude ? flip(not) : without(not)).join(','),
  })
}

export interface Listed {
  readonly rows: readonly Row[]
  /** How many of each status the search finds, whatever the facets show. */
  readonly counts: ReadonlyMap<string, number>
  readonly total: number
  readonly live: number
  /** What stands above the list, because somebody reads further down. */
  readonly fresh: number
  readonly problem: string | null
}

/**
 * The rows that an address asks for, newest first. While the list is not at its top nothing enters it
 * from above: what came since is counted instead.
 */
export function useListed(filter: Filter, atTop: boolean, now: number): Listed {
  const { text, only, not } = filter
  const first = useRef<string | undefined>(undefined)
  if (atTop || first.current === undefined) first.current = model.order[0]
  const from = Math.max(0, first.current === undefined ? 0 : model.order.indexOf(first.current))
  // Only `started:` and `took:` depend on the time.
  const second = /:[<>]/.test(text) ? Math.floor(now / 1_000) : 0
  return useMemo(() => {
    const { test, problem } = parseSearch(text)
    const counts = new Map<string, number>()
    const rows: Row[] = []
    let [live, fresh] = [0, 0]
    for (const [index, id] of model.order.entries()) {
      const row = model.rows.get(id)
      if (row === undefined) continue
      if (row.outcome === null) live += 1
      if (!test({ row, name: model.nameOf(row), now })) continue
      counts.set(row.status, (counts.get(row.status) ?? 0) + 1)
      if (only.length > 0 && !only.includes(row.status)) continue
      if (not.includes(row.status)) continue
      if (index < from) fresh += 1
      else rows.push(row)
    }
    return { rows, counts, total: model.order.length, live, fresh, problem }
  }, [model.version, text, only.join(), not.join(), from, second])
}
