import { admit, isForbidden } from './admit.js'
import type { AssignArgs } from './args.js'
import type { Action, Op, Run } from './run.js'
import type { Merge, Shape, Shapes } from './shapes.js'

type Assigner = (args: AssignArgs, params: unknown) => unknown

/** What `assign` was given: a function of everything, or for each key a value or a function. */
export type Assignment = Assigner | Readonly<Record<string, unknown>>

/** An assign that stands in the config: what it does to each shape of context is known beforehand. */
export function assignAction(assignment: Assignment, shapes: Shapes): Action {
  if (typeof assignment === 'function') {
    return (run, params) => run.assign(assignment(run.assignArgs(), params))
  }
  const entries = Object.entries(assignment)
  const keys = entries.map(([key]) => key)
  if (keys.some(isForbidden)) return (run, params) => assignOnce(run, assignment, params)
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
    const args = run.assignArgs()
    const values: unknown[] = []
    for (const [key, value] of entries) {
      const next = typeof value === 'function' ? (value as Assigner)(args, params) : value
      values.push(admit(next, run.context[key], run))
    }
    run.merge(mergeOf(run.shape), values)
  }
}

/** An assign that was made within a step, for that step. */
export function assignOp(assignment: Assignment): Op {
  return (run) =>
    typeof assignment === 'function'
      ? run.assign(assignment(run.assignArgs(), undefined))
      : assignOnce(run, assignment, undefined)
}

function assignOnce(
  run: Run,
  assignment: Readonly<Record<string, unknown>>,
  params: unknown,
): void {
  const args = run.assignArgs()
  const partial: Record<string, unknown> = {}
  for (const key of Object.keys(assignment)) {
    const value = assignment[key]
    partial[key] = typeof value === 'function' ? (value as Assigner)(args, params) : value
  }
  // Such a key is set in no ordinary way.
  if (Object.keys(assignment).some(isForbidden)) run.doubtful = true
  run.assign(partial)
}
