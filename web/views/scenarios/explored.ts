import type { Exploration } from '../../chart/exploration.js'
import type { MachineModel } from '../../chart/machine.js'

/** What an exploration came to, with the machine that it explored. */
export interface Explored extends Exploration {
  readonly machine: MachineModel
}

/** How far it is. */
export interface ExploreProgress {
  readonly level: number
  readonly states: number
  readonly open: number
  readonly transitions: number
}
