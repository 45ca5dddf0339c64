import type { Action } from './action.js'
import { type Bounds, type Cut, dominates, type Used, unused } from './bounds.js'
import type { Keep, Order, Report, Task } from './hand.js'
import type { Violated } from './invariants/index.js'

/** A thread that expands states. */
export interface Worker {
  work(order: Order): Promise<readonly Report[]>
}

/** How far a search has come. */
export interface Progress {
  readonly level: number
  readonly states: number
  /** States that the next level is to expand. */
  readonly open: number
  readonly transitions: number
}

export interface SearchOptions {
  readonly bounds: Bounds
  readonly workers: readonly Worker[]
  readonly onProgress?: ((progress: Progress) => void) | undefined
  /** Milliseconds that have passed since the search began. */
  readonly elapsed: () => number
  readonly signal?: AbortSignal | undefined
}

/** A violation and the shortest path to it. */
export interface Counterexample {
  readonly violated: Violated
  /** What happened, in order; the last is what brought it about, or the call that was answered so. */
  readonly path: readonly Action[]
}

export interface Searched {
  readonly found: readonly Counterexample[]
  readonly states: number
  readonly transitions: number
  /** The longest path. */
  readonly depth: number
  readonly cut: Cut
}

/** A state that was reached, and how. */
interface Node {
  readonly n: number
  readonly parent: Node | null
  readonly action: Action | null
  readonly used: Used
  worker: number
  /** Where the worker that reached it has it. */
  readonly at: { readonly of: number; readonly index: number } | null
}

/** Below this, levels are expanded by one thread: more would only wait for each other. */
const worthSharing = 32

/**
 * Searches level by level, so that the first violation is as short as any. What the threads report is
 * taken in the order of the states that they expanded: how many there are does not show.
 */
export class Search {
  readonly #options: SearchOptions
  readonly #reached = new Map<string, Used[]>()
  readonly #cut: Cut = {}
  readonly #found = new Map<string, Counterexample>()
  #numbers = 0
  #states = 1
  #transitions = 0

  constructor(options: SearchOptions) {
    this.#options = options
  }

  async run(): Promise<Searched> {
    const { onProgress, elapsed, bounds, signal } = this.#options
    const root: Node = { n: 0, parent: null, action: null, used: unused, worker: 0, at: null }
    let level: readonly Node[] = [root]
    let depth = 0
    while (level.length > 0 && this.#found.size === 0) {
      if (signal?.aborted) break
      if (elapsed() >= bounds.seconds * 1_000) {
        this.#cut.seconds = level.length
        break
      }
      const reports = await this.#expand(level)
      level = this.#merge(level, reports)
      if (level.length > 0) depth++
      onProgress?.({
        level: depth,
        states: this.#states,
        open: level.length,
        transitions: this.#transitions,
      })
    }
    return {
      found: [...this.#found.values()],
      states: this.#states,
      transitions: this.#transitions,
      depth,
      cut: this.#cut,
    }
  }

  async #expand(level: readonly Node[]): Promise<ReadonlyMap<number, Report>> {
    const { workers } = this.#options
    const orders = ordersFor(level, workers.length)
    const reports = await Promise.all(
      workers.map((worker, index) => worker.work(orders[index] ?? nothing)),
    )
    return new Map(reports.flat().map((report) => [report.n, report]))
  }

  #merge(level: readonly Node[], reports: ReadonlyMap<number, Report>): readonly Node[] {
    const next: Node[] = []
    for (const node of level) {
      const report = reports.get(node.n)
      if (report === undefined) continue
      for (const { action, violations } of report.wrong) this.#find(node, action, violations)
      for (const [index, each] of report.next.entries()) {
        this.#transitions++
        this.#find(node, each.action, each.violations)
        if (each.violations.length > 0 || !this.#isNew(each.key, each.used)) continue
        const at = { of: node.n, index }
        const { action, used } = each
        next.push({ n: ++this.#numbers, parent: node, action, used, worker: node.worker, at })
      }
    }
    return next
  }

  /** Whether nothing is known that led to the state with as little. */
  #isNew(key: string, used: Used): boolean {
    const known = this.#reached.get(key)
    if (known?.some((other) => dominates(other, used))) return false
    if (known === undefined) {
      if (this.#states >= this.#options.bounds.states) {
        this.#cut.states = (this.#cut.states ?? 0) + 1
        return false
      }
      this.#states++
    }
    this.#reached.set(key, [...(known ?? []).filter((other) => !dominates(used, other)), used])
    return true
  }

  /** The first violation of each kind: none comes earlier, so none is shorter. */
  #find(node: Node, action: Action, violations: readonly Violated[]): void {
    for (const violated of violations) {
      if (this.#found.has(violated.invariant)) continue
      this.#found.set(violated.invariant, { violated, path: [...pathTo(node), action] })
    }
  }
}

const nothing: Order = { keep: [], take: [], expand: [] }

/** Who expands what: what a worker has reached stays with it, unless it has too much. */
function ordersFor(level: readonly Node[], workers: number): readonly Order[] {
  const orders = Array.from({ length: workers }, () => ({
    keep: [] as Keep[],
    take: [] as Task[],
    expand: [] as number[],
  }))
  const most =
    level.length < worthSharing ? level.length : Math.ceil((level.length / workers) * 1.1)
  const counts = Array.from({ length: workers }, () => 0)
  const homeless: Node[] = []
  for (const node of level) {
    const held = counts[node.worker] ?? 0
    if (held >= most || node.at === null) homeless.push(node)
    else {
      counts[node.worker] = held + 1
      orders[node.worker]?.keep.push({ n: node.n, ...node.at })
      orders[node.worker]?.expand.push(node.n)
    }
  }
  for (const node of homeless) {
    const worker = counts.indexOf(Math.min(...counts))
    counts[worker] = (counts[worker] ?? 0) + 1
    node.worker = worker
    orders[worker]?.take.push({ n: node.n, path: pathTo(node), used: node.used })
    orders[worker]?.expand.push(node.n)
  }
  return orders
}

function pathTo(node: Node): readonly Action[] {
  const path: Action[] = []
  for (let at: Node | null = node; at !== null; at = at.parent) {
    if (at.action !== null) path.push(at.action)
  }
  return path.reverse()
}
