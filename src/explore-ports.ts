import { systemWall } from './clock/system-wall.js'
import { register } from './engine/definition.js'
import { Engine } from './engine/engine.js'
import { executionDefinition } from './imagebuilder/definition.js'
import { ecsIdFormat } from './imagebuilder/ids.js'
import { ImageBuilder } from './imagebuilder/image-builder.js'
import { imageDefinition } from './imagebuilder/images/definition.js'
import { withAccounts } from './imagebuilder/sharing.js'
import { ids } from './ids/ids.js'
import { defaultWorld } from './imagebuilder/world/default.js'
import { editWorld } from './imagebuilder/world/edit.js'
import type { Ports } from './simulate/explore/setup.js'
import { planSetting } from './simulate/plan/rule.js'
import type { Scenario } from './simulate/scenario/types.js'
import { memory } from './store/memory/memory.js'
import { simulatePlan } from './simulate/plan/simulate.js'

/** What explorations run on: the engine and the Image Builder themselves, and memory for a file. */
export function portsFor(scenario: Scenario): Ports {
  const registry = register([executionDefinition, imageDefinition])
  const names = ids(String(scenario.seed), ecsIdFormat)
  const simulate = withAccounts(simulatePlan())
  const parts = {
    registry,
    tasks: {},
    simulate,
    wall: systemWall,
    newId: (kind: string, n: number) => names.next(kind, n),
    owner: 'explore',
    leaseMs: 30_000,
    maxTasks: 1,
    pollMs: 50,
    log: () => undefined,
  }
  return {
    registry,
    open: (store) => new ImageBuilder(new Engine({ ...parts, store })),
    store: (plan) =>
      memory({
        clock: { mode: 'virtual', now: scenario.at },
        settings: {
          seed: String(scenario.seed),
          world: JSON.stringify(editWorld(defaultWorld, scenario.world)),
          [planSetting]: JSON.stringify(plan),
        },
      }),
  }
}
