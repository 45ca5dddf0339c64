import { type ClockState, fileTime } from '../core/clock.js'
import type { Decision, Reader, Store, Wall, WorkRow } from '../core/ports.js'
import { jumpOf } from './clock-changes.js'
import type { Registry } from './definition.js'
import { doDue, doOne, type DueOptions, isDue, type Pass } from './due.js'
import { Memory } from './memory.js'
import type { Simulate } from './simulate.js'
import { Turn } from './turn.js'

export interface TurnsOptions {
  readonly store: Store
  readonly registry: Registry
  readonly simulate: Simulate
  readonly wall: Wall
  readonly newId: (kind: string, n: number) => string
  readonly log: (...line: unknown[]) => void
  /** How many due items one turn works off, asked before each; `turnLimit` when absent. */
  readonly duePerCommit?: () => number
}

/** A virtual clock is moved on. */
export interface Move {
  /** When the whole of it began, in the file's time. */
  readonly from: number
}

/** What a committed turn tells those who listen. */
export type TurnListener = (turn: Turn) => void

/** What a decision came to, with the turn that it took. */
interface Reply<T> {
  readonly turn: Turn
  readonly value: T
}

/** Runs turns against the store, and what is to happen after each commit. */
export class Turns {
  readonly options: TurnsOptions
  readonly #listeners = new Set<TurnListener>()
  readonly #memory = new Memory()

  constructor(options: TurnsOptions) {
    this.options = options
  }

  /** Calls back after each commit that changed an execution; the function returned ends it. */
  listen(listener: TurnListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The file's time, never before a time that is already in the history. */
  now(reader: Reader): number {
    return Math.max(fileTime(reader.clock(), this.options.wall.now()), reader.counter('at'))
  }

  /** One decision of the engine, alone. */
  async run<T>(decide: (turn: Turn) => T): Promise<T> {
    const { store } = this.options
    const { turn, value } = await store.transact((reader) => {
      const turn = this.#begin(reader)
      try {
        return this.#decided(turn, decide(turn))
      } catch (error) {
        this.#memory.clear()
        throw error
      }
    })
    this.#committed(turn)
    return value
  }

  /**
   * A command: what is due by its own time comes first and keeps its effect when the command is
   * refused. A decision of its own, so that the command reads what that wrote; as a rule nothing is.
   */
  command<T>(decide: (turn: Turn) => T): Promise<T> {
    const decided = this.options.store.transact((reader) => this.#unlessDue(reader, decide))
    return decided.then(({ turn, value }) => {
      this.#committed(turn)
      return value === null ? this.command(decide) : value.result
    })
  }

  /** Null: what is due was worked off, or a part of it, and the command has yet to be decided. */
  #unlessDue<T>(reader: Reader, decide: (turn: Turn) => T): Decision<Reply<{ result: T } | null>> {
    const turn = this.#begin(reader)
    if (this.#doDue(turn)) return this.#decided(turn, null)
    // A command that is refused takes back what it did; what is remembered stays good.
    return this.#decided(turn, { result: turn.attempt(() => decide(turn)) })
  }

  #doDue(turn: Turn): boolean {
    try {
      if (!isDue(turn)) return false
      doDue(turn, { until: turn.now, ...this.#limit() })
      return true
    } catch (error) {
      this.#memory.clear()
      throw error
    }
  }

  #begin(reader: Reader): Turn {
    const { wall, registry, simulate, newId } = this.options
    this.#memory.begin(reader.generation())
    return new Turn(reader, { registry, simulate, wall: wall.now(), newId }, this.#memory)
  }

  #decided<T>(turn: Turn, value: T): Decision<Reply<T>> {
    try {
      const batch = turn.batch()
      this.#memory.expect(turn.reader.generation() + (batch === null ? 0 : 1))
      return { batch, value: { turn, value } }
    } catch (error) {
      this.#memory.clear()
      throw error
    }
  }

  #limit(): Pick<DueOptions, 'limit'> {
    const limit = this.options.duePerCommit?.()
    return limit === undefined ? {} : { limit }
  }

  /** Works off what is due; a virtual clock is moved on with it where that is asked. */
  due(options: (turn: Turn) => DueOptions & { readonly move?: Move }): Promise<Pass> {
    return this.run((turn) => {
      const { move, ...rest } = options(turn)
      const asked = { ...this.#limit(), ...rest }
      if (move === undefined) return doDue(turn, asked)
      const before = turn.occasion()
      const pass = doDue(turn, asked)
      turn.setClock(movedClock(before.clock, pass.reached), jumpOf(before, move.from, pass.reached))
      return pass
    })
  }

  /** Does one due thing that is wanted, and moves a virtual clock to it. */
  one(wanted: (row: WorkRow) => boolean): Promise<WorkRow | null> {
    return this.run((turn) => {
      const before = turn.occasion()
      const row = doOne(turn, wanted)
      if (row === null) return null
      const due = row.due as number
      turn.setClock(movedClock(before.clock, due), jumpOf(before, due, due))
      return row
    })
  }

  #committed(turn: Turn): void {
    for (const action of turn.actions) this.#act(() => action.run(this.options.log))
    for (const listener of this.#listeners) this.#act(() => listener(turn))
  }

  /** What comes after the commit cannot undo it: a failure is told and goes no further. */
  #act(part: () => unknown): void {
    try {
      const result = part()
      if (result instanceof Promise) result.catch((error: unknown) => this.options.log(error))
    } catch (error) {
      this.options.log(error)
    }
  }
}

function movedClock(clock: ClockState, time: number): ClockState {
  return clock.mode === 'virtual' ? { mode: 'virtual', now: Math.max(clock.now, time) } : clock
}
