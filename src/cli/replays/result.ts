import type { Replayed } from '../../simulate/replay/types.js'
import type { ScenarioError } from '../../simulate/scenario/error.js'
import type { Golden } from './golden.js'

/** What came of one scenario file. */
export type Result =
  | { readonly replayed: Replayed; readonly golden: Golden | null }
  /** It could not be read. */
  | { readonly unreadable: ScenarioError }

/** One thing that is wrong, and where in which file. Lines and columns count from 1. */
export interface Fault {
  readonly file: string
  readonly line: number
  readonly column: number
  /** What it is about: the scenario and the step. */
  readonly title: string
  readonly message: string
}

/** Everything that is wrong with a result. */
export function faultsOf(result: Result): readonly Fault[] {
  if ('unreadable' in result) {
    const { file, mistakes } = result.unreadable
    return mistakes.map(({ line, column, message }) => {
      return { file, line, column, title: 'Not a scenario', message }
    })
  }
  const { replayed, golden } = result
  const { file, name } = replayed
  const unmet = replayed.beats.flatMap(({ line, column, title, failures }) =>
    failures.map((message) => ({ file, line, column, title: `${name}: ${title}`, message })),
  )
  if (golden?.problem == null) return unmet
  const other = { file, line: 1, column: 1, title: `${name}: golden`, message: golden.problem }
  return [...unmet, other]
}
