import { Document, isMap, isSeq, type YAMLMap } from 'yaml'
import type { EmpiricalRule } from './empirical.js'

/** A plan as a file has it, each rule below a comment that says on what it stands. */
export function writePlan(rules: readonly EmpiricalRule[], notes: readonly string[]): string {
  const document = new Document({ plan: rules.map(({ rule }) => rule) })
  document.commentBefore = notes.map((note) => ` ${note}`).join('\n')
  const list = document.get('plan')
  if (isSeq<YAMLMap>(list)) {
    for (const [index, item] of list.items.entries()) {
      const { observations, of } = rules[index] as EmpiricalRule
      item.commentBefore = ` n = ${observations}${of === observations ? '' : `, ${of} of them`}`
      for (const { value } of item.items) if (isMap(value)) value.flow = true
    }
  }
  return document.toString({ lineWidth: 98 })
}
