import type { Edge } from './edges.js'
import { activeIn, type StateNode, type Transition } from './machine.js'

/**
 * The lines that a step went along: the one of its event, and those of what followed in the same step
 * without waiting. None when the state was not left.
 */
export function takenBy(
  root: StateNode,
  edges: readonly Edge[],
  step: { readonly before: unknown; readonly event: string; readonly after: unknown },
): readonly Edge[] {
  const [left, entered] = [activeIn(root, step.before), activeIn(root, step.after)]
  const first = edges.filter((edge) =>
    edge.transitions.some(
      ({ source, transition }) => left.has(source) && answers(transition, step.event),
    ),
  )
  const direct = first.filter(({ to }) => entered.has(to))
  if (direct.length > 0) return direct
  for (const edge of first) {
    const rest = onwards(edge.to, edges, entered)
    if (rest !== null) return [edge, ...rest]
  }
  // What stays where it is may bring about what needs no event: the last of many tasks has ended.
  for (const id of left) {
    if (entered.has(id)) continue
    const rest = onwards(id, edges, entered)
    if (rest !== null) return rest
  }
  return []
}

/** The lines that need no event, from a state to one that was entered; null when there is no way. */
function onwards(
  from: string,
  edges: readonly Edge[],
  entered: ReadonlySet<string>,
  seen: readonly string[] = [],
): readonly Edge[] | null {
  if (entered.has(from)) return []
  for (const edge of edges) {
    if (edge.from !== from || seen.includes(edge.to)) continue
    if (!edge.transitions.some(({ transition }) => goesByItself(transition))) continue
    const rest = onwards(edge.to, edges, entered, [...seen, from])
    if (rest !== null) return [edge, ...rest]
  }
  return null
}

function goesByItself({ kind }: Transition): boolean {
  return kind === 'always' || kind === 'stateDone'
}

/** Whether a transition is one for an event. */
function answers({ kind, on }: Transition, event: string): boolean {
  const [, how, task = ''] = /^xstate\.(done|error)\.actor\.(.+)$/.exec(event) ?? []
  if (kind === 'taskDone') return how === 'done' && fits(on, task)
  if (kind === 'taskFailed') return how === 'error' && fits(on, task)
  if (kind === 'after') return event.startsWith(`xstate.after.${on}.`)
  return kind === 'event' && fits(on, event)
}

/** `copy.*` fits `copy.cn-beijing`. */
function fits(pattern: string, name: string): boolean {
  if (pattern === '*') return true
  return pattern.endsWith('.*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name
}
