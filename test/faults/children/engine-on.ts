import { randomUUID } from 'node:crypto'
import { systemWall } from '../../../src/clock/system-wall.js'
import type { ClockState } from '../../../src/core/clock.js'
import type { Store, Wall } from '../../../src/core/ports.js'
import { buildEngine, type EngineOptions } from '../../../src/engine/create.js'
import type { Engine } from '../../../src/engine/engine.js'
import type { MachineEntry } from '../../../src/engine/types.js'
import { ids } from '../../../src/ids/ids.js'
import { sqlite } from '../../../src/store/sqlite/sqlite.js'

/** Whatever a child may want to set. */
export type Options<E extends readonly MachineEntry[]> = Omit<EngineOptions<E>, 'store'> & {
  /** The clock of a file that is not there yet. */
  readonly clock?: ClockState
  readonly wall?: Wall
}

/** Ids of every file here follow from this, so that two runs can be compared. */
export const seed = 'faults'

/** An engine on a file, without the Image Builder: a process that imports little starts soon. */
export function engineOnFile<const E extends readonly MachineEntry[]>(
  file: string,
  { clock, ...options }: Options<E>,
): Engine {
  // Sixteen processes on two cores may wait long for one another.
  const store = sqlite(file, {
    busyTimeout: 60_000,
    settings: { seed },
    ...(clock === undefined ? {} : { clock }),
  })
  return engineOn(store, options)
}

/** An engine on any store. */
export function engineOn<const E extends readonly MachineEntry[]>(
  store: Store,
  { wall = systemWall, ...options }: Omit<Options<E>, 'clock'>,
): Engine {
  const settings = { ...options, store } as EngineOptions<E>
  return buildEngine(settings, { wall, ids: ids(seed), owner: randomUUID() })
}
