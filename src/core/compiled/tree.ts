/**
 * Questions about a machine's tree of states, as xstate's own algorithm asks them. A set of nodes
 * keeps the order in which they were entered: it decides the order of regions, tags and keys.
 */
import type { AnyStateNode } from 'xstate'
import { LeftToXState } from './left-to-xstate.js'

export type Node = AnyStateNode
export type Nodes = ReadonlySet<Node>
/** By the id of a history state: what was active when its parent was left. */
export type History = Readonly<Record<string, readonly Node[]>>

/** What selection and entry read of a transition. */
export interface Arrow {
  readonly target: readonly Node[] | undefined
  readonly source: Node
  readonly reenter: boolean
}

export function isHistory(node: Node): boolean {
  return node.type === 'history'
}

export function isAtomic(node: Node): boolean {
  return node.type === 'atomic' || node.type === 'final'
}

export function childrenOf(node: Node): Node[] {
  return Object.values(node.states).filter((child) => !isHistory(child))
}

export function historyNodesOf(node: Node): Node[] {
  return Object.values(node.states).filter(isHistory)
}

/** From the parent up to, but without, `end`; to the root when there is none. */
export function properAncestors(node: Node, end: Node | undefined): Node[] {
  const ancestors: Node[] = []
  if (node === end) return ancestors
  for (let at = node.parent; at !== undefined && at !== end; at = at.parent) ancestors.push(at)
  return ancestors
}

export function isDescendant(node: Node, ancestor: Node | undefined): boolean {
  let marker = node
  while (marker.parent !== undefined && marker.parent !== ancestor) marker = marker.parent
  return marker.parent === ancestor
}

/** Whether a state is at its end, given what is active. */
export function isFinished(active: Nodes, node: Node): boolean {
  switch (node.type) {
    case 'compound':
      return childrenOf(node).some((child) => child.type === 'final' && active.has(child))
    case 'parallel':
      return childrenOf(node).every((child) => isFinished(active, child))
    default:
      return node.type === 'final'
  }
}

/** The states to which a history state leads before it has anything to remember. */
export function historyDefault(node: Node): readonly Node[] {
  const parent = node.parent as Node
  const { target } = node.config as { readonly target?: string | readonly string[] }
  if (target === undefined) return parent.type === 'parallel' ? [parent] : initialTarget(parent)
  return [target].flat().map((path) => byPath(parent, path))
}

export function initialTarget(node: Node): readonly Node[] {
  return node.initial.target as readonly Node[]
}

function byPath(from: Node, path: string): Node {
  if (path.startsWith('#')) return from.machine.getStateNodeById(path) as Node
  let node: Node | undefined = from
  for (const key of path.split('.')) {
    // As xstate has it: a path that begins with a dot leads to where it begins.
    if (key === '') break
    node = node?.states[key] as Node | undefined
  }
  if (node === undefined || path.includes('\\')) {
    throw new LeftToXState(`the target "${path}" of a history state`)
  }
  return node
}

/** A state with all that is entered by default beneath it. */
export function withInitial(node: Node, found = new Set<Node>()): Set<Node> {
  found.add(node)
  if (node.type === 'compound') withInitial(initialTarget(node)[0] as Node, found)
  else if (node.type === 'parallel') for (const child of childrenOf(node)) withInitial(child, found)
  return found
}

/** The targets of a transition, with history in place of history states. */
export function effectiveTargets(target: readonly Node[] | undefined, history: History): Node[] {
  const targets = new Set<Node>()
  for (const node of target ?? []) {
    const found = isHistory(node)
      ? (history[node.id] ?? effectiveTargets(historyDefault(node), history))
      : [node]
    for (const each of found) targets.add(each)
  }
  return [...targets]
}

/** The innermost state that a transition does not leave; none when it leaves the root too. */
export function domainOf(arrow: Arrow, history: History): Node | undefined {
  const { source, reenter } = arrow
  const targets = effectiveTargets(arrow.target, history)
  const inside = targets.every((target) => target === source || isDescendant(target, source))
  if (!reenter && inside) return source
  const [head = source, ...tail] = [...targets, source]
  const common = properAncestors(head, undefined).find((ancestor) =>
    tail.every((node) => isDescendant(node, ancestor)),
  )
  return common ?? (reenter ? undefined : source.machine.root)
}

/** What transitions leave, in the order of the active nodes. */
export function exitSet(arrows: readonly Arrow[], active: Nodes, history: History): Set<Node> {
  const left = new Set<Node>()
  for (const arrow of arrows) {
    if (!arrow.target?.length) continue
    const domain = domainOf(arrow, history)
    for (const node of active) if (isDescendant(node, domain)) left.add(node)
  }
  return left
}

/** Of transitions that leave the same state, the one from deeper in the tree, else the first. */
export function withoutConflicts<A extends Arrow>(
  arrows: readonly A[],
  active: Nodes,
  history: History,
): A[] {
  const kept = new Set<A>()
  for (const arrow of arrows) {
    const exits = exitSet([arrow], active, history)
    const rivals = [...kept].filter((other) =>
      [...exitSet([other], active, history)].some((node) => exits.has(node)),
    )
    if (!rivals.every((other) => isDescendant(arrow.source, other.source))) continue
    for (const other of rivals) kept.delete(other)
    kept.add(arrow)
  }
  return [...kept]
}
