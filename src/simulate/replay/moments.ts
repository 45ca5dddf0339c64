import type { Reader } from '../../core/ports.js'
import type { NextItem } from '../../engine/virtual.js'
import { register } from '../../engine/definition.js'
import { executionDefinition } from '../../imagebuilder/definition.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import { imageDefinition } from '../../imagebuilder/images/definition.js'
import { invariants, type Violated, violations } from '../explore/invariants/index.js'
import { followed, look, newLife } from '../explore/seen.js'
import { durationsOf, isFixed } from '../explore/durations.js'
import { wantedBy } from '../explore/wanted.js'
import { compilePlan } from '../plan/compile.js'
import { defaultPlan } from '../plan/default.js'
import { planSetting, type Rule } from '../plan/rule.js'
import type { Scenario } from '../scenario/types.js'

/** Everything that is due at the next instant at which something is, in order. */
export function dueNext(reader: Reader): readonly NextItem[] {
  const rows = reader.due({ axis: 'file', until: Number.MAX_SAFE_INTEGER, limit: 1_000 })
  return rows.flatMap(({ due, id, execution }) => {
    const row = due === rows[0]?.due ? reader.execution(execution) : undefined
    return row === undefined ? [] : [{ execution: row.id, id }]
  })
}

/** Executions of a run, by name, with the key of their template and the statuses they have had. */
export interface Named {
  readonly name: string
  readonly id: string
  readonly template: string
  readonly visited: readonly string[]
  /** Regions in which its image was deleted by a caller. */
  readonly removed: readonly string[]
}

/** What does not hold of a run so far, of everything that an exploration holds of every state. */
export function audit(
  builder: ImageBuilder,
  scenario: Scenario,
  {
    executions,
    names,
  }: {
    readonly executions: readonly Named[]
    /** The invariants that are looked at; null: all of them. */
    readonly names: readonly string[] | null
  },
): Promise<readonly Violated[]> {
  const registry = register([executionDefinition, imageDefinition])
  return builder.world().then((world) =>
    builder.engine.read((reader) => {
      const wanted = wantedBy(scenario, world.account)
      const lives = executions.flatMap(({ name, id, template, visited, removed }) => {
        const asked = wanted.get(template)
        if (asked === undefined) return []
        return [{ ...followed(reader, newLife(name, id, asked)), visited, removed }]
      })
      const rules = JSON.parse(reader.setting(planSetting) ?? '[]') as Rule[]
      // How long an attempt was to take is known only where the plan never left it to chance or changed.
      const timed = isFixed(rules) && scenario.steps.every(({ kind }) => kind !== 'plan')
      const among = invariants.filter(
        ({ name }) => (names?.includes(name) ?? true) && (timed || name !== 'ends-when-due'),
      )
      const surroundings = {
        registry,
        plan: compilePlan([...defaultPlan, ...durationsOf(rules)]),
        nameOf: (key: string) => String(scenario.templates.get(key)?.parameters['Name'] ?? key),
      }
      return violations(look(reader, lives), surroundings, among)
    }),
  )
}
