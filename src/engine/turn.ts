import { type ClockState, fileTime } from '../core/clock.js'
import type { RunAction } from '../core/effects.js'
import { BakelineError } from '../core/errors.js'
import type { StepRecord } from '../core/history.js'
import type {
  ClockChange,
  Batch,
  CatalogRow,
  CatalogWrite,
  ExecutionRow,
  IdempotencyRow,
  Reader,
  RecordRow,
} from '../core/ports.js'
import type { State } from '../core/stepper.js'
import { isEmpty, latestOf, soonestOf } from './batch.js'
import { CatalogWrites } from './catalog-writes.js'
import { type Occasion, withBack } from './clock-changes.js'
import type { Definition, Registry } from './definition.js'
import { current, type Draft, loaded, restore, type RowChange, rowWith } from './draft.js'
import type { Memory } from './memory.js'
import { Pending } from './pending.js'
import type { Simulate, SimulateReader } from './simulate.js'
import { StepRow } from './step-row.js'
import { Undo } from './undo.js'

export type { Draft } from './draft.js'

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
  /** The file's time, in milliseconds. */
  now: number
  readonly pending: Pending
  /** Custom actions, to run after the commit. */
  readonly actions: RunAction[] = []
  /** Numbers of real tasks that were stopped. */
  readonly stopped: number[] = []
  /** See `soonestOf`; known when its batch is. */
  soonest = Number.POSITIVE_INFINITY
  /** True when a real task became ready: virtual time must not run ahead of it. */
  realWork = false

  readonly #undo = new Undo()
  readonly #memory: Memory
  readonly #changed = new Set<Draft>()
  #ids: ReadonlySet<string> | null = null
  /** Executions that this turn added, by their singleton keys. */
  readonly #addedByKey = new Map<string, number>()
  /** Live executions before this turn, by their singleton keys. */
  #liveByKey: Map<string, number | undefined> | null = null
  readonly #records: RecordRow[] = []
  #idempotency: Map<string, IdempotencyRow> | null = null
  readonly #catalog: CatalogWrites
  readonly #settings: Record<string, string> = {}
  /** Names of counters that this turn moved. */
  readonly #counted = new Set<string>()
  #forget: Set<number> | null = null
  #clock: ClockState | null = null
  #clockChanges: readonly ClockChange[] = []
  /** Whether the wall's clock stands before what it showed already. */
  readonly #isBack: boolean
  #given: SimulateReader | null = null

  constructor(reader: Reader, context: TurnContext, memory: Memory) {
    this.reader = reader
    this.context = context
    this.#memory = memory
    const [byWall, reached] = [fileTime(this.clock(), context.wall), this.#counter('at')]
    this.now = Math.max(byWall, reached)
    this.#isBack = byWall < reached
    this.#catalog = new CatalogWrites(reader, memory, this.#undo)
    this.pending = new Pending(reader, memory, this.#undo, this.#counter('work'))
  }

  /** What simulators look at. */
  get given(): SimulateReader {
    const { reader } = this
    this.#given ??= {
      setting: (key) => this.settingOf(key),
      counter: (name) => reader.counter(name),
      catalogGet: (kind, key) => this.#catalog.get(kind, key),
      catalogFind: (query) => reader.catalogFind(query),
    }
    return this.#given
  }

  /** Runs a part of the turn; when it throws, everything that it did is taken back. */
  attempt<T>(part: () => T): T {
    return this.#undo.attempt(part)
  }

  /** The next number under a name: 1, 2, 3 … */
  next(name: string): number {
    const n = this.#counter(name) + 1
    this.#undo.set(this.#memory.counters, name, n)
    this.#undo.add(this.#counted, name)
    return n
  }

  /** The file's clock, as it was before this turn. */
  clock(): ClockState {
    this.#memory.clock ??= this.reader.clock()
    return this.#memory.clock
  }

  /**
   * The execution of a number, or null when this process cannot work on it: it does not know the
   * machine, or the snapshot cannot be read.
   */
  draft(n: number): Draft | null {
    return this.#memory.drafts.get(n) ?? this.#load(this.reader.execution(n))
  }

  /** As `draft`, of a row that was read. */
  draftOf(row: ExecutionRow): Draft | null {
    return this.#memory.drafts.get(row.n) ?? this.#load(row)
  }

  #load(row: ExecutionRow | undefined): Draft | null {
    const definition = row && this.context.registry.get(row.machine)
    const state = definition && loaded(definition, row.snapshot)
    if (!row || !definition || !state) return null
    const draft = { row, definition, state, fresh: false, stale: false }
    this.#memory.drafts.set(row.n, draft)
    this.#memory.byId.set(row.id, row.n)
    return draft
  }

  /** An execution's row by id, with what this turn did to it. */
  row(id: string): ExecutionRow | undefined {
    const drafted = this.#memory.byId.get(id)
    if (drafted !== undefined) return this.rowOf(drafted)
    const row = this.reader.executionById(id)
    return row && !this.#forget?.has(row.n) ? row : undefined
  }

  /** The row of a number, with what this turn did to it. */
  rowOf(n: number): ExecutionRow | undefined {
    if (this.#forget?.has(n)) return undefined
    const draft = this.#memory.drafts.get(n)
    return draft ? current(draft) : this.reader.execution(n)
  }

  /** The live execution of a key, with what this turn did to it. */
  live(singletonKey: string): ExecutionRow | undefined {
    const numbers = [this.#addedByKey.get(singletonKey), this.#storedLive(singletonKey)]
    const rows = numbers.map((n) => (n === undefined ? undefined : this.rowOf(n)))
    return rows.find((row) => row?.outcome === null)
  }

  /** Asked twice at every start: by whoever wants to tell more of the one that runs, and by us. */
  #storedLive(singletonKey: string): number | undefined {
    const known = (this.#liveByKey ??= new Map())
    if (!known.has(singletonKey)) known.set(singletonKey, this.reader.live(singletonKey)?.n)
    return known.get(singletonKey)
  }

  /** The row of a draft, with its newest snapshot as text. */
  view(draft: Draft): ExecutionRow {
    return current(draft)
  }

  add(row: ExecutionRow, definition: Definition, state: State): Draft {
    if (row.singletonKey !== null) this.#undo.set(this.#addedByKey, row.singletonKey, row.n)
    this.pending.begin(row.n)
    return this.#take({ row, definition, state, fresh: true, stale: true })
  }

  /** Takes up an execution under a machine of another version. */
  adopt(row: ExecutionRow, definition: Definition, state: State): Draft {
    return this.#take({ row, definition, state, fresh: false, stale: false })
  }

  /** Changes fields of an execution; its snapshot follows from the state. */
  update(draft: Draft, change: RowChange, state: State = draft.state): void {
    this.#change(draft, rowWith(draft.row, change), state)
  }

  /**
   * Writes a record; time never goes back within an execution.
   *
   * @returns the seq of the record
   */
  record(draft: Draft, at: number, kind: RecordRow['kind'], body: object): number {
    const { row, state } = draft
    const [n, seq] = [this.#nextRecord(row, at), row.seq + 1]
    const text = JSON.stringify(body)
    this.#undo.push(this.#records, { n, execution: row.n, seq, at, kind, body: text })
    this.#change(draft, rowWith(row, { seq, updatedAt: at }), state)
    return seq
  }

  /** Writes the record of a step, and what the execution is after it. */
  step(draft: Draft, at: number, said: StepRecord, next: { state: State; status: string }): void {
    const { row } = draft
    const record: RecordRow = new StepRow(this.#nextRecord(row, at), row, at, said)
    this.#undo.push(this.#records, record)
    const { state, status } = next
    this.#change(draft, rowWith(row, { seq: row.seq + 1, updatedAt: at, status }), state)
  }

  /** The number of a record, which may not be before the last. */
  #nextRecord(row: ExecutionRow, at: number): number {
    if (at < row.updatedAt) {
      throw new BakelineError('CORRUPT', `a record of ${row.id} would be before its last`)
    }
    return this.next('record')
  }

  #change(draft: Draft, row: ExecutionRow, state: State): void {
    this.#undo.did(restore, draft, draft.row, draft.state)
    draft.row = row
    if (draft.state !== state) draft.stale = true
    draft.state = state
    this.#undo.add(this.#changed, draft)
  }

  /** Remembers a custom action for after the commit. */
  act(action: RunAction): void {
    this.#undo.push(this.actions, action)
  }

  /** Remembers that a real task was stopped: whoever runs it here is to abort it. */
  stop(n: number): void {
    this.#undo.push(this.stopped, n)
  }

  /** @throws BakelineError `INVALID_INPUT` for what contradicts the catalog. */
  catalog(writes: readonly CatalogWrite[]): void {
    for (const write of writes) this.#catalog.add(write)
  }

  /** A row of the catalog, as it was before this turn. */
  catalogGet(kind: string, key: string): CatalogRow | undefined {
    return this.#catalog.get(kind, key)
  }

  idempotency(row: IdempotencyRow): void {
    this.#undo.set((this.#idempotency ??= new Map()), row.key, row)
  }

  /** The key with what this turn added. */
  idempotent(key: string): IdempotencyRow | undefined {
    return this.#idempotency?.get(key) ?? this.reader.idempotency(key)
  }

  /** A setting, with what this turn wrote. */
  settingOf(key: string): string | undefined {
    const { settings } = this.#memory
    if (!settings.has(key)) settings.set(key, this.reader.setting(key))
    return settings.get(key)
  }

  setting(key: string, value: string): void {
    this.#undo.set(this.#memory.settings, key, value)
    this.#settings[key] = value
  }

  forget(n: number): void {
    ;(this.#forget ??= new Set()).add(n)
  }

  /** @param change what of that is kept, for who draws it later */
  setClock(clock: ClockState, change: ClockChange | null): void {
    this.#clock = clock
    if (change !== null) this.#clockChanges = [...this.#clockChanges, change]
  }

  /** What the clock is before this turn, for who changes it. */
  occasion(): Occasion {
    const { reader, context } = this
    return { reader, clock: this.clock(), wall: context.wall, record: this.#counter('record') }
  }

  /** Everything the turn did, or null when it did nothing. Called once, at its end. */
  batch(): Batch | null {
    const executions: Batch['executions'][number][] = []
    for (const draft of this.#changed) {
      executions.push({ op: draft.fresh ? 'insert' : 'update', row: current(draft) })
    }
    const at = Math.max(latestOf(this.#records), this.#counter('at'))
    if (at > this.#counter('at')) this.#counted.add('at')
    this.#memory.counters.set('at', at)
    const counters: Record<string, number> = {}
    for (const name of this.#counted) counters[name] = this.#counter(name)
    const batch: Batch = {
      executions,
      records: this.#records,
      work: this.pending.changes(),
      idempotency: this.#idempotency === null ? [] : [...this.#idempotency.values()],
      catalog: this.#catalog.all,
      settings: this.#settings,
      counters,
      clock: this.#clock,
      clockChanges: this.#isBack
        ? withBack(this.occasion(), this.#records[0], this.#clockChanges)
        : this.#clockChanges,
      forget: this.#forget === null ? [] : [...this.#forget],
    }
    this.#remember()
    this.soonest = soonestOf(batch)
    return isEmpty(batch) ? null : batch
  }

  /** Ids of executions that this turn changed. */
  get changed(): ReadonlySet<string> {
    return (this.#ids ??= new Set([...this.#changed].map(({ row }) => row.id)))
  }

  /** What holds from now on, when the batch is written. */
  #remember(): void {
    for (const draft of this.#changed) {
      draft.fresh = false
      if (draft.row.outcome !== null) this.#memory.forget(draft.row.n, draft.row.id)
    }
    for (const n of this.#forget ?? []) {
      const draft = this.#memory.drafts.get(n)
      if (draft) this.#memory.forget(n, draft.row.id)
    }
    this.#catalog.remember()
    if (this.#clock) this.#memory.clock = this.#clock
  }

  #counter(name: string): number {
    const { counters } = this.#memory
    const known = counters.get(name)
    if (known !== undefined) return known
    const value = this.reader.counter(name)
    counters.set(name, value)
    return value
  }

  #take(draft: Draft): Draft {
    this.#undo.set(this.#memory.drafts, draft.row.n, draft)
    this.#undo.set(this.#memory.byId, draft.row.id, draft.row.n)
    this.#undo.add(this.#changed, draft)
    return draft
  }
}
