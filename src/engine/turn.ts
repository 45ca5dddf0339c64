import { type ClockState, fileTime, wallDelay } from '../core/clock.js'
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
import { isEmpty, latestOf, restsUntil, soonestOf } from './batch.js'
import { CatalogWrites } from './catalog-writes.js'
import { type Occasion, withBack } from './clock-changes.js'
import type { Definition, Registry } from './definition.js'
import type { Draft } from './draft.js'
import { Drafts } from './drafts.js'
import type { Memory } from './memory.js'
import { Pending } from './pending.js'
import type { Simulate, SimulateReader } from './simulate.js'
import { StepRow } from './step-row.js'
import type { Undo } from './undo.js'

export type { Draft } from './draft.js'

/** What a turn needs from the process. */
export interface TurnContext {
  readonly registry: Registry
  readonly simulate: Simulate
  /** Wall time, for what real functions wait for. */
  readonly wall: number
  readonly newId: (kind: string, n: number) => string
}

/** By the wall's clock. Meanwhile thousands of others can begin. */
const awhileMs = 1_000

/**
 * The working set of one decision: reads through the store's reader, collects what is to be written,
 * and can take back what a part of it did. Rows are written once, however often they change.
 */
export class Turn {
  readonly reader: Reader
  readonly context: TurnContext
  /** The file's time, in milliseconds. */
  now: number
  readonly drafts: Drafts
  readonly pending: Pending
  /** Custom actions, to run after the commit. */
  readonly actions: RunAction[] = []
  /** Numbers of real tasks that were stopped. */
  readonly stopped: number[] = []
  /** See `soonestOf`; known when its batch is. */
  soonest = Number.POSITIVE_INFINITY
  /** True when a real task became ready: virtual time must not run ahead of it. */
  realWork = false

  readonly #undo: Undo
  readonly #memory: Memory
  readonly #records: RecordRow[] = []
  #idempotency: Map<string, IdempotencyRow> | null = null
  readonly #catalog: CatalogWrites
  readonly #settings: Record<string, string> = {}
  /** Names of counters that this turn moved. */
  readonly #counted = new Set<string>()
  #clock: ClockState | null = null
  #clockChanges: readonly ClockChange[] = []
  /** Whether the wall's clock stands before what it showed already. */
  readonly #isBack: boolean
  #given: SimulateReader | null = null

  constructor(reader: Reader, context: TurnContext, memory: Memory) {
    this.reader = reader
    this.context = context
    this.#memory = memory
    this.#undo = memory.undo
    const [byWall, reached] = [fileTime(this.clock(), context.wall), this.#counter('at')]
    this.now = Math.max(byWall, reached)
    this.#isBack = byWall < reached
    this.drafts = new Drafts(reader, context.registry, memory, this.#undo)
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

  /** Adds an execution that has nothing pending. */
  add(row: ExecutionRow, definition: Definition, state: State): Draft {
    this.pending.begin(row.n)
    return this.drafts.add(row, definition, state)
  }

  /**
   * Writes a record; time never goes back within an execution.
   *
   * @returns the seq of the record
   */
  record(draft: Draft, at: number, kind: RecordRow['kind'], body: object): number {
    const { row } = draft
    const [n, seq] = [this.#nextRecord(row, at), row.seq + 1]
    const text = JSON.stringify(body)
    this.#undo.push(this.#records, { n, execution: row.n, seq, at, kind, body: text })
    this.drafts.update(draft, { seq, updatedAt: at })
    return seq
  }

  /** Writes the record of a step, and what the execution is after it. */
  step(draft: Draft, at: number, said: StepRecord, next: { state: State; status: string }): void {
    const { row } = draft
    const record: RecordRow = new StepRow(this.#nextRecord(row, at), row, at, said)
    this.#undo.push(this.#records, record)
    const { state, status } = next
    this.drafts.update(draft, { seq: row.seq + 1, updatedAt: at, status }, state)
  }

  /** The number of a record, which may not be before the last. */
  #nextRecord(row: ExecutionRow, at: number): number {
    if (at < row.updatedAt) {
      throw new BakelineError('CORRUPT', `a record of ${row.id} would be before its last`)
    }
    return this.next('record')
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
    const executions = this.drafts.changes()
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
      forget: this.drafts.forgotten(),
    }
    this.drafts.remember(this.#rests(batch))
    this.#catalog.remember()
    if (this.#clock) this.#memory.clock = this.#clock
    this.soonest = soonestOf(batch)
    return isEmpty(batch) ? null : batch
  }

  /** Whether what a batch has begun needs nobody for a while. */
  #rests(batch: Batch): boolean {
    const clock = batch.clock ?? this.clock()
    const delay = wallDelay(clock, restsUntil(batch), this.context.wall)
    return delay !== null && delay > awhileMs
  }

  #counter(name: string): number {
    const { counters } = this.#memory
    const known = counters.get(name)
    if (known !== undefined) return known
    const value = this.reader.counter(name)
    counters.set(name, value)
    return value
  }
}
