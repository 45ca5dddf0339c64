import type { CoverageData } from '../../chart/coverage.js'
import type { MachineModel } from '../../chart/machine.js'

/** Something that does not hold, and the shortest way to see it. */
export interface Violation {
  readonly invariant: string
  readonly says: string
  readonly execution: string | null
  readonly message: string
  readonly path: readonly string[]
  /** A scenario file that shows it. */
  readonly scenario: string
  readonly steps: number
}

/** What an exploration came to. */
export interface Explored {
  readonly bounds: Readonly<Record<string, number>>
  readonly states: number
  readonly transitions: number
  readonly depth: number
  readonly cut: Readonly<Record<string, number>>
  readonly alike: {
    readonly regions: readonly (readonly string[])[]
    readonly accounts: readonly (readonly string[])[]
  }
  readonly violations: readonly Violation[]
  readonly coverage: CoverageData
  readonly machine: MachineModel
}

/** How far it is. */
export interface ExploreProgress {
  readonly level: number
  readonly states: number
  readonly open: number
  readonly transitions: number
}

/** What each bound limits, as a reader says it. */
export const boundNames: Readonly<Record<string, string>> = {
  depth: 'things that happen on a path',
  faults: 'attempts that fail',
  starts: 'starts',
  cancels: 'cancels',
  deletes: 'deletes',
  states: 'states in all',
  seconds: 'seconds in all',
}
