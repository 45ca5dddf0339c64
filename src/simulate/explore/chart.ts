import { executionMachine } from '../../../machines/execution.js'
import { executionStatuses } from '../../../machines/status.js'
import { taskNames } from '../plan/rule.js'
import type { Coverage } from './coverage.js'

/** A state or a transition of the machine, and how often it was come through. */
export interface Covered {
  readonly name: string
  readonly times: number
}

/** A transition as it is drawn: an arrow from a state to a state. */
export interface CoveredTransition extends Covered {
  readonly from: string
  /** The event; '' for one that is taken at once (`always`). */
  readonly event: string
  /** The guard's name; null without one. */
  readonly guard: string | null
  /** The state itself, when it is not left. */
  readonly to: string
}

/** What of the machine an exploration has come through, and what it has not. */
export interface ChartCoverage {
  readonly states: readonly Covered[]
  readonly transitions: readonly CoveredTransition[]
  readonly statuses: readonly Covered[]
  /** Ends of attempts, by task: `copyImage failed for good`. */
  readonly outcomes: readonly Covered[]
  /** Answers to calls: `start accepted`, `cancel InvalidStatus.CancelFailed`. */
  readonly answers: readonly Covered[]
  /** Error codes that callers were told. */
  readonly errors: readonly Covered[]
  /** Instants at which the process died, or might as well have: before and after each commit. */
  readonly crashPoints: number
}

interface Arrow {
  readonly from: string
  readonly event: string
  readonly guard: string | null
  readonly to: string
}

type Node = (typeof executionMachine)['root']

/** Every state in which an execution can rest, by its name. */
function leaves(node: Node = executionMachine.root): Node[] {
  const inner = Object.values(node.states) as Node[]
  return inner.length === 0 ? [node] : inner.flatMap(leaves)
}

function nameOf(node: Node): string {
  return node.path.join('.')
}

/** Every arrow of the chart, in the machine's own order. */
function arrows(): readonly Arrow[] {
  return leaves().flatMap((node) => {
    const from = nameOf(node)
    const all = [...node.transitions.values(), node.always ?? []].flat()
    return all.map(({ eventType, guard, target }): Arrow => {
      const to = target?.[0]
      return { from, event: eventType, guard: guardName(guard), to: to ? restOf(to as Node) : from }
    })
  })
}

/** Where one comes to rest who enters a state. */
function restOf(node: Node): string {
  const initial = (Object.values(node.states) as Node[])[0]
  return initial === undefined ? nameOf(node) : restOf(initial)
}

function guardName(guard: unknown): string | null {
  if (guard === undefined) return null
  if (typeof guard === 'string') return guard
  return (guard as { readonly type?: string }).type ?? 'a guard'
}

/** The arrows that a step went along: one for its event, and those that are taken at once after it. */
function takenBy(step: string, all: readonly Arrow[]): readonly Arrow[] {
  const [before = '', event = '', after = ''] = step.split(' ')
  for (const arrow of all) {
    if (arrow.from !== before || arrow.event !== event) continue
    const rest = way(arrow.to, after, all)
    if (rest !== null) return [arrow, ...rest]
  }
  return before === '-' ? (way(restOf(executionMachine.root), after, all) ?? []) : []
}

function way(from: string, to: string, all: readonly Arrow[]): readonly Arrow[] | null {
  if (from === to) return []
  for (const arrow of all) {
    if (arrow.from !== from || arrow.event !== '') continue
    const rest = way(arrow.to, to, all)
    if (rest !== null) return [arrow, ...rest]
  }
  return null
}

/** What of the machine was covered. */
export function chartCoverage(coverage: Coverage): ChartCoverage {
  const all = arrows()
  const times = new Map<Arrow, number>()
  const states = new Map<string, number>(leaves().map((node) => [nameOf(node), 0]))
  for (const [step, n] of coverage.steps) {
    const [, , after = ''] = step.split(' ')
    states.set(after, (states.get(after) ?? 0) + n)
    const taken = takenBy(step, all)
    for (const arrow of taken) times.set(arrow, (times.get(arrow) ?? 0) + n)
    // Where a step only passes through it was all the same.
    for (const { to } of taken) if (to !== after) states.set(to, (states.get(to) ?? 0) + n)
  }
  return {
    states: [...states].map(([name, n]) => ({ name, times: n })),
    transitions: all.map((arrow) => {
      const { from, event, guard, to } = arrow
      const when = guard === null ? '' : ` [${guard}]`
      const name = `${from} → ${to} on ${shortEvent(event)}${when}`
      return { name, times: times.get(arrow) ?? 0, from, event, guard, to }
    }),
    statuses: counted(executionStatuses, coverage.statuses),
    outcomes: counted(outcomeNames(), coverage.ends),
    answers: listed(coverage.calls),
    errors: listed(coverage.errors),
    crashPoints: coverage.crashPoints,
  }
}

function outcomeNames(): readonly string[] {
  const tried = new Set<string>(['copyImage', 'shareImage', 'releaseResources'])
  return taskNames.flatMap((task) => {
    const ends = ['succeeded', 'failed for good']
    if (tried.has(task)) ends.splice(1, 0, 'failed and is tried again')
    if (task === 'shareImage') ends.push('succeeded, and missed accounts')
    return ends.map((end) => `${task} ${end}`)
  })
}

/** `done.copy.*` for `xstate.done.actor.copy.*`. */
function shortEvent(event: string): string {
  return event === '' ? 'always' : event.replace(/^xstate\.(done|error)\.actor\./, '$1 ')
}

function counted(names: readonly string[], found: ReadonlyMap<string, number>): Covered[] {
  const more = [...found.keys()].filter((name) => !names.includes(name)).sort()
  return names.concat(more).map((name) => ({ name, times: found.get(name) ?? 0 }))
}

function listed(found: ReadonlyMap<string, number>): Covered[] {
  return counted([...found.keys()].sort(), found)
}
