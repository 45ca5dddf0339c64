import { derivedId } from '../../ids/ids.js'
import { ecsIdFormat } from '../../imagebuilder/ids.js'
import { madeBy } from '../scenario/given-ids.js'
import type { Ids, Scenario } from '../scenario/types.js'

/** The ids of a scenario that do not follow from its seed; undefined when all of them do. */
export function idsToState(scenario: Scenario): Partial<Ids> | undefined {
  const seed = String(scenario.seed)
  const stated: { -readonly [S in keyof Ids]?: Record<string, string> } = {}
  for (const { section, name, kind, n } of madeBy(scenario)) {
    const id = scenario.ids[section][name]
    if (id === undefined || id === derivedId(ecsIdFormat(kind), { seed, name: kind, n })) continue
    stated[section] = { ...stated[section], [name]: id }
  }
  return Object.keys(stated).length === 0 ? undefined : stated
}

/**
 * Things of a kind in the order in which a seed gave them their ids, which is that of their creation;
 * those whose ids do not follow from the seed stay behind, as they are.
 */
export function inOrderOfIds<T>(
  things: readonly T[],
  seed: number | null,
  idOf: (thing: T) => { readonly id: string; readonly kind: string },
): readonly T[] {
  if (seed === null) return things
  const numbered = things.map((thing) => {
    const { id, kind } = idOf(thing)
    return { thing, n: numberOf(String(seed), kind, id) }
  })
  return numbered.sort((a, b) => a.n - b.n).map(({ thing }) => thing)
}

/** So many ids are tried before one is taken for another's. */
const mostIds = 2_000

function numberOf(seed: string, kind: string, id: string): number {
  for (let n = 1; n <= mostIds; n++) {
    if (derivedId(ecsIdFormat(kind), { seed, name: kind, n }) === id) return n
  }
  return mostIds + 1
}
