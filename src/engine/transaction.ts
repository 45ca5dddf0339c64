import type { AnyStateMachine, InputFrom } from 'xstate'
import { type ClockState, clockFrom } from '../core/clock.js'
import { BakelineError } from '../core/errors.js'
import type {
  CatalogQuery,
  CatalogRow,
  CatalogWrite,
  ExecutionFilter,
  ExecutionQuery,
  ExecutionRow,
} from '../core/ports.js'
import { cancelExecution, idempotent, removeExecution, sendEvent, startOnce } from './commands.js'
import { paceOf } from './clock-changes.js'
import { type Definition, machineKey } from './definition.js'
import { beginAnew, endTasks } from './steer.js'
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

/** Options may be left out only when the machine needs no input. */
export type StartArguments<M extends AnyStateMachine> =
  undefined extends InputFrom<M>
    ? [options?: StartOptions<InputFrom<M>>]
    : [options: StartOptions<InputFrom<M>> & Required<Pick<StartOptions<InputFrom<M>>, 'input'>>]

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
    const row = this.#turn.drafts.row(id)
    return row && this.#view(row)
  }

  /** The live execution of a singleton key. */
  live(singletonKey: string): Execution | undefined {
    const row = this.#turn.drafts.live(singletonKey)
    return row && this.#view(row)
  }

  /** Which executions is decided by what was stored before; each is seen as it is now. */
  executions(query: ExecutionQuery): readonly Execution[] {
    const rows = this.#turn.reader.executions(query)
    return rows.flatMap(({ n }) => this.#turn.drafts.rowOf(n) ?? []).map((row) => this.#view(row))
  }

  /**
   * How many executions there are, of those that were stored before; cheap, however many. With those
   * of one singleton key alone, and of the statuses given.
   */
  executionCount(filter: Pick<ExecutionFilter, 'singletonKey' | 'statuses'>): number {
    return this.#turn.reader.executionCount(filter)
  }

  /** The number of an execution, by which a list goes on after it; undefined when there is none. */
  numberOf(id: string): number | undefined {
    return this.#turn.drafts.row(id)?.n
  }

  /**
   * When the oldest pending work of an execution was due on the file's clock; null when there is
   * none, or nothing is due at a set time.
   */
  nextDue(id: string): number | null {
    const row = this.#turn.drafts.row(id)
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

  /**
   * Ends the simulated tasks of an execution now, one after the other in the order in which they
   * began, whether they run, wait for a slot, pause between two attempts or have no end of their own,
   * until its status changes or nothing is left to end. Real tasks and timers go their own way, and
   * nothing is done to an execution that has ended or is stuck.
   *
   * @throws BakelineError `NOT_FOUND`, `UNKNOWN_MACHINE`
   */
  endTasks(id: string): void {
    endTasks(this.#turn, id)
  }

  /**
   * Begins the simulated attempts of an execution anew that are under way, as the simulator has them
   * now: for when it has changed its mind.
   *
   * @throws BakelineError `NOT_FOUND`, `UNKNOWN_MACHINE`
   */
  beginAnew(id: string): void {
    beginAnew(this.#turn, id)
  }

  /** Deletes an ended execution with its history. */
  remove(id: string): void {
    removeExecution(this.#turn, id)
  }

  catalogGet(kind: string, key: string): CatalogRow | undefined {
    return this.#turn.catalogGet(kind, key)
  }

  catalogFind(query: CatalogQuery): readonly CatalogRow[] {
    return this.#turn.reader.catalogFind(query)
  }

  catalogWrite(...writes: readonly CatalogWrite[]): void {
    this.#turn.catalog(writes)
  }

  /** With what this transaction set. */
  setting(key: string): string | undefined {
    return this.#turn.settingOf(key)
  }

  set(key: string, value: string): void {
    this.#turn.setting(key, value)
  }

  /** The file's clock, as it was before this transaction. */
  clock(): ClockState {
    return this.#turn.clock()
  }

  /**
   * Lets the file's clock go on at another pace: so many times as fast as the wall's, or not at all
   * for 0. Time goes on from where it stands.
   *
   * @throws BakelineError `INVALID_INPUT` for a scale that is not from 0 to 1000000
   */
  setPace(scale: number): ClockState {
    const clock = clockFrom({ wall: this.#turn.context.wall, file: this.now }, scale)
    this.#turn.setClock(clock, paceOf(this.#turn.occasion(), this.now, clock))
    return clock
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
