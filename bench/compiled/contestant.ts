// Takes executions by one way, in a process of its own: told how many, it answers with its rate.
import type { AnyStateMachine } from 'xstate'
import { executionMachine } from '../../machines/execution.js'
import { compile } from '../../src/core/compiled/stepper.js'
import { inputOf, stepsOf } from './input.js'
import { byHand, byReusedScope, bySteps, byTransition, type Taker } from './takers.js'

const takers: Readonly<Record<string, () => Taker>> = {
  compiled: () => bySteps(compile(executionMachine as unknown as AnyStateMachine)),
  byHand: () => byHand,
  reused: byReusedScope,
  transition: () => byTransition,
}

/** Steps a second of this process's processor time: what else runs here slows none of them. */
function rate(take: Taker, executions: number): number {
  const before = process.cpuUsage()
  let started = 0
  for (let n = 0; n < executions; n += 1) started += take(inputOf(n))
  const { user, system } = process.cpuUsage(before)
  if (started !== executions * 10) throw new Error(`${started} tasks, not ten an execution`)
  return (executions * stepsOf * 1e6) / (user + system)
}

const take = takers[process.argv[2] as string]?.() as Taker
process.on('message', (executions: number) => process.send?.(rate(take, executions)))
