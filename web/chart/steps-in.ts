import { activeIn } from './machine.js'
import type { Document } from '../model/document.js'

/** The records after which a state was there, by their seq. */
export function stepsIn({ machine, history }: Document, state: string): ReadonlySet<number> {
  const found = new Set<number>()
  if (machine === null) return found
  let [known, there]: [unknown, boolean] = [undefined, false]
  for (const [index, { seq }] of history.records.entries()) {
    const value = history.stepAt(index)?.body.value ?? null
    if (value !== known) {
      known = value
      there = activeIn(machine.root, value).has(state)
    }
    if (there) found.add(seq)
  }
  return found
}
