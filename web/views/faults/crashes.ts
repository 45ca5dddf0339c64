import type { Refusal } from '../../lib/api.js'
import type { PlanRule } from '../../model/faults.js'
import { useKeptFaults } from './kept-faults.js'

interface Entry {
  readonly id: string
  readonly rule: PlanRule
  readonly hits: number
}

interface Crashes {
  /** Those at the end of an attempt, as rules with their counters. */
  readonly set: readonly PlanRule[]
  readonly refusal: Refusal | null
  readonly add: (rule: PlanRule) => Promise<void>
  readonly remove: (rules: readonly PlanRule[]) => Promise<void>
}

/** The crashes that are set at the ends of attempts: the server keeps them, not the plan. */
export function useCrashes(): Crashes {
  const { faults, refusal, add, remove } = useKeptFaults<Entry>(isOfTask, false)
  return {
    set: faults.flatMap(({ id, rule, hits }) => [{ ...rule, id, hits }]),
    refusal,
    add,
    remove: (rules) => remove(rules.flatMap(({ id }) => (id === undefined ? [] : [id]))),
  }
}

function isOfTask({ rule }: Entry): boolean {
  return rule.task !== undefined
}
