import { stringify } from 'yaml'
import type { Rule } from '../plan/rule.js'
import type { Parameters, Scenario } from '../scenario/types.js'
import type { Counterexample } from './search.js'
import type { Written } from './counterexample.js'
import { durationsOf } from './durations.js'
import { invariantOf } from './says.js'

/** A counterexample as a scenario file, ready to be committed: it fails as long as the fault is there. */
export function scenarioFile(
  scenario: Scenario,
  { violated }: Counterexample,
  { plan, steps }: Written,
): string {
  const { region } = scenario
  const named = (declared: Scenario['templates']): Record<string, object> =>
    Object.fromEntries(
      [...declared].map(([key, { parameters }]) => [key, plain(key, parameters, region)]),
    )
  const rules: readonly Rule[] = [...durationsOf(scenario.plan), ...plan]
  const tokens = new Set(steps.flatMap(({ same, token }) => (same === undefined ? [] : [token])))
  const said = invariantOf(violated.invariant)
  const who = violated.execution === null ? '' : `${violated.execution}: `
  const document = {
    name: `Found by exploring "${scenario.name}"`,
    about: `${said} Broken: ${who}${violated.message}.`,
    ...(scenario.seed === 1 ? {} : { seed: scenario.seed }),
    ...(region === 'cn-hangzhou' ? {} : { region }),
    ...(Object.keys(scenario.world).length === 0 ? {} : { world: scenario.world }),
    ...(scenario.components.size === 0 ? {} : { components: named(scenario.components) }),
    templates: named(scenario.templates),
    ...(rules.length === 0 ? {} : { plan: rules }),
    // A token says something only where the same start comes again.
    steps: steps.map(({ token, ...step }) => {
      return token === undefined || !tokens.has(token) ? step : { ...step, token }
    }),
  }
  return stringify(document, { lineWidth: 100, aliasDuplicateObjects: false })
}

/** Parameters as somebody would write them: without what the scenario fills in. */
function plain(key: string, parameters: Parameters, region: string): object {
  const { RegionId, Name, ...rest } = parameters
  return {
    ...(RegionId === region ? {} : { RegionId }),
    ...(Name === key ? {} : { Name }),
    ...rest,
  }
}
