/**
 * For tests with vitest: an emulator for each test file, and what to expect of executions.
 *
 * Importing this adds the matchers to vitest's `expect`.
 */
import { expect } from 'vitest'
import { matchers } from './matchers.js'

expect.extend(matchers)

export { type BakelineTest, emulatorTest } from './fixture.js'
export { scenario, type ScenarioTestOptions } from './scenario.js'
export { explored, type ExploredOptions } from './explored.js'
export { type ExecutionRef, executionOf } from './execution.js'
export type { ExecutionMatchers } from './matchers.js'
