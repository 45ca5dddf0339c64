import { type ClockState, fileTime } from '../core/clock.js'
import type { Reader, Store, Wall, WorkRow } from '../core/ports.js'
import type { Registry } from './definition.js'
import { doDue, doOne, type DueOptions, isDue, type Pass } from './due.js'
import type { Simulate } from './simulate.js'
import { Turn } from './turn.js'

export interface TurnsOptions {
  readonly store: Store
  readonly registry: Registry
  readonly simulate: Simulate
  readonly wall: Wall
  readonly newId: (kind: string, n: number) => string
  readonly log: (...line: unknown[]) => void
}

/** What a committed turn tells those who listen. */
export type TurnListener = (turn: Turn) => void

/** Runs turns against the store, and what is to happen after each commit. */
export class Turns {
  readonly options: TurnsOptions
  readonly #listeners = new Set<TurnListener>()

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
    const { store, wall, registry, simulate, newId } = this.options
    const { turn, value } = await store.transact((reader) => {
      const context = { registry, simulate, wall: wall.now(), newId }
      const turn = new Turn(reader, context, this.now(reader))
      const value = decide(turn)
      return { batch: turn.batch(), value: { turn, value } }
    })
    this.#committed(turn)
    return value
  }

  /**
   * A command: what is due by its own time comes first, in the same transaction, and keeps its effect
   * when the command is refused.
   */
  async command<T>(decide: (turn: Turn) => T): Promise<T> {
    for (;;) {
      // Both go into one group, save when that is full: so the second looks for itself.
      const due = this.due((turn) => ({ until: turn.now }))
      const reply = this.run((turn): { readonly value: T } | null =>
        isDue(turn) ? null : { value: decide(turn) },
      )
      const [first, second] = await Promise.allSettled([due, reply])
      if (second.status === 'rejected') throw second.reason
      if (second.value !== null) return second.value.value
      if (first.status === 'rejected') throw first.reason
    }
  }

  /** Works off what is due; a virtual clock is moved on with it where that is asked. */
  due(options: (turn: Turn) => DueOptions & { readonly move?: boolean }): Promise<Pass> {
    return this.run((turn) => {
      const { move, ...rest } = options(turn)
      const pass = doDue(turn, rest)
      if (move) turn.setClock(movedClock(turn.reader.clock(), pass.reached))
      return pass
    })
  }

  /** Does one due thing that is wanted, and moves a virtual clock to it. */
  one(wanted: (row: WorkRow) => boolean): Promise<WorkRow | null> {
    return this.run((turn) => {
      const row = doOne(turn, wanted)
      if (row !== null) turn.setClock(movedClock(turn.reader.clock(), row.due as number))
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
