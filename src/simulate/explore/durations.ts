import type { Rule } from '../plan/rule.js'

/**
 * How long tasks take, as far as that is fixed. What fails is for the exploration to choose, and what is
 * left to chance, or to a time, counts as if nothing had been said.
 */
export function durationsOf(rules: readonly Rule[]): readonly Rule[] {
  return rules.flatMap((rule): Rule[] => {
    if (!('task' in rule) || rule.during !== undefined || rule.probability !== undefined) return []
    const { fail: _, duration, ...rest } = rule
    const fixed = typeof duration === 'string' || typeof duration === 'number'
    return fixed ? [{ ...rest, duration }] : []
  })
}

/** Whether rules say of every attempt how long it takes, leaving nothing to chance or to a time. */
export function isFixed(rules: readonly Rule[]): boolean {
  return rules.every((rule) => {
    if ('call' in rule) return rule.latency === undefined
    if (!('task' in rule) || rule.during !== undefined || rule.probability !== undefined)
      return false
    return typeof rule.duration !== 'object'
  })
}
