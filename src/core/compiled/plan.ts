import type { Code, NodeCode, Transition } from './code.js'
import { completionOf } from './completion.js'
import { type Configuration, type Configurations, type Plan, remember } from './configurations.js'
import { type Entries, entrySet } from './entry-set.js'
import type { Op } from './run.js'
import {
  exitSet,
  type History,
  historyNodesOf,
  isAtomic,
  isDescendant,
  type Node,
  type Nodes,
  withInitial,
  withoutConflicts,
} from './tree.js'

/** What microsteps do: worked out once for each configuration and each set of transitions. */
export class Plans {
  readonly #code: Code
  readonly #configurations: Configurations

  constructor(code: Code, configurations: Configurations) {
    this.#code = code
    this.#configurations = configurations
  }

  /** The microstep that transitions make together; there is one at least. */
  of(configuration: Configuration, transitions: readonly Transition[]): Plan {
    const [first] = transitions as readonly [Transition]
    const name =
      transitions.length === 1 ? first : transitions.map(({ number }) => number).join(' ')
    const known = configuration.plans.get(name)
    if (known !== undefined) return known
    return remember(configuration.plans, name, this.#plan(configuration, transitions))
  }

  /** The microstep that enters a machine's first states. */
  initial(before: Configuration, root: Node): Plan {
    const arrow = { target: [...withInitial(root)], source: root, reenter: true }
    const { nodes, byDefault } = entrySet([arrow], {})
    const active = new Set(before.nodes)
    const entries = { nodes, byDefault: new Set([...byDefault, root]) }
    return this.#enter(before, { ops: [], active, history: before.history }, entries)
  }

  #plan(configuration: Configuration, transitions: readonly Transition[]): Plan {
    const active = new Set(configuration.nodes)
    const { history } = configuration
    const taken = withoutConflicts(transitions, active, history)
    const left = [...exitSet(taken, active, history)].sort((a, b) => b.order - a.order)
    const remembered = historyAfter(left, active, history)
    const ops: Op[] = []
    for (const node of left) {
      const { exit, stop } = this.#codeOf(node)
      ops.push(...exit, ...stop)
      active.delete(node)
    }
    ops.push(...taken.flatMap((transition) => transition.ops))
    const entries = entrySet(taken, remembered)
    return this.#enter(configuration, { ops, active, history: remembered }, entries)
  }

  #enter(
    before: Configuration,
    { ops, active, history }: { ops: Op[]; active: Set<Node>; history: History },
    { nodes, byDefault }: Entries,
  ): Plan {
    const completed = new Set<Node>()
    let ends = false
    for (const node of [...nodes].sort((a, b) => a.order - b.order)) {
      active.add(node)
      const { entry, invoke, initial } = this.#codeOf(node)
      ops.push(...entry, ...invoke, ...(byDefault.has(node) ? initial : []))
      const completion = completionOf(node, active, completed)
      ops.push(...completion.ops)
      ends ||= completion.ends
    }
    const order = [...active]
    if (ends) {
      // xstate sorts its list of states in place, and keeps it so.
      order.sort((a, b) => b.order - a.order)
      ops.push(...order.flatMap((node) => this.#codeOf(node).exit))
    }
    const stays = history === before.history && sameNodes(before.nodes, active)
    return { ops, next: stays ? null : this.#configurations.of(order, history) }
  }

  #codeOf(node: Node): NodeCode {
    return this.#code.nodes.get(node) as NodeCode
  }
}

/** What history states remember once these states are left. */
function historyAfter(left: readonly Node[], active: Nodes, history: History): History {
  let changed: Record<string, readonly Node[]> | null = null
  for (const node of left) {
    for (const remembering of historyNodesOf(node)) {
      changed ??= { ...history }
      const deep = remembering.history === 'deep'
      changed[remembering.id] = [...active].filter((each) =>
        deep ? isAtomic(each) && isDescendant(each, node) : each.parent === node,
      )
    }
  }
  return changed ?? history
}

function sameNodes(before: readonly Node[], active: Nodes): boolean {
  return before.length === active.size && before.every((node) => active.has(node))
}
