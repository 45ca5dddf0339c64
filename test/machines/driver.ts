/**
 * Runs the execution machine as the durable engine does: through xstate's public pure functions,
 * with nothing but JSON between two steps. A child whose end was consumed is gone; stopping one that
 * is not there is no effect; an execution that has ended takes no event.
 */
import { initialTransition, transition } from 'xstate'
import { executionMachine } from '../../machines/execution.js'
import type { ExecutionInput } from '../../machines/execution-context.js'
import type { ExecutionEmitted } from '../../machines/execution-events.js'
import { type ExecutionView, view } from '../../machines/view.js'

export type Snapshot = ReturnType<typeof initialTransition<typeof executionMachine>>[0]
type Action = ReturnType<typeof initialTransition<typeof executionMachine>>[1][number]
type MachineEvent = Parameters<typeof transition<typeof executionMachine>>[2]

export type Effect =
  | { kind: 'start'; id: string; src: string; input: unknown }
  | { kind: 'stop'; id: string }
  | { kind: 'emit'; event: ExecutionEmitted }

/** What is written between two steps. */
export interface Stored {
  value: Snapshot['value']
  context: Snapshot['context']
  status: Snapshot['status']
  output?: Snapshot['output']
  error?: unknown
  /** Ids of the tasks that run. */
  tasks: string[]
}

export interface Step {
  state: Stored
  effects: Effect[]
  /** The step returned the very snapshot it was given. */
  ignored: boolean
}

export const input = (over: Partial<ExecutionInput> = {}): ExecutionInput => ({
  executionId: 'exec-1',
  templateId: 'ip-1',
  region: 'cn-hangzhou',
  account: '1000000000000001',
  imageId: 'm-own',
  imageName: 'golden_exec-1',
  imageFamily: 'golden',
  osType: 'linux',
  baseImage: 'm-base',
  instanceType: 'ecs.g6.large',
  repairMode: null,
  hasTests: false,
  copies: [],
  accounts: [],
  deleteInstanceOnFailure: true,
  ...over,
})

export function begin(given: ExecutionInput): Step {
  const [snapshot, actions] = initialTransition(executionMachine, given)
  return settle(snapshot, actions, [], false)
}

/** One event against the stored state. */
export function step(state: Stored, event: { type: string; [key: string]: unknown }): Step {
  if (state.status !== 'active') throw new Error(`the execution has ended: ${state.status}`)
  const before = restore(state)
  const [after, actions] = transition(executionMachine, before, event as MachineEvent)
  const consumed = event['actorId']
  const tasks = state.tasks.filter((id) => id !== consumed)
  return settle(after, actions, tasks, after === before)
}

/** The ends of a task. */
export const done = (id: string, output: unknown = null) => ({
  type: `xstate.done.actor.${id}`,
  output,
  actorId: id,
})
export const failed = (id: string, code = 'Task.Broken', message = `${id} broke`) => ({
  type: `xstate.error.actor.${id}`,
  error: { name: 'Error', code, message },
  actorId: id,
})
export const cancel = { type: 'CANCEL' }

/** Begins, and takes the events one after another; the last step. */
export function play(given: ExecutionInput, ...events: { type: string }[]): Step {
  return events.reduce((last, event) => step(last.state, event), begin(given))
}

/** As `play`, every step of it. */
export function playAll(given: ExecutionInput, ...events: { type: string }[]): Step[] {
  const steps = [begin(given)]
  for (const event of events) steps.push(step(steps.at(-1)!.state, event))
  return steps
}

export const viewOf = (state: Stored): ExecutionView => view(state)

export const started = ({ effects }: Step) =>
  effects.flatMap((effect) => (effect.kind === 'start' ? [effect.id] : []))
export const stopped = ({ effects }: Step) =>
  effects.flatMap((effect) => (effect.kind === 'stop' ? [effect.id] : []))
export const emitted = ({ effects }: Step) =>
  effects.flatMap((effect) => (effect.kind === 'emit' ? [effect.event] : []))
export const inputOf = (given: Step, id: string) =>
  given.effects.find((effect) => effect.kind === 'start' && effect.id === id)

function settle(snapshot: Snapshot, actions: Action[], before: string[], ignored: boolean): Step {
  const tasks = new Set(before)
  const effects = actions.flatMap((action): Effect[] => {
    const { type, params } = action as unknown as { type: string; params: unknown }
    if (type === 'xstate.emit')
      return [{ kind: 'emit', ...(params as { event: ExecutionEmitted }) }]
    if (type === 'xstate.spawnChild') {
      const { id, src, input } = params as { id: string; src: string; input: unknown }
      if (tasks.has(id)) throw new Error(`${id} runs already`)
      tasks.add(id)
      return [{ kind: 'start', id, src, input }]
    }
    if (type === 'xstate.stopChild') {
      const child = params as { id: string } | undefined
      return child !== undefined && tasks.delete(child.id) ? [{ kind: 'stop', id: child.id }] : []
    }
    throw new Error(`an effect that this machine must not have: ${type}`)
  })
  const { value, context, status, output, error } = snapshot
  const stored = { value, context, status, output, error, tasks: [...tasks] }
  return {
    state: JSON.parse(JSON.stringify(stored)) as Stored,
    effects: JSON.parse(JSON.stringify(effects)) as Effect[],
    ignored,
  }
}

function restore({ value, context, tasks }: Stored): Snapshot {
  const snapshot = executionMachine.resolveState({ value, context })
  const children = Object.fromEntries(tasks.map((id) => [id, { id }]))
  return Object.assign(snapshot, { children: children as unknown as Snapshot['children'] })
}
