import type { CoverageData } from './coverage.js'

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

/** What an exploration came to, as `bakeline explore --json` prints it. */
export interface Exploration {
  readonly name: string
  readonly file: string
  readonly bounds: Readonly<Record<string, number>>
  readonly states: number
  readonly transitions: number
  readonly depth: number
  readonly cut: Readonly<Record<string, number>>
  readonly alike: {
    readonly regions: readonly (readonly string[])[]
    readonly accounts: readonly (readonly string[])[]
    readonly templates: readonly (readonly string[])[]
  }
  readonly violations: readonly Violation[]
  readonly coverage: CoverageData
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

/** What was folded together, as nothing tells it apart. */
export function foldedIn({ alike }: Pick<Exploration, 'alike'>): readonly string[] {
  const all = [...alike.regions, ...alike.accounts, ...alike.templates]
  return all.map((names) => names.join(' = '))
}
