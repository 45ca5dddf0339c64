import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  createMachine,
  type ExecutableActionObject,
  initialTransition,
  transition,
} from 'xstate'
import { executionMachine } from '../../machines/execution.js'
import type { ExecutionInput } from '../../machines/execution-context.js'
import type { Effect } from '../../src/core/effects.js'
import type { Json } from '../../src/core/json.js'
import type { State, Stepper } from '../../src/core/stepper.js'
import { events } from './input.js'
import { begin, reduce } from './reducer.js'

/** Takes one execution to its end; gives the number of tasks that its effects start. */
export type Taker = (input: ExecutionInput) => number

const machine = executionMachine as unknown as AnyStateMachine

/** Effects that are not read would not be measured. */
function startedBy(effects: readonly Effect[]): number {
  let started = 0
  for (const effect of effects) {
    if (effect.kind === 'startTask' && effect.id !== '') started += 1
  }
  return started
}

function startedByActions(actions: readonly ExecutableActionObject[]): number {
  let started = 0
  for (const { type, params } of actions) {
    if (type === 'xstate.spawnChild' && (params as { id: string }).id !== '') started += 1
  }
  return started
}

export function bySteps(stepper: Stepper): Taker {
  return (input) => {
    let step = stepper.initial(input as unknown as Json)
    let started = startedBy(step.effects)
    for (const event of events) {
      step = stepper.next(step.state, event)
      started += startedBy(step.effects)
    }
    ended(step.state.status)
    return started
  }
}

/** An execution that waits for its second copy. */
export function parked(stepper: Stepper, input: ExecutionInput): State {
  let { state } = stepper.initial(input as unknown as Json)
  for (const event of events.slice(0, 4)) state = stepper.next(state, event).state
  return state
}

export const byTransition: Taker = (input) => {
  let [snapshot, actions] = initialTransition(machine, input as never)
  let started = startedByActions(actions)
  for (const event of events) {
    ;[snapshot, actions] = transition(machine, snapshot, event as never)
    started += startedByActions(actions)
  }
  ended((snapshot as AnyMachineSnapshot).status)
  return started
}

/** xstate with one scope that does nothing and is used for every step. */
export function byReusedScope(): Taker {
  const self = createActor(createMachine({}))
  let actions: ExecutableActionObject[] = []
  const nothing = (): void => undefined
  const scope = {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    actionExecutor: (action: ExecutableActionObject) => void actions.push(action),
  } as unknown as Parameters<AnyStateMachine['transition']>[2]
  return (input) => {
    actions = []
    let snapshot = machine.getInitialSnapshot(scope, input) as AnyMachineSnapshot
    let started = startedByActions(actions)
    for (const event of events) {
      actions = []
      snapshot = machine.transition(snapshot, event, scope) as AnyMachineSnapshot
      started += startedByActions(actions)
    }
    ended(snapshot.status)
    return started
  }
}

export const byHand: Taker = (input) => {
  let reduced = begin(input)
  let started = startedBy(reduced.effects)
  for (const event of events) {
    reduced = reduce(reduced, event)
    started += startedBy(reduced.effects)
  }
  ended(reduced.stage)
  return started
}

function ended(status: string): void {
  if (status !== 'done') throw new Error(`the execution came to ${status}, not to its end`)
}

/** The reducer must ask for what the machine asks for, or it measures something else. */
export function assertSame(stepper: Stepper, input: ExecutionInput): void {
  let reduced = begin(input)
  let step = stepper.initial(input as unknown as Json)
  for (const event of events) {
    const [mine, theirs] = [reduced.effects, step.effects].map((each) => JSON.stringify(each))
    if (mine !== theirs) throw new Error(`by hand: ${mine}\nthe machine: ${theirs}`)
    reduced = reduce(reduced, event)
    step = stepper.next(step.state, event)
  }
  const [mine, theirs] = [reduced.context, step.state.context].map((each) => JSON.stringify(each))
  if (mine !== theirs) throw new Error(`by hand: ${mine}\nthe machine: ${theirs}`)
}
