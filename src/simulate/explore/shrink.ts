import type { Json } from '../../core/json.js'
import type { Declared, Parameters, Scenario } from '../scenario/types.js'
import type { Counterexample } from './search.js'

/** Explores a scenario for one violation, on paths no longer than this. */
export type SearchFor = (
  scenario: Scenario,
  invariant: string,
  depth: number,
) => Promise<Counterexample | null>

/**
 * The smallest scenario that still shows a violation: templates, regions, accounts and parameters are
 * left out, one after the other, as long as it does.
 */
export async function shrunk(
  scenario: Scenario,
  example: Counterexample,
  search: SearchFor,
): Promise<{ readonly scenario: Scenario; readonly example: Counterexample }> {
  let best = { scenario, example }
  const left = new Set<string>()
  for (;;) {
    // A rule about something that is not there any more would say something else.
    const { invariant } = best.example.violated
    const smaller = candidates(best.scenario).find(
      ({ without, name }) => !left.has(without) && !invariant.includes(name),
    )
    if (smaller === undefined) return best
    left.add(smaller.without)
    const found = await search(smaller.scenario, invariant, best.example.path.length)
    if (found !== null) best = { scenario: smaller.scenario, example: found }
  }
}

interface Candidate {
  readonly without: string
  /** The name of what is left out, as a rule may have it. */
  readonly name: string
  readonly scenario: Scenario
}

function candidates(scenario: Scenario): readonly Candidate[] {
  const { templates } = scenario
  const whole = [...templates.keys()]
    .filter(() => templates.size > 1)
    .map((key) => {
      const rest = new Map([...templates].filter(([other]) => other !== key))
      return {
        without: `template ${key}`,
        name: `"${key}"`,
        scenario: { ...scenario, templates: rest },
      }
    })
  const parts = [...templates].flatMap(([key, declared]) =>
    lesser(declared).map(({ without, name, parameters }) => {
      const changed = new Map(templates).set(key, { ...declared, parameters })
      return { without: `${key} ${without}`, name, scenario: { ...scenario, templates: changed } }
    }),
  )
  return [...whole, ...parts]
}

interface Lesser {
  readonly without: string
  readonly name: string
  readonly parameters: Parameters
}

const optional = ['RepairMode', 'TestContent', 'DeleteInstanceOnFailure', 'BuildContent'] as const

function lesser({ parameters }: Declared): Lesser[] {
  const all: Lesser[] = []
  for (const field of optional) {
    if (parameters[field] === undefined) continue
    const { [field]: _, ...rest } = parameters
    all.push({ without: field, name: field, parameters: rest })
  }
  for (const field of ['ToRegionId', 'AddAccount'] as const) {
    const list: readonly Json[] = Array.isArray(parameters[field]) ? parameters[field] : []
    for (const item of list) {
      const { [field]: _, ...rest } = parameters
      const fewer = list.filter((other) => other !== item)
      const kept = fewer.length === 0 ? rest : { ...rest, [field]: fewer }
      all.push({ without: `${field} ${String(item)}`, name: String(item), parameters: kept })
    }
  }
  return all
}
