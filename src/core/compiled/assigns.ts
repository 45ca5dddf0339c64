import { admit, isForbidden } from './admit.js'
import type { Action, Assignment } from './run.js'
import type { Merge, Shape, Shapes } from './shapes.js'

/** An assign that stands in the config: what it does to each shape of context is known beforehand. */
export function assignAction(assignment: Assignment, shapes: Shapes): Action {
  const keys = typeof assignment === 'function' ? [] : Object.keys(assignment)
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
    const { context } = run
    const values: unknown[] = []
    for (const key of keys) {
      values.push(admit(run.valueOf(assignment[key], params), context[key], run))
    }
    run.merge(mergeOf(run.shape), values)
  }
}
