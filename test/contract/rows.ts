import type {
  Batch,
  CatalogRow,
  CatalogWrite,
  ClockChange,
  ExecutionRow,
  Reader,
  RecordRow,
  Store,
  WorkRow,
} from '../../src/core/ports.js'

/** A live execution; say what matters. */
export function execution(n: number, change: Partial<ExecutionRow> = {}): ExecutionRow {
  return {
    n,
    id: `exec-${n}`,
    machine: 'order@1',
    singletonKey: null,
    outcome: null,
    status: 'OPEN',
    snapshot: '{"value":"open"}',
    seq: 1,
    startedAt: 1_000,
    updatedAt: 1_000,
    endedAt: null,
    stuck: null,
    ...change,
  }
}

/** An execution that is over. */
export function ended(n: number, change: Partial<ExecutionRow> = {}): ExecutionRow {
  return execution(n, { outcome: 'done', endedAt: 2_000, status: 'CLOSED', ...change })
}

export function record(n: number, of: number, seq: number, at = 1_000): RecordRow {
  return { n, execution: of, seq, at, kind: 'step', body: `{"n":${n}}` }
}

/** A timer on the file's clock. */
export function timer(n: number, of: number, due: number, change: Partial<WorkRow> = {}): WorkRow {
  return {
    n,
    execution: of,
    kind: 'timer',
    id: `timer-${n}`,
    seq: 1,
    machine: 'order@1',
    state: 'set',
    axis: 'file',
    due,
    parked: false,
    pool: null,
    slot: false,
    ticket: null,
    owner: null,
    body: '{"type":"late"}',
    ...change,
  }
}

/** A task that queues for a slot. */
export function waiter(n: number, of: number, ticket: number, pool = 'copy/b'): WorkRow {
  return timer(n, of, 0, { kind: 'task', state: 'waiting', due: null, pool, ticket })
}

/** A jump of the virtual clock. */
export function jump(n: number, at: number, until: number): ClockChange {
  return { n, kind: 'jump', at, until, was: 'virtual', clock: 'virtual', wall: n, record: n - 1 }
}

/** The parts of a batch that a test is about. */
export interface Parts extends Partial<Omit<Batch, 'executions' | 'work'>> {
  readonly insert?: readonly ExecutionRow[]
  readonly update?: readonly ExecutionRow[]
  readonly put?: readonly WorkRow[]
  readonly remove?: readonly number[]
}

export function batch(parts: Parts): Batch {
  const { insert = [], update = [], put = [], remove = [], ...rest } = parts
  return {
    executions: [
      ...update.map((row) => ({ op: 'update' as const, row })),
      ...insert.map((row) => ({ op: 'insert' as const, row })),
    ],
    records: [],
    work: { put, remove },
    idempotency: [],
    catalog: [],
    settings: {},
    counters: {},
    clock: null,
    clockChanges: [],
    forget: [],
    ...rest,
  }
}

export function write(store: Store, parts: Parts): Promise<void> {
  return store.transact(() => ({ batch: batch(parts), value: undefined }))
}

export function insertion(kind: string, key: string, body: CatalogRow['body']): CatalogWrite {
  return { op: 'insert', kind, key, body }
}

/** A promise's error, as a test wants to look at it. */
export function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => ({ resolvedWith: value }),
    (error: unknown) => error,
  )
}

/** Everything a reader can tell, in a form that two stores can be compared by. */
export function everything(reader: Reader): object {
  const executions = reader.executions({ limit: 1_000 })
  const work = executions.flatMap(({ n }) => reader.workOf(n))
  return {
    clock: reader.clock(),
    clockChanges: reader.clockChanges({ limit: 1_000 }),
    newestClockChange: reader.newestClockChange(),
    executions,
    counts: [{}, { live: false }, { singletonKey: 'a' }, { statuses: ['CLOSED'] }].map((filter) =>
      reader.executionCount(filter),
    ),
    records: executions.map(({ n }) => reader.records(n, 0, 1_000)),
    stream: reader.stream(0, 1_000),
    work,
    due: (['file', 'wall'] as const).map((axis) =>
      reader.due({ axis, until: Number.MAX_SAFE_INTEGER, limit: 1_000 }),
    ),
  }
}
