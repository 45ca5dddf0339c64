import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'

/** What a transition waits for. */
export type TransitionKind = 'event' | 'always' | 'after' | 'taskDone' | 'taskFailed' | 'stateDone'

/** A transition of a machine, as data. */
export interface TransitionJson {
  readonly kind: TransitionKind
  /** The event's name; for a task its id, for `after` its delay: milliseconds, or its name. */
  readonly on: string
  readonly guard: string | null
  /** Ids of states; none when the state is not left. */
  readonly targets: readonly string[]
  readonly actions: readonly string[]
}

/** A state of a machine with those inside it, as data: what a picture of the machine needs. */
export interface StateJson {
  /** Unique within the machine: `execution.create.building`. */
  readonly id: string
  readonly key: string
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history'
  /** The id of the state that a compound state begins with. */
  readonly initial: string | null
  readonly description: string | null
  readonly tags: readonly string[]
  readonly tasks: readonly { readonly id: string; readonly src: string }[]
  readonly entry: readonly string[]
  readonly exit: readonly string[]
  readonly transitions: readonly TransitionJson[]
  readonly states: readonly StateJson[]
}

/** A machine as data; nothing of it can be run. */
export interface MachineJson {
  /** `id@version` */
  readonly key: string
  readonly root: StateJson
}

/** The states and transitions of any machine, in its own order. */
export function machineJson(machine: AnyStateMachine): MachineJson {
  return { key: `${machine.id}@${machine.version ?? '1'}`, root: stateJson(machine.root) }
}

function stateJson(node: AnyStateNode): StateJson {
  const [initial] = node.initial?.target ?? []
  return {
    id: node.id,
    key: node.key,
    type: node.type,
    initial: initial?.id ?? null,
    description: node.description ?? null,
    tags: [...node.tags].map(String),
    tasks: node.invoke.map(({ id, src }) => ({ id, src: nameOf(src) })),
    entry: node.entry.map(nameOf),
    exit: node.exit.map(nameOf),
    transitions: transitionsOf(node),
    states: Object.values(node.states).map(stateJson),
  }
}

function transitionsOf(node: AnyStateNode): TransitionJson[] {
  const own = [...node.transitions].flatMap(([event, all]) => {
    return all.map((each) => transitionJson(each, ...kindOf(event)))
  })
  const always = node.always ?? []
  return [...own, ...always.map((each) => transitionJson(each, 'always', ''))]
}

function transitionJson(
  { guard, target, actions }: AnyTransitionDefinition,
  kind: TransitionKind,
  on: string,
): TransitionJson {
  return {
    kind,
    on,
    guard: guard === undefined ? null : nameOf(guard),
    targets: (target ?? []).map(({ id }) => id),
    actions: actions.map(nameOf),
  }
}

const kinds: readonly (readonly [prefix: string, kind: TransitionKind])[] = [
  ['xstate.done.actor.', 'taskDone'],
  ['xstate.error.actor.', 'taskFailed'],
  ['xstate.done.state.', 'stateDone'],
]

function kindOf(event: string): [TransitionKind, string] {
  for (const [prefix, kind] of kinds) {
    if (event.startsWith(prefix)) return [kind, event.slice(prefix.length)]
  }
  const after = /^xstate\.after\.(.+?)\./.exec(event)?.[1]
  return after === undefined ? ['event', event] : ['after', after]
}

/** The name of an action, a guard or a task; what is written in place has none but its function's. */
function nameOf(part: unknown): string {
  if (typeof part === 'string') return part
  if (typeof part === 'function') return part.name === '' ? 'inline' : part.name
  const { type, guards } = part as { readonly type?: unknown; readonly guards?: readonly unknown[] }
  const inner = guards === undefined ? '' : ` ${guards.map(nameOf).join(', ')}`
  return typeof type === 'string' ? `${type}${inner}` : 'inline'
}
