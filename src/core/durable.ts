import { type AnyStateMachine, StateMachine } from 'xstate'
import { BakelineError } from './errors.js'

/** A promise's own function, as `fromPromise` was given it. */
export type PromiseFunction = (args: {
  input: unknown
  signal: AbortSignal
  emit: (event: unknown) => void
  self: unknown
  system: unknown
}) => PromiseLike<unknown>

/** Whether something is a machine, of the xstate that is used here. */
export function isMachine(value: unknown): value is AnyStateMachine {
  return value instanceof StateMachine
}

type Node = AnyStateMachine['root']

/** A builtin action as it stands in the config: a function that carries its arguments. */
interface ActionFunction {
  readonly type?: string
  readonly id?: unknown
  readonly src?: unknown
  readonly systemId?: unknown
}

/**
 * Refuses a machine that could not go on after a restart, before anything of it runs.
 *
 * @throws BakelineError `NOT_DURABLE`, naming each node and what to write instead.
 */
export function assertDurable(machine: AnyStateMachine): void {
  const flaws: string[] = []
  const seen = new Set<unknown>()
  walk(machine.root, (node) => {
    for (const invoke of node.invoke) {
      const at = `${node.id}: invoke "${invoke.src as string}"`
      if (invoke.systemId !== undefined) flaws.push(`${at} has a systemId; leave it out`)
      if ('onSnapshot' in invoke) flaws.push(`${at} has onSnapshot, which never comes; use onDone`)
      flaws.push(...logicFlaws(machine, invoke.src, at))
      seen.add(invoke.src)
    }
    for (const action of actionsOf(machine, node)) {
      flaws.push(...spawnFlaws(machine, node, action))
      if (action.type === 'xstate.spawnChild') seen.add(action.src)
    }
  })
  // Logic that only an enqueueActions spawns stands at no node.
  for (const name of Object.keys(machine.implementations.actors)) {
    if (!seen.has(name)) flaws.push(...logicFlaws(machine, name, `setup({ actors }): "${name}"`))
  }
  if (flaws.length > 0) {
    throw new BakelineError(
      'NOT_DURABLE',
      `machine "${machine.id}" cannot be made durable:\n  ${flaws.join('\n  ')}`,
      { machine: machine.id },
    )
  }
}

/** The names of the tasks that a machine's invokes and static spawns start. */
export function taskNames(machine: AnyStateMachine): readonly string[] {
  const names = new Set<string>(Object.keys(machine.implementations.actors))
  walk(machine.root, (node) => {
    for (const invoke of node.invoke) names.add(invoke.src as string)
  })
  return [...names]
}

/** The function that `fromPromise` was given for a task of the machine, if it is one. */
export function ownFunction(machine: AnyStateMachine, src: string): PromiseFunction | null {
  const logic = logicOf(machine, src)
  return isPromise(logic) ? logic.config : null
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  for (const child of Object.values(node.states)) walk(child, visit)
}

function actionsOf(machine: AnyStateMachine, node: Node): ActionFunction[] {
  const transitions = [...node.transitions.values()].flat()
  const lists = [
    node.entry,
    node.exit,
    ...transitions.map((transition) => transition.actions),
    ...(node.always ?? []).map((transition) => transition.actions),
    node.initial.actions,
  ]
  return lists.flat().map((action) => resolveAction(machine, action))
}

function resolveAction(machine: AnyStateMachine, action: unknown): ActionFunction {
  const name = typeof action === 'string' ? action : (action as ActionFunction).type
  const named = machine.implementations.actions[name as string] as ActionFunction | undefined
  return named ?? (action as ActionFunction)
}

function spawnFlaws(machine: AnyStateMachine, node: Node, action: ActionFunction): string[] {
  if (action.type !== 'xstate.spawnChild') return []
  const { src, id } = action
  const at = `${node.id}: spawnChild ${typeof src === 'string' ? `"${src}"` : 'of inline logic'}`
  if (typeof src !== 'string') return [`${at}; name the logic in setup({ actors })`]
  const flaws = logicFlaws(machine, src, at)
  if (id === undefined) flaws.push(`${at} has no id; give it one: spawnChild("${src}", { id })`)
  if (action.systemId !== undefined) flaws.push(`${at} has a systemId; leave it out`)
  return flaws
}

function logicFlaws(machine: AnyStateMachine, src: unknown, at: string): string[] {
  const logic = logicOf(machine, src as string)
  if (isPromise(logic)) return []
  if (logic === undefined) {
    // xstate would drop the input of a child that it has no logic for.
    return [`${at} has no logic; name it in setup({ actors }), a fromPromise`]
  }
  const what = logic instanceof StateMachine ? 'a child machine' : 'not a fromPromise'
  return [`${at} is ${what}; only fromPromise survives a restart`]
}

/** The logic that a machine has under a name, or at the place of an invoke that has none. */
export function logicOf(machine: AnyStateMachine, src: string): unknown {
  const inline = /^xstate\.invoke\.(\d+)\.(.*)$/.exec(src)
  if (inline === null) return machine.implementations.actors[src]
  const { invoke } = machine.getStateNodeById(inline[2] as string).config
  const list = (Array.isArray(invoke) ? invoke : [invoke]) as { src: unknown }[]
  return list[Number(inline[1])]?.src
}

interface PromiseLogic {
  readonly config: PromiseFunction
  transition(snapshot: unknown, event: unknown, scope: unknown): { readonly status?: string }
}

/**
 * xstate marks no kind of logic, so we ask by behaviour: only a promise's logic is done when its
 * promise resolves. The others have no use for that event or fail without their running instance.
 */
function isPromise(logic: unknown): logic is PromiseLogic {
  if (logic instanceof StateMachine || typeof logic !== 'object' || logic === null) return false
  const candidate = logic as Partial<PromiseLogic>
  if (typeof candidate.config !== 'function' || !candidate.transition) return false
  try {
    const resolved = { type: 'xstate.promise.resolve', data: null }
    return candidate.transition({ status: 'active' }, resolved, {}).status === 'done'
  } catch {
    return false
  }
}
