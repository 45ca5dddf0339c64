import { admit, isForbidden } from './admit.js'
import type { Action, Assignment } from './run.js'
import type { Merge, Shape, Shapes } from './shapes.js'

/** An assign that stands in the config: what it does to each shape of context is known beforehand. */
export function assignAction(assignment: Assignment, shapes: Shapes): Action {
  const entries = typeof assignment === 'function' ? [] : Object.entries(assignment)
  const keys = entries.map(([key]) => key)
  if (typeof assignment === 'function' || keys.some(isForbidden)) {
    return (run, params) => run.assign(assignment, params)
  }
  const merges = new Map<Shape, Merge>()
  let last: Merge | undefined
  let lastShape: Shape | undefined
  const mergeOf = (shape: Shape): Merge => {
    if (lastShape === shape && last !== undefined) return last
    last = merges.get(shape) ?? shapes.merge(shape, keys)
    lastShape = shape
    if (shape.lasting) merges.set(shape, last)
    return last
  }
  return (run, params) => {
    const values: unknown[] = []
    for (const [key, value] of entries) {
      values.push(admit(run.valueOf(value, params), run.context[key], run))
    }
    run.merge(mergeOf(run.shape), values)
  }
}
