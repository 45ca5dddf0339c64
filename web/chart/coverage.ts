import type { Edge } from './edges.js'
import { type MachineModel, type StateNode, statesIn, transitionText } from './machine.js'

/** How often something was come through. */
export interface Counted {
  readonly name: string
  readonly times: number
}

/** A transition of an exploration: the event as xstate names it, states without the machine's id. */
export interface CountedTransition extends Counted {
  readonly from: string
  readonly event: string
  readonly guard: string | null
  readonly to: string
}

/** What an exploration came through, as `bakeline explore --coverage` writes it. */
export interface CoverageData {
  readonly states: readonly Counted[]
  readonly transitions: readonly CountedTransition[]
  readonly statuses: readonly Counted[]
  readonly outcomes: readonly Counted[]
  readonly answers: readonly Counted[]
  readonly errors: readonly Counted[]
  readonly crashPoints: number
}

/** Of several: how many were come through at all, and how often all of them together. */
export interface Mark {
  readonly all: number
  readonly taken: number
  readonly times: number
}

/** A transition in words, with how often it was taken. */
export interface MarkedTransition {
  readonly text: string
  readonly times: number
}

export interface LineMark extends Mark {
  readonly transitions: readonly (MarkedTransition & { readonly source: string })[]
}

export interface StateMark extends Mark {
  /** Transitions that do not leave the state: no line shows them. */
  readonly within: readonly MarkedTransition[]
}

/** What of a chart was come through: states and lines by their id. */
export interface Marks {
  readonly states: ReadonlyMap<string, StateMark>
  readonly lines: ReadonlyMap<string, LineMark>
}

/** How far something was come through. */
export type Extent = 'all' | 'some' | 'none'

export function extentOf({ all, taken }: Mark): Extent {
  if (taken === 0) return 'none'
  return taken === all ? 'all' : 'some'
}

/** Puts a coverage on the states and the lines of a chart. Pure; draws nothing. */
export function marksOf(
  { root }: MachineModel,
  edges: readonly Edge[],
  { states, transitions }: Pick<CoverageData, 'states' | 'transitions'>,
): Marks {
  const entered = new Map(states.map(({ name, times }) => [`${root.id}.${name}`, times]))
  const taken = new Map(
    transitions.map(({ from, event, guard, times }) => [
      keyOf(`${root.id}.${from}`, kindOf(event), guard),
      times,
    ]),
  )
  const timesOf = (source: string, { kind, on, guard }: StateNode['transitions'][number]): number =>
    taken.get(keyOf(source, { kind, on }, guard)) ?? 0
  return {
    states: new Map(
      [...statesIn(root)].map((state) => {
        const within = state.transitions
          .filter(({ targets }) => targets.length === 0)
          .map((each) => ({ text: transitionText(each), times: timesOf(state.id, each) }))
        return [
          state.id,
          { ...markOf(resting(state).map(({ id }) => entered.get(id) ?? 0)), within },
        ]
      }),
    ),
    lines: new Map(
      edges.map(({ id, transitions: along }) => {
        const marked = along.map(({ source, transition }) => {
          const times = timesOf(source, transition)
          return { source, text: transitionText(transition), times }
        })
        return [id, { ...markOf(marked.map(({ times }) => times)), transitions: marked }]
      }),
    ),
  }
}

function markOf(times: readonly number[]): Mark {
  return {
    all: times.length,
    taken: times.filter((n) => n > 0).length,
    times: times.reduce((sum, n) => sum + n, 0),
  }
}

/** A state as it is counted: itself, or those inside it in which an execution can rest. */
function resting(state: StateNode): readonly StateNode[] {
  return state.states.length === 0 ? [state] : state.states.flatMap(resting)
}

function keyOf(
  source: string,
  { kind, on }: Pick<StateNode['transitions'][number], 'kind' | 'on'>,
  guard: string | null,
): string {
  return [source, kind, kind === 'always' ? '' : on, guard ?? ''].join(' ')
}

/** What xstate's name of an event says. */
function kindOf(event: string): Pick<StateNode['transitions'][number], 'kind' | 'on'> {
  const [, how, task = ''] = /^xstate\.(done|error)\.actor\.(.+)$/.exec(event) ?? []
  if (how !== undefined) return { kind: how === 'done' ? 'taskDone' : 'taskFailed', on: task }
  return event === '' ? { kind: 'always', on: '' } : { kind: 'event', on: event }
}

/** A count in the room that a chart has for it: `1352`, `12k`. */
export function countText(times: number): string {
  if (times < 10_000) return String(times)
  return times < 1_000_000 ? `${Math.floor(times / 1_000)}k` : `${Math.floor(times / 1e5) / 10}M`
}
