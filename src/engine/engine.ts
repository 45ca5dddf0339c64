import type { AnyStateMachine } from 'xstate'
import type { ClockState } from '../core/clock.js'
import { type Duration, durationMs } from '../core/duration.js'
import { BakelineError } from '../core/errors.js'
import type { ExecutionQuery, Reader, RecordRow, Store, Wall } from '../core/ports.js'
import { canRun } from './claims.js'
import {
  cancelExecution,
  removeExecution,
  retryExecution,
  sendEvent,
  startOnce,
} from './commands.js'
import type { Definition, MachineReport, Registry } from './definition.js'
import { migrateAll, migrateExecution, olderOf } from './migrate.js'
import { Runner } from './runner.js'
import type { Simulate } from './simulate.js'
import { definitionOf, type StartArguments, Transaction } from './transaction.js'
import { current } from './draft.js'
import { Turns } from './turns.js'
import type {
  Condition,
  Execution,
  ExecutionId,
  MachineOf,
  SendableEvent,
  TaskFunction,
} from './types.js'
import { type Finding, recordsOf, verifyAll } from './verify.js'
import { executionView, steppedView } from './views.js'
import {
  advanceBy,
  advanceTo,
  doNext,
  jump,
  type Moved,
  type NextItem,
  type VirtualOptions,
} from './virtual.js'
import { waitFor } from './wait.js'
import { Worker } from './worker.js'

/** The parts that an engine is made of; `createEngine` in `compose.ts` fills in the defaults. */
export interface EngineParts {
  readonly store: Store
  readonly registry: Registry
  readonly tasks: Readonly<Record<string, TaskFunction>>
  readonly simulate: Simulate
  readonly wall: Wall
  readonly newId: (kind: string, n: number) => string
  /** Names this process in the leases that it holds. */
  readonly owner: string
  readonly leaseMs: number
  readonly maxTasks: number
  readonly pollMs: number
  readonly duePerCommit?: () => number
  readonly log: (...line: unknown[]) => void
}

/** A list of executions, newest first. */
export type ListOptions = Omit<ExecutionQuery, 'limit'> & { readonly limit?: number }

/**
 * Durable executions of XState machines. Every method that writes resolves after the commit; a crash
 * before that leaves the execution before the step or after it, never between.
 */
export class Engine {
  readonly #parts: EngineParts
  readonly #turns: Turns
  readonly #runner: Runner
  readonly #worker: Worker
  #closed = false

  constructor(parts: EngineParts) {
    this.#parts = parts
    const { store, registry, wall, owner, leaseMs, tasks } = parts
    this.#turns = new Turns(parts)
    const failed = (error: unknown): void => this.#failed(error)
    const settled = (): void => this.#kick()
    const turns = this.#turns
    const can = canRun(registry, tasks)
    const running = { turns, registry, tasks, wall, owner, leaseMs, can }
    this.#runner = new Runner({ ...running, settled, failed })
    this.#worker = new Worker({
      ...parts,
      turns,
      runner: this.#runner,
      claims: { owner, leaseMs, can },
      failed,
      store,
    })
    turns.listen(({ soonest }) => {
      this.#trouble = null
      this.#worker.committed(soonest)
      for (const end of this.#ends) end()
    })
  }

  /** Begins to do what is due in the background: timers, simulated and real tasks. */
  run(): void {
    this.#worker.start()
  }

  /**
   * Starts an execution, or finds the one that the same idempotency key started.
   *
   * @throws BakelineError `ALREADY_RUNNING`, `IDEMPOTENCY_MISMATCH`, `UNKNOWN_MACHINE`,
   *   `NOT_DURABLE`, `STEP_FAILED`
   */
  async start<M extends AnyStateMachine>(
    machine: M,
    ...[options]: StartArguments<M>
  ): Promise<{ readonly id: ExecutionId<M>; readonly created: boolean }> {
    const definition = definitionOf(this.#parts.registry, machine)
    return this.#turns.command((turn) => {
      const { row, created } = startOnce(turn, definition, options ?? {})
      return { id: row.id as ExecutionId<M>, created }
    })
  }

  /**
   * Sends an event and takes the step that it leads to.
   *
   * @throws BakelineError `EVENT_REFUSED` when the machine has no use for it, `NOT_FOUND`,
   *   `NOT_LIVE`, `STUCK`, `STEP_FAILED`, `UNKNOWN_MACHINE`
   */
  send<I extends string>(
    id: I,
    event: SendableEvent<MachineOf<I>>,
  ): Promise<Execution<MachineOf<I>>> {
    return this.#turns.command((turn) => {
      const draft = sendEvent(turn, id, event)
      return steppedView(current(draft), draft.state, this.#parts.registry)
    })
  }

  /** Ends an execution as cancelled, stopping its tasks and timers. */
  async cancel(id: string): Promise<void> {
    await this.#turns.command((turn) => cancelExecution(turn, id))
  }

  /** Frees a stuck execution: what threw is tried again. */
  async retry(id: string): Promise<void> {
    await this.#turns.command((turn) => retryExecution(turn, id))
  }

  /** Deletes an ended execution with its history. */
  async remove(id: string): Promise<void> {
    await this.#turns.command((turn) => removeExecution(turn, id))
  }

  /** Several reads and writes in one transaction, with the engine's promises. */
  transact<T>(work: (transaction: Transaction) => T): Promise<T> {
    return this.#turns.command((turn) => work(new Transaction(turn)))
  }

  /**
   * Moves live executions of older versions to this machine's, by its registered migrations, each in
   * a transaction of its own: what fails for one is thrown when the others have been moved.
   *
   * @returns the ids that were moved
   * @throws BakelineError `STEP_FAILED` for a migration that throws or leads to no state
   */
  async migrate(machine: AnyStateMachine): Promise<readonly string[]> {
    const definition = definitionOf(this.#parts.registry, machine)
    const ids = await this.read((reader) => olderOf(reader, definition))
    return migrateAll(ids, (id) =>
      this.#turns.command((turn) => migrateExecution(turn, id, definition)),
    )
  }

  /** One execution, or undefined. Does not do what is due: a running worker does. */
  get<I extends string>(id: I): Promise<Execution<MachineOf<I>> | undefined> {
    return this.read((reader) => {
      const row = reader.executionById(id)
      return row && executionView<MachineOf<I>>(row, this.#parts.registry)
    })
  }

  /** Executions, newest first; 50 when no limit is given. */
  list(options: ListOptions = {}): Promise<readonly Execution[]> {
    return this.read((reader) =>
      reader
        .executions({ limit: 50, ...options })
        .map((row) => executionView(row, this.#parts.registry)),
    )
  }

  /** For each machine whether its steps are compiled here, or why xstate takes them. */
  machines(): readonly MachineReport[] {
    return [...this.#parts.registry].map(([machine, { stepper }]) =>
      Object.assign({ machine }, stepper.report()),
    )
  }

  /** All records of an execution, in order. */
  history(id: string): Promise<readonly RecordRow[]> {
    return this.read((reader) => {
      const row = reader.executionById(id)
      if (!row) throw new BakelineError('NOT_FOUND', `no execution ${id}`, { execution: id })
      return recordsOf(reader, row.n)
    })
  }

  /** What this process knows of the machine of an `id@version`; undefined for one that it lacks. */
  definition(machine: string): Definition | undefined {
    return this.#parts.registry.get(machine)
  }

  /**
   * Resolves when what came in this turn of the event loop is there; see `Store.gathered`.
   *
   * @throws BakelineError `CLOSED`
   */
  gathered(): Promise<void> {
    return this.#parts.store.gathered()
  }

  /** Reads one consistent state of the store. */
  read<T>(query: (reader: Reader) => T): Promise<T> {
    return this.#parts.store.read(query)
  }

  /**
   * Waits until an execution fulfils a condition, also when another process makes it so.
   *
   * @throws BakelineError `NOT_FOUND`, `TIMEOUT` after `timeout` of wall time, and `NOT_LIVE` when it
   *   ends without having fulfilled the condition.
   */
  waitFor<I extends string>(
    id: I,
    condition: Condition<MachineOf<I>>,
    options: { readonly timeout?: Duration } = {},
  ): Promise<Execution<MachineOf<I>>> {
    const { pollMs, wall, store } = this.#parts
    const timeoutMs = options.timeout === undefined ? null : durationMs(options.timeout)
    const get = (): Promise<Execution<MachineOf<I>> | undefined> => this.get(id)
    return waitFor({ id, get, turns: this.#turns, wall, store, pollMs, timeoutMs }, condition)
  }

  /** Calls back with the id of an execution after each commit of this process that changed it. */
  subscribe(listener: (id: string) => void): () => void {
    return this.#turns.listen((turn) => {
      for (const id of turn.drafts.changed) listener(id)
    })
  }

  /** The file's clock and the time it shows. */
  clock(): Promise<{ readonly state: ClockState; readonly now: number }> {
    return this.read((reader) => ({ state: reader.clock(), now: this.#turns.now(reader) }))
  }

  /** Does what is due now, and waits for the real tasks that this runs here. */
  async settle(): Promise<void> {
    for (;;) {
      const before = this.#runner.size
      await this.#worker.pass()
      if (this.#runner.size > 0) await this.#nextEnd(null)
      else if (before === 0) return
    }
  }

  /** Moves a virtual clock on by a duration, doing what falls due on the way. */
  async advance(by: Duration): Promise<Moved> {
    return advanceBy(this.#virtual(), durationMs(by))
  }

  /** Moves a virtual clock to a time in milliseconds. */
  advanceTo(time: number): Promise<Moved> {
    return advanceTo(this.#virtual(), time)
  }

  /** Jumps a virtual clock to what is due next; null when nothing is. */
  jump(): Promise<Moved | null> {
    return jump(this.#virtual())
  }

  /**
   * Moves a virtual clock to what is due next and does one thing of that alone: of several that are
   * due at that instant, the one that is named. Null when nothing is due, or what is named is not.
   */
  doNext(item?: NextItem): Promise<NextItem | null> {
    return doNext(this.#virtual(), item)
  }

  /** Folds every history and compares it with what is stored. Reads all; writes nothing. */
  verify(): Promise<readonly Finding[]> {
    return verifyAll((query) => this.read(query), this.#parts.registry)
  }

  /** Aborts the real tasks that run here, gives them back, and lets go of the store. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#worker.stop()
    await this.#runner.stop()
    await this.#parts.store.close()
    this.#kick()
  }

  /** Drops everything at once, as a crash would; the store is closed, nothing is given back. */
  async abandon(): Promise<void> {
    this.#closed = true
    this.#runner.abandon()
    await this.#worker.stop()
    // What was claimed while the last pass ended.
    this.#runner.abandon()
    await this.#parts.store.close()
    this.#kick()
  }

  /** Trouble in the background: told once, however often it is met again. */
  #failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    if (this.#closed || message === this.#trouble) return
    this.#trouble = message
    try {
      this.#parts.log(error)
    } catch {
      // Whoever reads the log has trouble of his own; the work goes on.
    }
  }

  #trouble: string | null = null
  readonly #ends = new Set<() => void>()

  #kick(): void {
    this.#worker.kick()
    for (const end of this.#ends) end()
  }

  /** Resolves at the next commit or end of a task, at the latest after a poll. */
  #nextEnd(ms: number | null): Promise<void> {
    const { wall, pollMs } = this.#parts
    return new Promise((resolve) => {
      const cancel = wall.after(Math.min(ms ?? pollMs, pollMs), () => end())
      const end = (): void => {
        cancel()
        this.#ends.delete(end)
        resolve()
      }
      this.#ends.add(end)
    })
  }

  #virtual(): VirtualOptions {
    return {
      store: this.#parts.store,
      turns: this.#turns,
      runner: this.#runner,
      worker: this.#worker,
      nextEnd: (ms) => this.#nextEnd(ms),
    }
  }
}
