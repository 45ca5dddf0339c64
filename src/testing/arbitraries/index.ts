/** Plans and scenarios for properties with fast-check, which whoever imports this has installed. */
export { type AssertScenariosOptions, assertScenarios, type GeneratedRun } from './assert.js'
export { arbitraryPlan, type PlanBounds, type PlannedRule } from './plan.js'
export { arbitraryScenario, type GeneratedScenario, type ScenarioBounds } from './scenario.js'
