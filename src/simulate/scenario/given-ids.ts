import { type GivenIds, givenKey } from '../../ids/ids.js'
import type { Ids, Scenario, Target } from './types.js'

/** Something that a scenario makes, and under which number of which kind it gets its id. */
export interface Made {
  readonly section: keyof Ids
  /** Its key, or its name. */
  readonly name: string
  readonly kind: string
  readonly n: number
}

/** What a scenario makes, in order: numbers follow from the creates and starts that succeed. */
export function madeBy({ before, steps, templates, components }: Scenario): readonly Made[] {
  const last = new Map<string, number>()
  const made = (section: keyof Ids, name: string, kind: string): Made => {
    const n = (last.get(kind) ?? 0) + 1
    last.set(kind, n)
    return { section, name, kind, n }
  }
  const create = ({ is, key }: Target): Made => {
    const declared = (is === 'template' ? templates : components).get(key)
    return made(`${is}s`, key, `${is}/${String(declared?.parameters['RegionId'])}`)
  }
  return [
    ...before.map(create),
    ...steps.flatMap((step) => {
      if (step.kind === 'create' && step.refused === null) return [create(step.target)]
      if (step.kind !== 'start' || step.as === null) return []
      return [made('executions', step.as, 'execution')]
    }),
  ]
}

/** The ids that a scenario gives its things. */
export function givenIds(scenario: Scenario): GivenIds {
  const given = madeBy(scenario).flatMap(({ section, name, kind, n }) => {
    const id = scenario.ids[section][name]
    return id === undefined ? [] : [[givenKey(kind, n), id] as const]
  })
  return Object.fromEntries(given)
}
