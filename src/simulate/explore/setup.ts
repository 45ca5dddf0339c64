import { EcsError } from '../../imagebuilder/errors.js'
import type { ImageBuilder } from '../../imagebuilder/image-builder.js'
import type { World } from '../../imagebuilder/world/types.js'
import { compilePlan } from '../plan/compile.js'
import { defaultPlan } from '../plan/default.js'
import type { Rule } from '../plan/rule.js'
import type { Scenario, Target } from '../scenario/types.js'
import type { Registry } from '../../engine/definition.js'
import type { Surroundings } from './invariants/invariant.js'
import { durationsOf } from './durations.js'
import { type Faults, faultsOf } from './outcomes.js'
import type { Branch, Open } from './process.js'
import { type Alike, alike, type Looks, type Renaming, renamings } from './symmetry.js'
import { type Wanted, wantedBy } from './wanted.js'

/** What an exploration needs of the outside. */
export interface Ports {
  readonly open: Open
  readonly registry: Registry
  /** A new store, with the scenario's clock, seed, world and this plan. */
  readonly store: (plan: readonly Rule[]) => Branch
}

/** A scenario made ready to be explored. */
export interface Ground {
  readonly scenario: Scenario
  readonly ports: Ports
  readonly world: World
  readonly wanted: ReadonlyMap<string, Wanted>
  /** Ids of templates and components, by key. */
  readonly ids: ReadonlyMap<string, string>
  readonly faults: Faults
  readonly surroundings: Surroundings
  readonly alike: Alike
  readonly renamings: readonly Renaming[]
  /** What the scenario deletes somewhere, so that it may be deleted anywhere. */
  readonly deletable: readonly Target[]
  /** Whether it deletes the image of an execution somewhere: then any may be deleted anywhere. */
  readonly deletesImages: boolean
  /** The database before anything happens. */
  readonly branch: Branch
}

/**
 * Makes the database of a scenario: every template and component, and no execution.
 *
 * @param looks what rules look at beside those that are built in
 */
export async function prepare(
  scenario: Scenario,
  ports: Ports,
  looks: Looks = [],
): Promise<Ground> {
  const plan = durationsOf(scenario.plan)
  const branch = ports.store(plan)
  const builder = ports.open(branch)
  const ids = await create(builder, scenario)
  const world = await builder.world()
  const wanted = wantedBy(scenario, world.account)
  const same = alike(scenario, [...wanted.values()], { world, looks })
  const deletes = scenario.steps.flatMap((step) => (step.kind === 'delete' ? [step.target] : []))
  return {
    scenario,
    ports,
    world,
    wanted,
    ids,
    faults: faultsOf([...scenario.plan, ...plansIn(scenario)]),
    surroundings: {
      registry: ports.registry,
      plan: compilePlan([...defaultPlan, ...plan]),
      nameOf: (key) => String(scenario.templates.get(key)?.parameters['Name'] ?? key),
    },
    alike: same,
    renamings: renamings(same),
    deletable: deletes.filter(
      ({ key }, index) => ids.has(key) && deletes.findIndex((other) => other.key === key) === index,
    ),
    deletesImages: scenario.steps.some(({ kind }) => kind === 'deleteImage'),
    branch,
  }
}

function plansIn({ steps }: Scenario): readonly Rule[] {
  return steps.flatMap((step) => (step.kind === 'plan' ? step.rules : []))
}

/** What is refused is left out: a scenario may show just that. */
async function create(
  builder: ImageBuilder,
  { components, templates }: Scenario,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>()
  for (const [key, { parameters }] of components) {
    const made = await accepted(builder.createComponent(parameters))
    if (made !== null) ids.set(key, made.ImageComponentId)
  }
  for (const [key, { parameters }] of templates) {
    const made = await accepted(builder.createTemplate(parameters))
    if (made !== null) ids.set(key, made.ImagePipelineId)
  }
  return ids
}

async function accepted<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call
  } catch (error) {
    if (error instanceof EcsError) return null
    throw error
  }
}
