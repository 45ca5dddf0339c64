import type { Seen } from '../seen.js'
import type { Broken, Invariant, Surroundings } from './invariant.js'
import { lives } from './lives.js'
import { remains } from './remains.js'
import { tasks } from './tasks.js'

/** Everything that is held of every state without being asked for. */
export const invariants: readonly Invariant[] = [...lives, ...tasks, ...remains]

/** Their names, as scenarios have them. */
export const invariantNames = invariants.map(({ name }) => name) as [string, ...string[]]

/** A violation, with the name of what was violated. */
export interface Violated extends Broken {
  readonly invariant: string
}

/** What does not hold of a state. */
export function violations(
  seen: Seen,
  surroundings: Surroundings,
  among: readonly Invariant[] = invariants,
): Violated[] {
  return among.flatMap((invariant) =>
    [...invariant.check(seen, surroundings)].map(({ execution, message }) => {
      return { invariant: invariant.name, execution, message }
    }),
  )
}
