/** What a microstep enters: xstate's algorithm, which is SCXML's with corrections of its own. */
import {
  type Arrow,
  childrenOf,
  domainOf,
  effectiveTargets,
  historyDefault,
  type History,
  initialTarget,
  isDescendant,
  isHistory,
  type Node,
  properAncestors,
} from './tree.js'

export interface Entries {
  /** In no order; a microstep enters them in document order. */
  readonly nodes: ReadonlySet<Node>
  /** Those whose initial transition is taken, with its actions. */
  readonly byDefault: ReadonlySet<Node>
}

export function entrySet(arrows: readonly Arrow[], history: History): Entries {
  const entry = new Entry(history)
  for (const arrow of arrows) entry.follow(arrow)
  return entry
}

class Entry implements Entries {
  readonly nodes = new Set<Node>()
  readonly byDefault = new Set<Node>()
  readonly #history: History

  constructor(history: History) {
    this.#history = history
  }

  follow(arrow: Arrow): void {
    const { source, reenter } = arrow
    const domain = domainOf(arrow, this.#history)
    for (const target of arrow.target ?? []) {
      const stays = source === target && source === domain && !reenter
      if (!isHistory(target) && !stays) this.#byDefault(target)
      this.#descend(target)
    }
    for (const target of effectiveTargets(arrow.target, this.#history)) {
      const ancestors = properAncestors(target, domain)
      if (domain?.type === 'parallel') ancestors.push(domain)
      this.#ascend(ancestors, source.parent === undefined && reenter ? undefined : domain)
    }
  }

  #byDefault(node: Node): void {
    this.nodes.add(node)
    this.byDefault.add(node)
  }

  #descend(node: Node): void {
    if (isHistory(node)) return this.#remember(node)
    if (node.type === 'compound') {
      const initial = initialTarget(node)[0] as Node
      if (!isHistory(initial)) this.#byDefault(initial)
      this.#descend(initial)
      this.#ascend(properAncestors(initial, node))
    } else if (node.type === 'parallel') {
      for (const region of this.#missingRegions(node)) {
        this.#byDefault(region)
        this.#descend(region)
      }
    }
  }

  #remember(node: Node): void {
    const remembered = this.#history[node.id]
    const parent = node.parent as Node
    const targets = remembered ?? historyDefault(node)
    for (const target of targets) {
      this.nodes.add(target)
      // The parent's own initial transition is taken then, with its actions.
      if (targets === parent.initial.target) this.byDefault.add(parent)
      this.#descend(target)
    }
    for (const target of targets) this.#ascend(properAncestors(target, parent))
  }

  #ascend(ancestors: readonly Node[], domain?: Node): void {
    for (const ancestor of ancestors) {
      if (domain === undefined || isDescendant(ancestor, domain)) this.nodes.add(ancestor)
      if (ancestor.type !== 'parallel') continue
      for (const region of this.#missingRegions(ancestor)) {
        this.nodes.add(region)
        this.#descend(region)
      }
    }
  }

  /** Regions of which nothing is entered yet; entering one may enter others, so one at a time. */
  *#missingRegions(parallel: Node): Generator<Node> {
    for (const region of childrenOf(parallel)) {
      if (![...this.nodes].some((node) => isDescendant(node, region))) yield region
    }
  }
}
