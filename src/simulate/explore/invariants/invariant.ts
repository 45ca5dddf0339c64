import type { Registry } from '../../../engine/definition.js'
import type { CompiledPlan } from '../../plan/compile.js'
import type { Seen, SeenRun } from '../seen.js'

/** Something that must hold of every state. */
export interface Invariant {
  /** As it is named in scenarios and reports: words with dashes. */
  readonly name: string
  /** What must hold, as a sentence. */
  readonly says: string
  /** What does not hold, as sentences. */
  readonly check: (seen: Seen, surroundings: Surroundings) => Iterable<Broken>
}

/** What an invariant may know beside the database. */
export interface Surroundings {
  readonly registry: Registry
  /** How long attempts take. */
  readonly plan: CompiledPlan
  /** The Name of a template by its key, as rules name it. */
  readonly nameOf: (key: string) => string | undefined
}

/** A violation: of which execution, and what is wrong. */
export interface Broken {
  /** The name of the execution; null when it is of none. */
  readonly execution: string | null
  readonly message: string
}

/** An invariant that looks at one execution at a time. */
export function ofEach(
  name: string,
  says: string,
  check: (run: SeenRun, seen: Seen, surroundings: Surroundings) => Iterable<string>,
): Invariant {
  return {
    name,
    says,
    *check(seen, surroundings) {
      for (const run of seen.runs) {
        const execution = run.life.name
        for (const message of check(run, seen, surroundings)) yield { execution, message }
      }
    },
  }
}

/** A list in words: `a, b`, or `none`. */
export function listed(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.join(', ')
}
