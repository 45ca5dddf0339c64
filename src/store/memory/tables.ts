import type { ClockState } from '../../core/clock.js'
import type {
  CatalogRow,
  ClockChange,
  ExecutionRow,
  IdempotencyRow,
  RecordRow,
  WorkRow,
} from '../../core/ports.js'
import { type Index, Table } from './table.js'

interface Numbered {
  readonly n: number
}

const byNumber = (a: Numbered, b: Numbered): number => a.n - b.n
const bySeq = (a: RecordRow, b: RecordRow): number => a.seq - b.seq || a.n - b.n
const byDue = (a: WorkRow, b: WorkRow): number => (a.due ?? 0) - (b.due ?? 0) || a.n - b.n
const byTicket = (a: WorkRow, b: WorkRow): number => (a.ticket ?? 0) - (b.ticket ?? 0) || a.n - b.n
const byKey = (a: { readonly key: string }, b: { readonly key: string }): number =>
  compareText(a.key, b.key)

/**
 * The order of two texts by code point, which is SQLite's over UTF-8. JavaScript's `<` goes by
 * UTF-16 unit and puts an emoji before U+FFFD.
 */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/** The one group of an index over all rows. */
export const all = 0

export type Tables = ReturnType<typeof createTables>

/** Every table with the indexes that the reader's questions need, empty. */
export function createTables() {
  const executions = new Table<number, ExecutionRow>()
  const records = new Table<number, RecordRow>()
  const work = new Table<number, WorkRow>()
  const idempotency = new Table<string, IdempotencyRow>()
  const catalog = new Table<string, CatalogRow>()
  const clockChanges = new Table<number, ClockChange>()
  return {
    executions: {
      rows: executions,
      all: executions.index(() => all, byNumber),
      byId: executions.index((row) => row.id, byNumber),
      byKey: executions.index((row) => row.singletonKey ?? undefined, byNumber),
      live: executions.index((row) => (row.outcome === null ? all : undefined), byNumber),
      liveByKey: executions.index(
        (row) => (row.outcome === null ? (row.singletonKey ?? undefined) : undefined),
        byNumber,
      ),
      stuck: executions.index((row) => (row.stuck === null ? undefined : all), byNumber),
    },
    records: {
      rows: records,
      all: records.index(() => all, byNumber),
      byExecution: records.index((row) => row.execution, bySeq),
    },
    work: {
      rows: work,
      byExecution: work.index((row) => row.execution, byNumber),
      due: work.index((row) => (row.due === null || row.parked ? undefined : row.axis), byDue),
      waiting: work.index(
        (row) => (row.state === 'waiting' && !row.parked ? (row.pool ?? undefined) : undefined),
        byTicket,
      ),
      slots: work.index((row) => (row.slot ? (row.pool ?? undefined) : undefined), byNumber),
    },
    idempotency: {
      rows: idempotency,
      byExecution: idempotency.index((row) => row.execution, byKey),
    },
    catalog: {
      rows: catalog,
      byKind: catalog.index((row) => row.kind, byKey),
      /** Made when a field is first asked for; see `catalogByField`. */
      byField: new Map<string, Index<CatalogRow>>(),
    },
    settings: new Table<string, string>(),
    counters: new Table<string, number>(),
    clock: new Table<'clock', ClockState>(),
    clockChanges: { rows: clockChanges, all: clockChanges.index(() => all, byNumber) },
  }
}

/** All tables as they are now, to be changed on their own. */
export function forkTables(tables: Tables): Tables {
  const { rows, byKind, byField } = tables.catalog
  const catalog = rows.fork()
  const fields = [...byField].map(([name, index]) => [name, catalog.adopt(index.fork())] as const)
  return {
    executions: forked(tables.executions),
    records: forked(tables.records),
    work: forked(tables.work),
    idempotency: forked(tables.idempotency),
    catalog: { rows: catalog, byKind: catalog.adopt(byKind.fork()), byField: new Map(fields) },
    settings: tables.settings.fork(),
    counters: tables.counters.fork(),
    clock: tables.clock.fork(),
    clockChanges: forked(tables.clockChanges),
  }
}

/** A table with its indexes, whatever they are called. */
function forked<Key, Row, T extends object>(table: T & { readonly rows: Table<Key, Row> }): T {
  const { rows, ...indexes } = table
  const fork = rows.fork()
  const forks = Object.entries(indexes).map(([name, index]) => {
    return [name, fork.adopt((index as unknown as Index<Row>).fork())] as const
  })
  return { rows: fork, ...Object.fromEntries(forks) } as unknown as T
}

/** Under what a catalog row is stored. Kinds are words, so that no two pairs meet. */
export function catalogKey(kind: string, key: string): string {
  return `${kind}/${key}`
}

/** The index of one kind's rows by one field, made when it is first wanted. */
export function catalogByField(tables: Tables, kind: string, field: string): Index<CatalogRow> {
  const { rows, byField } = tables.catalog
  const name = catalogKey(kind, field)
  const index =
    byField.get(name) ??
    rows.index((row) => (row.kind === kind ? scalar(row.body[field]) : undefined), byKey)
  byField.set(name, index)
  return index
}

function scalar(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value
  return typeof value === 'boolean' ? value : undefined
}
