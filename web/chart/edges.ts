import { pathsIn, type StateNode, type Transition } from './machine.js'

/** Transitions between two states of one level, drawn as one line. */
export interface Edge {
  readonly id: string
  readonly from: string
  readonly to: string
  /** Nothing but an error or a cancel: it leaves below, and runs under the others. */
  readonly exceptional: boolean
  readonly transitions: readonly { readonly source: string; readonly transition: Transition }[]
}

/** An event that takes an execution off its way. */
const offTheWay = /cancel|abort|fail|error|stop/i

/**
 * The lines between the children of every state, by the id of the state around them. A transition
 * that crosses a border begins and ends at the border of the state that is left or entered.
 */
export function edgesOf(root: StateNode): ReadonlyMap<string, readonly Edge[]> {
  const paths = pathsIn(root)
  const levels = new Map<string, Map<string, Edge>>()
  for (const [source, path] of paths) {
    const state = path.at(-1) as StateNode
    for (const transition of state.transitions) {
      for (const target of transition.targets) {
        const ends = endsOf(path, paths.get(target) ?? [])
        if (ends === null) continue
        const [around, from, to] = ends
        const level = levels.get(around) ?? new Map<string, Edge>()
        levels.set(around, level)
        const id = `${from} ${to}`
        const before = level.get(id)
        const exceptional = isExceptional(transition) && before?.exceptional !== false
        const transitions = [...(before?.transitions ?? []), { source, transition }]
        level.set(id, { id, from, to, exceptional, transitions })
      }
    }
  }
  return new Map([...levels].map(([around, edges]) => [around, [...edges.values()]]))
}

function isExceptional({ kind, on }: Transition): boolean {
  return kind === 'taskFailed' || (kind === 'event' && offTheWay.test(on))
}

/** The level on which two states have different neighbours, and those; null within one state. */
function endsOf(
  from: readonly StateNode[],
  to: readonly StateNode[],
): [around: string, from: string, to: string] | null {
  const at = from.findIndex((state, index) => to[index]?.id !== state.id)
  const level = at === -1 ? from.length : at
  const [around, left, entered] = [from[level - 1], from[level], to[level]]
  if (around === undefined || entered === undefined) return null
  // A state that goes to one inside it, or to itself, is not left.
  return left === undefined ? null : [around.id, left.id, entered.id]
}

/**
 * The way on which all goes well: the longest chain from the initial state over what is not
 * exceptional; of two the one that asks for less.
 */
export function spineOf(state: StateNode, edges: readonly Edge[]): readonly string[] {
  const out = new Map<string, Edge[]>()
  for (const edge of edges) {
    if (!edge.exceptional) out.set(edge.from, [...(out.get(edge.from) ?? []), edge])
  }
  const longest = (id: string, seen: readonly string[]): readonly string[] => {
    let best: readonly string[] = []
    for (const { to } of [...(out.get(id) ?? [])].sort(plainFirst)) {
      if (seen.includes(to)) continue
      const rest = longest(to, [...seen, to])
      if (rest.length > best.length) best = rest
    }
    return [id, ...best]
  }
  // Machines with very many states have very many ways through; a chain that is good will do.
  const [first] = state.states
  const initial = state.initial ?? first?.id
  if (initial === undefined) return []
  return state.states.length <= 24 ? longest(initial, [initial]) : greedy(initial, out)
}

function greedy(initial: string, out: ReadonlyMap<string, readonly Edge[]>): string[] {
  const chain = [initial]
  for (;;) {
    const edges = [...(out.get(chain.at(-1) ?? '') ?? [])].sort(plainFirst)
    const next = edges.find(({ to }) => !chain.includes(to))
    if (next === undefined) return chain
    chain.push(next.to)
  }
}

function plainFirst(a: Edge, b: Edge): number {
  return Number(isGuarded(a)) - Number(isGuarded(b))
}

function isGuarded({ transitions }: Edge): boolean {
  return transitions.every(({ transition }) => transition.guard !== null)
}
