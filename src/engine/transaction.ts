import type { AnyStateMachine } from 'xstate'
import { BakelineError } from '../core/errors.js'
import type {
  CatalogQuery,
  CatalogRow,
  CatalogWrite,
  ExecutionQuery,
  ExecutionRow,
} from '../core/ports.js'
import { cancelExecution, idempotent, removeExecution, sendEvent, startOnce } from './commands.js'
import { type Definition, machineKey } from './definition.js'
import type { Turn } from './turn.js'
import type { Execution, ExecutionId } from './types.js'
import { executionView } from './views.js'

/** What a start is given. */
export interface StartOptions<Input = unknown> {
  /** A value, or a function of the new execution's id. */
  readonly input?: Input | ((id: string) => Input)
  /** At most one live execution has it. */
  readonly singletonKey?: string
  /** The same key with the same request gives the same execution. */
  readonly idempotencyKey?: string
  /** The request that the idempotency key stands for; `input` when absent. */
  readonly request?: unknown
}

/**
 * Several reads and writes as one transaction: what `engine.transact` hands out. Everything is
 * synchronous and decided against the locked state; when the function throws, nothing is written.
 * Executions are seen with what this transaction did to them, the catalog as it was before.
 */
export class Transaction {
  readonly #turn: Turn

  constructor(turn: Turn) {
    this.#turn = turn
  }

  /** The file's time, in milliseconds. */
  get now(): number {
    return this.#turn.now
  }

  get(id: string): Execution | undefined {
    const row = this.#turn.row(id)
    return row && this.#view(row)
  }

  /** The live execution of a singleton key. */
  live(singletonKey: string): Execution | undefined {
    const row = this.#turn.live(singletonKey)
    return row && this.#view(row)
  }

  /** Which executions is decided by what was stored before; each is seen as it is now. */
  executions(query: ExecutionQuery): readonly Execution[] {
    const rows = this.#turn.reader.executions(query)
    return rows.flatMap(({ n }) => this.#turn.rowOf(n) ?? []).map((row) => this.#view(row))
  }

  /**
   * When the oldest pending work of an execution was due on the file's clock; null when there is
   * none, or nothing is due at a set time.
   */
  nextDue(id: string): number | null {
    const row = this.#turn.row(id)
    const dues = (row ? this.#turn.pending.of(row.n) : [])
      .filter(({ axis }) => axis === 'file')
      .flatMap(({ due }) => (due === null ? [] : [due]))
    return dues.length === 0 ? null : Math.min(...dues)
  }

  /**
   * The execution that an earlier start with this key made.
   *
   * @throws BakelineError `IDEMPOTENCY_MISMATCH` when that start had another request.
   */
  idempotent(key: string, request: unknown): Execution | null {
    const row = idempotent(this.#turn, key, request)
    return row && this.#view(row)
  }

  /** Starts an execution, or finds the one that the same idempotency key started. */
  start<M extends AnyStateMachine>(machine: M, options: StartOptions): ExecutionId<M> {
    const definition = definitionOf(this.#turn.context.registry, machine)
    return startOnce(this.#turn, definition, options).row.id as ExecutionId<M>
  }

  send(id: string, event: { readonly type: string }): void {
    sendEvent(this.#turn, id, event)
  }

  cancel(id: string): void {
    cancelExecution(this.#turn, id)
  }

  /** Deletes an ended execution with its history. */
  remove(id: string): void {
    removeExecution(this.#turn, id)
  }

  catalogGet(kind: string, key: string): CatalogRow | undefined {
    return this.#turn.reader.catalogGet(kind, key)
  }

  catalogFind(query: CatalogQuery): readonly CatalogRow[] {
    return this.#turn.reader.catalogFind(query)
  }

  catalogWrite(...writes: readonly CatalogWrite[]): void {
    this.#turn.catalog(writes)
  }

  setting(key: string): string | undefined {
    return this.#turn.reader.setting(key)
  }

  set(key: string, value: string): void {
    this.#turn.setting(key, value)
  }

  /** A new id of a kind, and the number it was made from. */
  newId(kind: string): string {
    return this.#turn.context.newId(kind, this.#turn.next(kind))
  }

  #view(row: ExecutionRow): Execution {
    return executionView(row, this.#turn.context.registry)
  }
}

/** @throws BakelineError `UNKNOWN_MACHINE` when the machine was not given to `createEngine`. */
export function definitionOf(
  registry: ReadonlyMap<string, Definition>,
  machine: AnyStateMachine,
): Definition {
  const key = machineKey(machine)
  const definition = registry.get(key)
  if (definition) return definition
  const known = [...registry.keys()].join(', ') || 'none'
  throw new BakelineError(
    'UNKNOWN_MACHINE',
    `the engine does not have ${key}; it has ${known}: name it in createEngine({ machines })`,
    { machine: key },
  )
}
