import type { Edge } from './edges.js'
import { type StateNode, transitionText } from './machine.js'

/** A way on from a state: along a line, or into what is inside it. */
export interface Way {
  readonly edge: Edge | null
  readonly to: string
}

/** Where somebody stands who walks through a chart by keys, and how they came there. */
export interface Walk {
  readonly at: string
  readonly way: Way | null
  readonly trail: readonly Pick<Walk, 'at' | 'way'>[]
  /** How many of the ways on from a state were taken, by its id. */
  readonly taken: ReadonlyMap<string, number>
}

/** What is behind further than this nobody goes back to. */
const longest = 100

export function walkFrom(at: string): Walk {
  return { at, way: null, trail: [], taken: new Map() }
}

/**
 * The ways on from a state, always in the same order: into it, its own lines, then those of the states
 * around it; errors and cancels after the others.
 *
 * @param path from the root to the state
 */
export function waysFrom(path: readonly StateNode[], edges: readonly Edge[]): readonly Way[] {
  const state = path.at(-1)
  if (state === undefined) return []
  const around = path.toReversed().map(({ id }) => id)
  const out = around.flatMap((from) => edges.filter((edge) => edge.from === from))
  const first = state.states.find(({ id }) => id === state.initial) ?? state.states[0]
  return [
    ...(first === undefined ? [] : [{ edge: null, to: first.id }]),
    ...[false, true].flatMap((late) =>
      out.filter(({ exceptional }) => exceptional === late).map((edge) => ({ edge, to: edge.to })),
    ),
  ]
}

/** Along the next of the ways on: whoever came back takes another than before. */
export function onward(walk: Walk, ways: readonly Way[]): Walk {
  const { at, way, trail, taken } = walk
  const turn = taken.get(at) ?? 0
  const next = ways[turn % Math.max(1, ways.length)]
  if (next === undefined) return walk
  return {
    at: next.to,
    way: next,
    trail: [...trail, { at, way }].slice(-longest),
    taken: new Map([...taken, [at, turn + 1]]),
  }
}

/** Back to where one came from; to a state that leads here, where one began. */
export function backward(walk: Walk, edges: readonly Edge[]): Walk {
  const last = walk.trail.at(-1)
  if (last !== undefined) return { ...walk, ...last, trail: walk.trail.slice(0, -1) }
  const into = edges.find(({ to }) => to === walk.at)
  return into === undefined ? walk : { ...walk, at: into.from, way: null }
}

/** How one came along a line: `buildImage done`. */
export function wayText({ edge }: Way): string {
  if (edge === null) return 'inside'
  return [...new Set(edge.transitions.map(({ transition }) => transitionText(transition)))].join(
    ', ',
  )
}
