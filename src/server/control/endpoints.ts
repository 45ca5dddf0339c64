import type { AnyEndpoint } from './endpoint.js'
import { actionEndpoints } from './endpoints/actions.js'
import { clockChangeEndpoints } from './endpoints/clock-changes.js'
import { clockEndpoints } from './endpoints/clock.js'
import { ecsEndpoints } from './endpoints/ecs.js'
import { contentEndpoints } from './endpoints/content.js'
import { dueEndpoints } from './endpoints/due.js'
import { eventEndpoints } from './endpoints/events.js'
import { executionEndpoints } from './endpoints/executions.js'
import { faultEndpoints } from './endpoints/faults.js'
import { fleetEndpoints } from './endpoints/fleets.js'
import { metricsEndpoints } from './endpoints/metrics.js'
import { overviewEndpoints } from './endpoints/overview.js'
import { planEndpoints } from './endpoints/plan.js'
import { pollerEndpoints } from './endpoints/pollers.js'
import { progressionEndpoints } from './endpoints/progression.js'
import { scenarioEndpoints } from './endpoints/scenarios.js'
import { snapshotEndpoints } from './endpoints/snapshots.js'
import { stateEndpoints } from './endpoints/state.js'
import { stepEndpoints } from './endpoints/steps.js'
import { worldEndpoints } from './endpoints/world.js'

/** All of the control API: routes, checks, description and docs come from this list. */
export const endpoints: readonly AnyEndpoint[] = [
  ...stateEndpoints,
  ...clockEndpoints,
  ...clockChangeEndpoints,
  ...progressionEndpoints,
  ...planEndpoints,
  ...faultEndpoints,
  ...worldEndpoints,
  ...executionEndpoints,
  ...actionEndpoints,
  ...stepEndpoints,
  ...overviewEndpoints,
  ...dueEndpoints,
  ...eventEndpoints,
  ...snapshotEndpoints,
  ...metricsEndpoints,
  ...ecsEndpoints,
  ...contentEndpoints,
  ...scenarioEndpoints,
  ...fleetEndpoints,
  ...pollerEndpoints,
]
