import type { CompiledPlan } from '../plan/compile.js'
import type { CompiledDuration } from '../plan/spread.js'
import type { Prepared } from './prepared.js'

/** A plan in which one task takes so many times longer. */
export function slowed(plan: CompiledPlan, slower: Prepared['slower']): CompiledPlan {
  const rules = slower === null ? undefined : plan.rules.get(slower.task)
  if (slower === null || rules === undefined) return plan
  const { task, factor } = slower
  const longer = rules.map((rule) =>
    Object.assign({}, rule, { duration: times(rule.duration, factor) }),
  )
  return { ...plan, rules: new Map([...plan.rules, [task, longer]]) }
}

function times(
  duration: CompiledDuration | undefined,
  factor: number,
): CompiledDuration | undefined {
  if (typeof duration !== 'function') {
    return duration === undefined ? undefined : Math.round(duration * factor)
  }
  return (u) => Math.round(duration(u) * factor)
}
