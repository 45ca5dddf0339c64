import type { ClockState } from './clock.js'
import type { Outcome } from './effects.js'
import type { StepRecord } from './history.js'
import type { Json } from './json.js'

/** An execution as stored. Times are the file's, in milliseconds. */
export interface ExecutionRow {
  /** The key inside the store; ids are for people. */
  readonly n: number
  readonly id: string
  /** The `id@version` to which the execution is pinned. */
  readonly machine: string
  readonly singletonKey: string | null
  /** Null while it lives. */
  readonly outcome: Outcome | null
  /** What the machine's `status` function says of the snapshot. */
  readonly status: string
  readonly snapshot: string
  /** The `seq` of its newest record. */
  readonly seq: number
  readonly startedAt: number
  readonly updatedAt: number
  readonly endedAt: number | null
  /** Why the execution is stuck, or null. */
  readonly stuck: string | null
}

/** Which clock a work row's `due` is of. */
export type Axis = 'file' | 'wall'

/**
 * A timer or a task that is pending.
 *
 * | kind | state | due |
 * |---|---|---|
 * | timer | `set` | file: when it fires |
 * | simulated task | `running` / `backoff` | file: when the attempt ends / begins anew |
 * | simulated task | `ready` | file, null: waits until it is ended or begun anew |
 * | real task | `ready` / `backoff` / `running` | wall: claimable from / begins anew / lease ends |
 * | real task | `ended` | file: its end waits for a step (the step threw before) |
 * | task | `waiting` | null: queues for a slot of its pool, in order of `ticket` |
 */
export interface WorkRow {
  readonly n: number
  readonly execution: number
  readonly kind: 'timer' | 'task'
  readonly id: string
  /** The record that set or started it: tells it from an earlier one of the same id. */
  readonly seq: number
  readonly machine: string
  readonly state: 'set' | 'running' | 'backoff' | 'ready' | 'ended' | 'waiting'
  readonly axis: Axis
  readonly due: number | null
  /** True while the execution is stuck: nothing takes it up. */
  readonly parked: boolean
  readonly pool: string | null
  /** True while it holds a slot of its pool. */
  readonly slot: boolean
  readonly ticket: number | null
  /** The process that runs it, for a real task. */
  readonly owner: string | null
  /** JSON: a timer's event; a task's src, input, attempt and times. */
  readonly body: string
}

/** One entry of the history. */
export interface RecordRow {
  /** Global number: the order of all records in the store, and the cursor of a stream. */
  readonly n: number
  readonly execution: number
  /** 1, 2, 3 … within the execution. */
  readonly seq: number
  readonly at: number
  readonly kind: 'step' | 'attempt' | 'migration'
  /** JSON, see `history.ts`. */
  readonly body: string
  /** What the body says, where it is not made yet: for a store that keeps it in another form. */
  readonly said?: StepRecord
}

/**
 * What was done to the file's clock, so that a picture of what happened can say so.
 *
 * | kind | at, until |
 * |---|---|
 * | `jump` | virtual time was moved on from one to the other |
 * | `pace` | the clock goes on otherwise from `at` on: it stands still, or runs so many times as fast |
 * | `back` | the wall's clock was set back: it shows `until`, and time stands still at `at` meanwhile |
 */
export interface ClockChange {
  /** 1, 2, 3 …; only the newest are kept, see `keptClockChanges`. */
  readonly n: number
  readonly kind: 'jump' | 'pace' | 'back'
  readonly at: number
  readonly until: number
  /** The clock before and after, as `clockName` has it. */
  readonly was: string
  readonly clock: string
  /** When it happened by the wall's clock. */
  readonly wall: number
  /** The number of the newest record before it. */
  readonly record: number
}

/** So many changes of the clock are kept. */
export const keptClockChanges = 10_000

/** Which changes of the clock: those that touch a span of the file's time, in order. */
export interface ClockChangeQuery {
  readonly from?: number
  readonly to?: number
  /** The `n` after which the page goes on. */
  readonly after?: number
  readonly limit: number
}

/** A key that makes a start idempotent. */
export interface IdempotencyRow {
  readonly key: string
  /** The request as the caller gave it, in canonical JSON: the same key must bring the same. */
  readonly request: string
  readonly execution: number
}

/** A row that an embedder keeps beside the executions: JSON under a kind and a key. */
export interface CatalogRow {
  readonly kind: string
  readonly key: string
  readonly body: { readonly [field: string]: Json }
}

/** A change of the catalog, as data. `patch` replaces top-level fields. */
export type CatalogWrite =
  | {
      readonly op: 'insert'
      readonly kind: string
      readonly key: string
      readonly body: CatalogRow['body']
    }
  | {
      readonly op: 'patch'
      readonly kind: string
      readonly key: string
      readonly body: CatalogRow['body']
    }
  | { readonly op: 'delete'; readonly kind: string; readonly key: string }

/** Which catalog rows: every named top-level field equals the value given. */
export interface CatalogQuery {
  readonly kind: string
  readonly where?: Readonly<Record<string, string | number | boolean>>
  /** Keys greater than this one, in ascending order. */
  readonly after?: string
  readonly limit?: number
}

/** Which executions, newest first, or oldest first with `oldestFirst`. */
export interface ExecutionQuery {
  readonly singletonKey?: string
  readonly machine?: string
  readonly live?: boolean
  readonly stuck?: boolean
  readonly statuses?: readonly string[]
  readonly oldestFirst?: boolean
  /** The `n` after which the page goes on. */
  readonly after?: number
  readonly limit: number
}

/** Which executions are counted: those that a query with these fields would list. */
export type ExecutionFilter = Omit<ExecutionQuery, 'after' | 'limit' | 'oldestFirst'>

/** Which pending work: what is due on an axis, in order of (`due`, `n`). */
export interface DueQuery {
  readonly axis: Axis
  readonly until: number
  readonly after?: { readonly due: number; readonly n: number }
  readonly limit: number
}

/**
 * What a decision reads. Synchronous: a decision never waits between reading and writing. A store
 * whose reads are asynchronous loads what is asked for, inside the transaction, and calls the
 * decision again; that is allowed because decisions are pure.
 */
export interface Reader {
  /**
   * Goes up by one with each batch that is written, and further whenever somebody else may have
   * written. In a decision, whoever remembers what it read may trust that while this is the number it
   * saw then, plus one for each batch of its own since.
   */
  generation(): number
  clock(): ClockState
  clockChanges(query: ClockChangeQuery): readonly ClockChange[]
  newestClockChange(): ClockChange | undefined
  setting(key: string): string | undefined
  /** The last number given under a name; 0 when none was. */
  counter(name: string): number
  executionById(id: string): ExecutionRow | undefined
  execution(n: number): ExecutionRow | undefined
  /** The live execution of a singleton key. */
  live(singletonKey: string): ExecutionRow | undefined
  executions(query: ExecutionQuery): readonly ExecutionRow[]
  /** How many executions there are, without reading them. */
  executionCount(filter: ExecutionFilter): number
  idempotency(key: string): IdempotencyRow | undefined
  /** Records of one execution with `seq > after`, ascending. */
  records(execution: number, after: number, limit: number): readonly RecordRow[]
  /** Records of all executions with `n > after`, ascending. */
  stream(after: number, limit: number): readonly RecordRow[]
  workOf(execution: number): readonly WorkRow[]
  /** Work that is not parked. */
  due(query: DueQuery): readonly WorkRow[]
  /** How many slots of a pool are held. */
  slots(pool: string): number
  /** Who queues for a slot, by ticket, greater than `after`; not parked. */
  waiting(pool: string, after: number, limit: number): readonly WorkRow[]
  catalogGet(kind: string, key: string): CatalogRow | undefined
  catalogFind(query: CatalogQuery): readonly CatalogRow[]
}

/** Everything that a decision writes, in one transaction. */
export interface Batch {
  readonly executions: readonly { readonly op: 'insert' | 'update'; readonly row: ExecutionRow }[]
  readonly records: readonly RecordRow[]
  readonly work: {
    /** Inserted or replaced, by `n`. */
    readonly put: readonly WorkRow[]
    readonly remove: readonly number[]
  }
  readonly idempotency: readonly IdempotencyRow[]
  readonly catalog: readonly CatalogWrite[]
  readonly settings: Readonly<Record<string, string>>
  readonly counters: Readonly<Record<string, number>>
  readonly clock: ClockState | null
  /** Put by `n`; the oldest ones go. */
  readonly clockChanges: readonly ClockChange[]
  /** Executions that are deleted with their records, work and keys. */
  readonly forget: readonly number[]
}

export interface Decision<T> {
  readonly batch: Batch | null
  readonly value: T
}

/** Pure and synchronous: the same reads give the same batch, so it may be called again. */
export type Decide<T> = (reader: Reader) => Decision<T>

/**
 * Where executions live. One write method; a crash before it resolves means before or after the
 * whole batch, never between.
 */
export interface Store {
  /**
   * Runs the decision and writes its batch in one exclusive transaction. Decisions that arrive in the
   * same turn of the event loop share one, each seeing what the earlier wrote; one that throws has
   * written nothing and rejects alone. Resolves after the commit.
   *
   * @throws BakelineError `OVERLOADED` when too many decisions wait (nothing is written), `CLOSED`,
   *   `STORE` when the file cannot be written: the message says why.
   */
  transact<T>(decide: Decide<T>): Promise<T>
  /**
   * Resolves when what came in this turn of the event loop is there. Whoever waits for it and decides
   * at once shares the next transaction: so many can look at something first, once for all of them.
   *
   * @throws BakelineError `CLOSED`
   */
  gathered(): Promise<void>
  /** Reads one consistent state. */
  read<T>(query: (reader: Reader) => T): Promise<T>
  /** A number that changes when somebody else has written: another process, another connection. */
  foreignVersion(): number
  /** Waits for what was handed to `transact`, then lets go of the file. */
  close(): Promise<void>
}

/** The wall clock of this process and its alarm; a port, so that tests do not sleep. */
export interface Wall {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls back after a time; the function returned takes it back. */
  after(ms: number, callback: () => void): () => void
}

/** Names for new things, from a name's kind and the number that its row has. */
export interface Ids {
  next(kind: string, n: number): string
}
