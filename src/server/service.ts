import type { Wall } from '../core/ports.js'
import type { Gateway } from '../gateway/gateway.js'
import type { ImageBuilder } from '../imagebuilder/image-builder.js'
import type { Counters } from './counters.js'
import type { Jobs } from './jobs.js'

/** What answers at this moment; a reset and a loaded snapshot put another in its place. */
export interface Running {
  readonly builder: ImageBuilder
  readonly gateway: Gateway
  /** Which state it is of: another number after a reset and a load, the same after a crash. */
  readonly state: number
  /** Told when this is replaced or closed: whoever follows its records must let go. */
  readonly over: AbortSignal
}

/** What a server serves. */
export interface Service {
  /** Does work on what runs; a reset waits for it, and it for a reset. */
  use<T>(work: (running: Running) => Promise<T> | T): Promise<T>
  /** The one that runs, for what may be cut short. */
  current(): Promise<Running>
  /** Begins anew: the clock, seed, world and plan that it was opened with, and nothing else. */
  reset(): Promise<void>
  /** The process dies without warning, and another opens what it left; faults and throttling stay. */
  crash(): Promise<void>
  readonly snapshots: Snapshots
  /**
   * An execution as a scenario file that replays the same way, up to a record of its history where one
   * is given.
   *
   * @throws BakelineError `NOT_FOUND`; `INVALID_INPUT` for one that no scenario can repeat, and for a
   *   record that it does not have
   */
  scenarioOf(execution: string, step?: number): Promise<string>
  /** Replays, explorations, fleets and pollers: each on a database of its own. */
  readonly jobs: Jobs
  readonly shipped: ShippedFiles
  readonly shippedFleets: ShippedFiles
  /** Told of every answer of the gateway. */
  readonly counters: Counters
  /** Where the state is kept: `memory`, or the path of a file. */
  readonly place: string
  readonly version: string
  readonly wall: Wall
  readonly log: (...line: unknown[]) => void
}

/** A scenario or fleet of the package. */
export interface ShippedFile {
  /** Below `scenarios/` or `examples/fleets/`: `traps/second-start.yaml`. */
  readonly path: string
  readonly name: string
  readonly about: string
}

/** Files of one kind that come with the package. */
export interface ShippedFiles {
  list(): Promise<readonly ShippedFile[]>
  /** The text of one of them; null for any other path. */
  text(path: string): Promise<string | null>
}

/** A moment of an execution. */
export interface PastStep {
  readonly execution: string
  /** The number of a record of its history. */
  readonly step: number
}

/** A state that was put aside under a name. */
export interface Snapshot {
  readonly name: string
  readonly bytes: number
  /** Wall time, in milliseconds since 1970. */
  readonly savedAt: number
}

/** States put aside. Every method refuses a name that is no plain word: `INVALID_INPUT`. */
export interface Snapshots {
  list(): Promise<readonly Snapshot[]>
  /** @throws BakelineError `INVALID_INPUT` when there is one of that name */
  save(name: string): Promise<Snapshot>
  /**
   * Saves the state with a clock that stands still, so that it can be played on from here, or from
   * where a step of an execution had just been taken.
   *
   * @throws BakelineError as `forkAt` does
   */
  fork(name: string, past?: PastStep): Promise<Snapshot>
  /** The bytes of its database file. @throws BakelineError `NOT_FOUND` */
  read(name: string): Promise<Uint8Array>
  /** Puts a saved state in the place of what runs. @throws BakelineError `NOT_FOUND` */
  load(name: string): Promise<void>
  /** @throws BakelineError `NOT_FOUND` */
  remove(name: string): Promise<void>
}
