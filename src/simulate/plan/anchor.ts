import { anchoredTime } from './during.js'
import type { Rule } from './rule.js'

/** A rule whose times stand for themselves: offsets counted from the beginning, in milliseconds. */
export function anchored(rule: Rule, beginning: number): Rule {
  const { during } = rule
  if (during === undefined) return rule
  const times = (['from', 'to'] as const).flatMap((key) => {
    const time = during[key]
    return time === undefined ? [] : [[key, anchoredTime(time, beginning)] as const]
  })
  return { ...rule, during: { ...during, ...Object.fromEntries(times) } } as Rule
}
