import { delayText } from '../lib/time.js'
/** A machine as the server tells it; see `GET /_bakeline/machines/{key}`. */

export interface Transition {
  readonly kind: 'event' | 'always' | 'after' | 'taskDone' | 'taskFailed' | 'stateDone'
  readonly on: string
  readonly guard: string | null
  readonly targets: readonly string[]
  readonly actions: readonly string[]
}

export interface StateNode {
  readonly id: string
  readonly key: string
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history'
  readonly initial: string | null
  readonly description: string | null
  readonly tags: readonly string[]
  readonly tasks: readonly { readonly id: string; readonly src: string }[]
  readonly entry: readonly string[]
  readonly exit: readonly string[]
  readonly transitions: readonly Transition[]
  readonly states: readonly StateNode[]
}

export interface MachineModel {
  readonly key: string
  readonly root: StateNode
}

/** A state with all that are inside it, outside in. */
export function* statesIn(state: StateNode): Generator<StateNode> {
  yield state
  for (const each of state.states) yield* statesIn(each)
}

/** Where each state is: the states around it, outermost first, itself last. */
export function pathsIn(root: StateNode): ReadonlyMap<string, readonly StateNode[]> {
  const paths = new Map<string, readonly StateNode[]>()
  const walk = (state: StateNode, around: readonly StateNode[]): void => {
    const path = [...around, state]
    paths.set(state.id, path)
    for (const each of state.states) walk(each, path)
  }
  walk(root, [])
  return paths
}

/** The states that a state value names, from the outermost on; the root is left out. */
export function activeIn(root: StateNode, value: unknown): ReadonlySet<string> {
  const active = new Set<string>()
  const walk = (state: StateNode, inner: unknown): void => {
    const keys = typeof inner === 'string' ? [[inner, null]] : Object.entries(inner ?? {})
    for (const [key, rest] of keys as [string, unknown][]) {
      const found = state.states.find((each) => each.key === key)
      if (found === undefined) continue
      active.add(found.id)
      walk(found, rest)
    }
  }
  walk(root, value)
  return active
}

/** Whether a state runs tasks that its machine names only when it gets there: one for each of many. */
export function hostsTasks(state: StateNode): boolean {
  return state.transitions.some(
    ({ kind, on }) => (kind === 'taskDone' || kind === 'taskFailed') && on.endsWith('*'),
  )
}

/** A transition in words: `charge done`, `CANCEL`, `after 30m`, `always [allHaveEnded]`. */
export function transitionText({ kind, on, guard }: Transition): string {
  const what = {
    event: on,
    always: 'always',
    after: `after ${delayText(on)}`,
    taskDone: `${on.replace(/\.\*$/, '')} done`,
    taskFailed: `${on.replace(/\.\*$/, '')} failed`,
    stateDone: 'all done',
  }[kind]
  return guard === null ? what : `${what} [${guard}]`
}
