import type { Declared, Scenario, Target } from '../scenario/types.js'

/** An execution by its name in the scenario. */
interface Named {
  readonly name: string
  readonly id: string
  /** The key of its template. */
  readonly template: string
  /** Regions in which its image was deleted by a step. */
  readonly removed: string[]
}

/** Who is who in a run: the ids that the service gave to what the scenario names. */
export class Cast {
  readonly #scenario: Scenario
  readonly #ids = new Map<string, string>()
  readonly #executions = new Map<string, Named>()

  constructor(scenario: Scenario) {
    this.#scenario = scenario
  }

  created({ is, key }: Target, id: string): void {
    this.#ids.set(`${is} ${key}`, id)
  }

  started(name: string, template: string, id: string): void {
    this.#executions.set(name, { name, id, template, removed: [] })
  }

  imageRemoved(execution: string, region: string): void {
    this.#executions.get(execution)?.removed.push(region)
  }

  declared({ is, key }: Target): Declared {
    const list = is === 'template' ? this.#scenario.templates : this.#scenario.components
    const declared = list.get(key)
    if (!declared) throw new Error(`the scenario declares no ${is} ${key}`)
    return declared
  }

  regionOf(target: Target): string {
    return String(this.declared(target).parameters['RegionId'])
  }

  /** The id that a template or component was given; its key while it has none. */
  id({ is, key }: Target): string {
    return this.#ids.get(`${is} ${key}`) ?? key
  }

  /** The id of an execution; its name while it has none. */
  execution(name: string): string {
    return this.#executions.get(name)?.id ?? name
  }

  /** Every execution that was started, by its name. */
  get executions(): readonly Named[] {
    return [...this.#executions.values()]
  }
}
