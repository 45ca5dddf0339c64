import type {
  CatalogQuery,
  CatalogRow,
  ClockChange,
  ClockChangeQuery,
  DueQuery,
  ExecutionFilter,
  ExecutionQuery,
  ExecutionRow,
  Reader,
  WorkRow,
} from '../../core/ports.js'
import { checkCatalogQuery, pageSize } from '../input.js'
import { defaultClock } from '../options.js'
import type { Sorted } from './sorted.js'
import { all, catalogByField, catalogKey, compareText, type Tables } from './tables.js'

/** Answers from the tables, as they are at the moment of the question. */
export function createReader(tables: Tables, generation: () => number): Reader {
  const { executions, records, work, idempotency, catalog, settings, counters, clock } = tables
  return {
    generation,
    clock: () => clock.get('clock') ?? defaultClock,
    clockChanges: (query) => findClockChanges(tables, query),
    newestClockChange: () => tables.clockChanges.all.group(all).descending().next().value,
    setting: (key) => settings.get(key),
    counter: (name) => counters.get(name) ?? 0,
    executionById: (id) => first(executions.byId.group(id)),
    execution: (n) => executions.rows.get(n),
    live: (singletonKey) => first(executions.liveByKey.group(singletonKey)),
    executions: (query) => findExecutions(tables, query),
    executionCount: (filter) => countExecutions(tables, filter),
    idempotency: (key) => idempotency.rows.get(key),
    records: (execution, after, limit) =>
      take(
        records.byExecution.group(execution).ascending(({ seq }) => seq > after),
        limit,
      ),
    stream: (after, limit) =>
      take(
        records.all.group(all).ascending(({ n }) => n > after),
        limit,
      ),
    workOf: (execution) => work.byExecution.group(execution).toArray(),
    due: (query) => findDue(tables, query),
    slots: (pool) => work.slots.group(pool).size,
    waiting: (pool, after, limit) =>
      take(
        work.waiting.group(pool).ascending(({ ticket }) => (ticket ?? 0) > after),
        limit,
      ),
    catalogGet: (kind, key) => catalog.rows.get(catalogKey(kind, key)),
    catalogFind: (query) => findCatalog(tables, query),
  }
}

function findExecutions(tables: Tables, query: ExecutionQuery): readonly ExecutionRow[] {
  const { oldestFirst, after, limit } = query
  const rows = narrowest(tables, query)
  const ordered = oldestFirst
    ? rows.ascending(({ n }) => after === undefined || n > after)
    : rows.descending(({ n }) => after !== undefined && n >= after)
  return take(ordered, limit, matching(query))
}

function countExecutions(tables: Tables, filter: ExecutionFilter): number {
  const matches = matching(filter)
  let count = 0
  for (const row of narrowest(tables, filter).ascending()) if (matches(row)) count += 1
  return count
}

function matching(filter: ExecutionFilter): (row: ExecutionRow) => boolean {
  const { singletonKey, machine, live, stuck, statuses } = filter
  return (row) =>
    (singletonKey === undefined || row.singletonKey === singletonKey) &&
    (machine === undefined || row.machine === machine) &&
    (live === undefined || (row.outcome === null) === live) &&
    (stuck === undefined || (row.stuck !== null) === stuck) &&
    (statuses === undefined || statuses.includes(row.status))
}

function narrowest(tables: Tables, query: ExecutionFilter): Sorted<ExecutionRow> {
  const { executions } = tables
  if (query.singletonKey !== undefined) return executions.byKey.group(query.singletonKey)
  if (query.stuck) return executions.stuck.group(all)
  return (query.live ? executions.live : executions.all).group(all)
}

function findClockChanges(
  { clockChanges }: Tables,
  { from, to, after = 0, limit }: ClockChangeQuery,
): readonly ClockChange[] {
  return take(
    clockChanges.all.group(all).ascending(({ n }) => n > after),
    limit,
    ({ at, until }) =>
      (from === undefined || Math.max(at, until) >= from) && (to === undefined || at <= to),
  )
}

function findDue(tables: Tables, { axis, until, after, limit }: DueQuery): readonly WorkRow[] {
  const reached = (row: WorkRow): boolean => {
    if (after === undefined) return true
    const due = row.due ?? 0
    return due > after.due || (due === after.due && row.n > after.n)
  }
  const page: WorkRow[] = []
  const size = pageSize(limit)
  for (const row of tables.work.due.group(axis).ascending(reached)) {
    if (page.length >= size || (row.due ?? 0) > until) break
    page.push(row)
  }
  return page
}

function findCatalog(tables: Tables, query: CatalogQuery): readonly CatalogRow[] {
  checkCatalogQuery(query)
  const { kind, where = {}, after, limit } = query
  const fields = Object.entries(where)
  const smallest = fields
    .map(([field, value]) => catalogByField(tables, kind, field).group(value))
    .reduce((a, b) => (b.size < a.size ? b : a), tables.catalog.byKind.group(kind))
  return take(
    smallest.ascending(({ key }) => after === undefined || compareText(key, after) > 0),
    limit ?? smallest.size,
    ({ body }) => fields.every(([field, value]) => body[field] === value),
  )
}

function first<Row>(rows: Sorted<Row>): Row | undefined {
  return rows.ascending().next().value
}

function take<Row>(
  rows: Iterable<Row>,
  limit: number,
  fits: (row: Row) => boolean = () => true,
): Row[] {
  const page: Row[] = []
  const size = pageSize(limit)
  if (size === 0) return page
  for (const row of rows) {
    if (fits(row) && page.push(row) >= size) break
  }
  return page
}
