import type { ClockState } from '../core/clock.js'
import type { RunAction } from '../core/effects.js'
import { BakelineError } from '../core/errors.js'
import { viaJson } from '../core/json.js'
import type {
  Batch,
  CatalogRow,
  CatalogWrite,
  ExecutionRow,
  IdempotencyRow,
  Reader,
  RecordRow,
} from '../core/ports.js'
import type { State } from '../core/stepper.js'
import type { Definition, Registry } from './definition.js'
import { Pending } from './pending.js'
import type { Simulate, SimulateReader } from './simulate.js'
import { Undo } from './undo.js'

/** What every store takes for a kind. */
const catalogKind = /^[A-Za-z][A-Za-z0-9_]*$/

/** An execution that the turn works on. */
export interface Draft {
  row: ExecutionRow
  readonly definition: Definition
  state: State
  readonly fresh: boolean
}

/** What a turn needs from the process. */
export interface TurnContext {
  readonly registry: Registry
  readonly simulate: Simulate
  /** Wall time, for what real functions wait for. */
  readonly wall: number
  readonly newId: (kind: string, n: number) => string
}

/**
 * The working set of one decision: reads through the store's reader, collects what is to be written,
 * and can take back what a part of it did. Rows are written once, however often they change.
 */
export class Turn {
  readonly reader: Reader
  readonly context: TurnContext
  /** What simulators look at. */
  readonly given: SimulateReader
  /** The file's time, in milliseconds. */
  now: number
  readonly pending: Pending
  /** Custom actions, to run after the commit. */
  readonly actions: RunAction[] = []
  /** Numbers of real tasks that were stopped. */
  readonly stopped: number[] = []
  /** Ids of executions that this turn changed. */
  readonly changed = new Set<string>()
  /** True when a real task became ready: virtual time must not run ahead of it. */
  realWork = false

  readonly #undo = new Undo()
  readonly #drafts = new Map<number, Draft>()
  readonly #byId = new Map<string, number>()
  /** Executions that this turn added, by their singleton keys. */
  readonly #addedByKey = new Map<string, number>()
  readonly #records: RecordRow[] = []
  readonly #idempotency = new Map<string, IdempotencyRow>()
  readonly #catalog: CatalogWrite[] = []
  /** Whether a row of the catalog is there, of those that this turn wrote. */
  readonly #inCatalog = new Map<string, boolean>()
  readonly #settings: Record<string, string> = {}
  readonly #counters = new Map<string, number>()
  readonly #forget = new Set<number>()
  #clock: ClockState | null = null

  constructor(reader: Reader, context: TurnContext, now: number) {
    this.reader = reader
    this.given = {
      setting: (key) => this.settingOf(key),
      counter: (name) => reader.counter(name),
      catalogGet: (kind, key) => reader.catalogGet(kind, key),
      catalogFind: (query) => reader.catalogFind(query),
    }
    this.context = context
    this.now = now
    this.pending = new Pending(reader, this.#undo)
  }

  /** Runs a part of the turn; when it throws, everything that it did is taken back. */
  attempt<T>(part: () => T): T {
    return this.#undo.attempt(part)
  }

  /** The next number under a name: 1, 2, 3 … */
  next(name: string): number {
    const n = (this.#counters.get(name) ?? this.reader.counter(name)) + 1
    this.#undo.set(this.#counters, name, n)
    return n
  }

  /**
   * The execution of a number, or null when this process cannot work on it: it does not know the
   * machine, or the snapshot cannot be read.
   */
  draft(n: number): Draft | null {
    const known = this.#drafts.get(n)
    if (known) return known
    const row = this.reader.execution(n)
    const definition = row && this.context.registry.get(row.machine)
    const state = definition && loaded(definition, row.snapshot)
    if (!row || !definition || !state) return null
    const draft = { row, definition, state, fresh: false }
    this.#drafts.set(n, draft)
    this.#byId.set(row.id, n)
    return draft
  }

  /** An execution's row by id, with what this turn did to it. */
  row(id: string): ExecutionRow | undefined {
    const drafted = this.#byId.get(id)
    if (drafted !== undefined) return this.rowOf(drafted)
    const row = this.reader.executionById(id)
    return row && !this.#forget.has(row.n) ? row : undefined
  }

  /** The row of a number, with what this turn did to it. */
  rowOf(n: number): ExecutionRow | undefined {
    return this.#forget.has(n) ? undefined : (this.#drafts.get(n)?.row ?? this.reader.execution(n))
  }

  /** The live execution of a key, with what this turn did to it. */
  live(singletonKey: string): ExecutionRow | undefined {
    const numbers = [this.#addedByKey.get(singletonKey), this.reader.live(singletonKey)?.n]
    const rows = numbers.map((n) => (n === undefined ? undefined : this.rowOf(n)))
    return rows.find((row) => row?.outcome === null)
  }

  add(row: ExecutionRow, definition: Definition, state: State): Draft {
    if (row.singletonKey !== null) this.#undo.set(this.#addedByKey, row.singletonKey, row.n)
    this.pending.begin(row.n)
    return this.#take({ row, definition, state, fresh: true })
  }

  /** Takes up an execution under a machine of another version. */
  adopt(row: ExecutionRow, definition: Definition, state: State): Draft {
    return this.#take({ row, definition, state, fresh: false })
  }

  /** Changes fields of an execution. */
  update(draft: Draft, change: Partial<ExecutionRow>, state: State = draft.state): void {
    const { row: oldRow, state: oldState } = draft
    this.#undo.did(() => Object.assign(draft, { row: oldRow, state: oldState }))
    draft.row = { ...oldRow, ...change }
    draft.state = state
    this.#undo.add(this.changed, oldRow.id)
  }

  /** Writes a record; time never goes back within an execution. */
  record(draft: Draft, at: number, kind: RecordRow['kind'], body: object): number {
    const { row } = draft
    if (at < row.updatedAt) {
      throw new BakelineError('CORRUPT', `a record of ${row.id} would be before its last`)
    }
    const seq = row.seq + 1
    const n = this.next('record')
    const record = { n, execution: row.n, seq, at, kind, body: JSON.stringify(body) }
    this.#undo.push(this.#records, record)
    this.update(draft, { seq, updatedAt: at })
    return seq
  }

  /** Remembers a custom action for after the commit. */
  act(action: RunAction): void {
    this.#undo.push(this.actions, action)
  }

  /** Remembers that a real task was stopped: whoever runs it here is to abort it. */
  stop(n: number): void {
    this.#undo.push(this.stopped, n)
  }

  /**
   * Writes to the catalog. What contradicts it is refused here, where it is one step's fault, and not
   * by the store, where it would be the whole transaction's.
   *
   * @throws BakelineError `INVALID_INPUT`
   */
  catalog(writes: readonly CatalogWrite[]): void {
    for (const write of writes) {
      const { op, kind, key } = write
      if (!catalogKind.test(kind)) throw refused(write, 'a kind is letters, digits and _')
      const place = `${kind}/${key}`
      const there = this.#inCatalog.get(place) ?? this.reader.catalogGet(kind, key) !== undefined
      if (op === 'insert' && there) throw refused(write, 'it exists')
      if (op === 'patch' && !there) throw refused(write, 'it does not exist')
      this.#undo.set(this.#inCatalog, place, op !== 'delete')
      const body = op === 'delete' ? null : (viaJson(write.body) as CatalogRow['body'])
      this.#undo.push(this.#catalog, op === 'delete' || !body ? write : { ...write, body })
    }
  }

  idempotency(row: IdempotencyRow): void {
    this.#undo.set(this.#idempotency, row.key, row)
  }

  /** The key with what this turn added. */
  idempotent(key: string): IdempotencyRow | undefined {
    return this.#idempotency.get(key) ?? this.reader.idempotency(key)
  }

  /** A setting, with what this turn wrote. */
  settingOf(key: string): string | undefined {
    return Object.hasOwn(this.#settings, key) ? this.#settings[key] : this.reader.setting(key)
  }

  setting(key: string, value: string): void {
    this.#settings[key] = value
  }

  forget(n: number): void {
    this.#forget.add(n)
  }

  setClock(clock: ClockState): void {
    this.#clock = clock
  }

  /** Everything the turn did, or null when it did nothing. */
  batch(): Batch | null {
    const executions = [...this.#drafts.values()]
      .filter(({ fresh, row }) => fresh || this.changed.has(row.id))
      .map(({ fresh, row }) => ({ op: fresh ? ('insert' as const) : ('update' as const), row }))
    const at = this.#records.reduce((latest, record) => Math.max(latest, record.at), -1)
    if (at > this.reader.counter('at')) this.#counters.set('at', at)
    const batch: Batch = {
      executions,
      records: this.#records,
      work: this.pending.changes(),
      idempotency: [...this.#idempotency.values()],
      catalog: this.#catalog,
      settings: this.#settings,
      counters: Object.fromEntries(this.#counters),
      clock: this.#clock,
      forget: [...this.#forget],
    }
    return isEmpty(batch) ? null : batch
  }

  #take(draft: Draft): Draft {
    this.#undo.set(this.#drafts, draft.row.n, draft)
    this.#undo.set(this.#byId, draft.row.id, draft.row.n)
    this.#undo.add(this.changed, draft.row.id)
    return draft
  }
}

function loaded({ stepper }: Definition, snapshot: string): State | null {
  try {
    return stepper.load(snapshot)
  } catch {
    return null
  }
}

function refused({ op, kind, key }: CatalogWrite, why: string): BakelineError {
  return new BakelineError('INVALID_INPUT', `cannot ${op} ${kind} "${key}": ${why}`, { kind, key })
}

function isEmpty(batch: Batch): boolean {
  return (
    batch.executions.length === 0 &&
    batch.records.length === 0 &&
    batch.work.put.length === 0 &&
    batch.work.remove.length === 0 &&
    batch.catalog.length === 0 &&
    batch.idempotency.length === 0 &&
    batch.clock === null &&
    batch.forget.length === 0 &&
    Object.keys(batch.settings).length === 0 &&
    Object.keys(batch.counters).length === 0
  )
}
