import { executionMachine } from '../../../machines/execution.js'

/** A version of the execution machine that has forgotten its tests. */
export const untested = executionMachine.provide({ guards: { hasTests: () => false } })
