import type { ExecutionInput } from '../../../machines/execution-context.js'
import type { World } from '../../imagebuilder/world/types.js'
import type { Rule, TaskName } from '../plan/rule.js'
import type { Arrivals, Fleet, Limits, Sweep } from './types.js'

/** What one run is played from: plain data, so that it can be sent to another thread. */
export interface Prepared {
  readonly seed: number
  readonly at: number
  readonly lasts: number
  readonly warmup: number
  readonly world: World
  readonly plan: readonly Rule[]
  readonly arrivals: readonly Arrivals[]
  readonly limits: Limits
  readonly names: readonly string[]
  /** What an execution of each template begins with. */
  readonly inputs: readonly ExecutionInput[]
  /** This task takes so many times longer. */
  readonly slower: { readonly task: TaskName; readonly factor: number } | null
  /** Starts arrive so many times more often. */
  readonly busier: number
}

export function prepared(
  fleet: Fleet,
  given: { readonly world: World; readonly inputs: ReadonlyMap<string, ExecutionInput> },
): Prepared {
  const { seed, at, lasts, warmup, plan, arrivals, limits } = fleet
  return {
    seed,
    at,
    lasts,
    warmup,
    plan,
    arrivals,
    limits,
    world: given.world,
    names: [...given.inputs.keys()],
    inputs: [...given.inputs.values()],
    slower: null,
    busier: 1,
  }
}

/** The fleet with one value of its sweep; what is drawn by chance stays the same. */
export function varied(base: Prepared, { what }: Sweep, value: number): Prepared {
  switch (what.kind) {
    case 'slower':
      return { ...base, slower: { task: what.task, factor: value } }
    case 'busier':
      return { ...base, busier: value }
    case 'limit':
      return { ...base, limits: { ...base.limits, [what.limit]: value } }
    case 'probability': {
      const plan = base.plan.map((rule, index) =>
        what.rules.includes(index) ? ({ ...rule, probability: value } as Rule) : rule,
      )
      return { ...base, plan }
    }
  }
}
