import type { AnyTransitionDefinition } from 'xstate'
import { endedTask } from '../history.js'
import type { Json } from '../json.js'
import type { Code, NodeCode, Reception, Selector, Transition } from './code.js'
import type { Configuration, Configurations } from './configurations.js'
import type { Run } from './run.js'
import { isAtomic, type Node, properAncestors } from './tree.js'

const nobody: readonly Transition[] = []

/** Who may take events of a type, found out once for each configuration. */
export function receptionOf(
  configuration: Configuration,
  type: string,
  code: Code,
  configurations: Configurations,
): Reception {
  const known = configuration.receptions.get(type)
  if (known !== undefined) return known
  const { value, nodes } = configuration
  const selector = selectorIn((nodes[0] as Node).machine.root, value, type, code)
  return configurations.keep(configuration, type, { ...selector, ended: endedTask(type) })
}

/** The transitions that an event enables, of several regions perhaps. */
export function select(selector: Selector, run: Run): readonly Transition[] {
  if (selector.inner.length === 0) return first(selector.own, run)?.alone ?? nobody
  const enabled: Transition[] = []
  offer(selector, run, enabled)
  return enabled
}

function offer({ own, inner }: Selector, run: Run, enabled: Transition[]): void {
  const before = enabled.length
  for (const each of inner) offer(each, run, enabled)
  if (enabled.length > before) return
  const taken = first(own, run)
  if (taken !== undefined) enabled.push(taken)
}

function first(transitions: readonly Transition[], run: Run): Transition | undefined {
  for (const transition of transitions) {
    if (transition.guard === null || transition.guard(run, run.context, run.event)) {
      return transition
    }
  }
  return undefined
}

/** The eventless transitions that are enabled: one at most for each active leaf. */
export function selectEventless(run: Run<Configuration>, code: Code): readonly Transition[] {
  const { configuration } = run
  const always = (configuration.always ??= alwaysOf(configuration, code))
  const [only] = always
  if (only === undefined) return nobody
  if (always.length === 1) return first(only, run)?.alone ?? nobody
  const enabled: Transition[] = []
  for (const transitions of always) {
    const taken = first(transitions, run)
    if (taken !== undefined && !enabled.includes(taken)) enabled.push(taken)
  }
  return enabled
}

function alwaysOf({ nodes }: Configuration, { nodes: codes }: Code): Transition[][] {
  return nodes
    .filter(isAtomic)
    .map((leaf) =>
      [leaf, ...properAncestors(leaf, undefined)].flatMap(
        (node) => (codes.get(node) as NodeCode).always,
      ),
    )
    .filter((transitions) => transitions.length > 0)
}

/** xstate goes by the value, whose keys the language may have put in an order of its own. */
function selectorIn(node: Node, value: Json, type: string, code: Code): Selector {
  const children: readonly [string, Json][] =
    typeof value === 'string' ? [[value, {}]] : Object.entries(value as object)
  const inner = children
    .map(([key, each]) => selectorIn(node.states[key] as Node, each, type, code))
    .filter((each) => each.own.length > 0 || each.inner.length > 0)
  const own = candidates(node, type).map((each) => code.transitions.get(each) as Transition)
  const [only] = inner
  // One after the other is a list.
  return inner.length === 1 && only?.inner.length === 0
    ? { own: [...only.own, ...own], inner: [] }
    : { own, inner }
}

/** A state's transitions for an event type: the exact ones, then by length of the wildcard. */
function candidates(node: Node, type: string): readonly AnyTransitionDefinition[] {
  const exact = node.transitions.get(type) ?? []
  const wild = [...node.transitions]
    .filter(([descriptor]) => descriptor !== type && matches(type, descriptor))
    .sort(([a], [b]) => b.length - a.length)
    .flatMap(([, transitions]) => transitions)
  return [...exact, ...wild]
}

/** `*` matches everything, `a.b.*` what begins with the parts `a` and `b`. */
function matches(type: string, descriptor: string): boolean {
  if (descriptor === '*') return true
  if (!descriptor.endsWith('.*')) return false
  const parts = descriptor.split('.')
  const given = type.split('.')
  const star = parts.indexOf('*')
  return star === parts.length - 1 && parts.slice(0, star).every((part, at) => part === given[at])
}
