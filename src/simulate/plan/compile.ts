import { durationMs } from '../../core/duration.js'
import { BakelineError } from '../../core/errors.js'
import type { TaskError } from '../../core/policy.js'
import { type AttemptRange, attemptRange } from './attempts.js'
import type { Rule } from './rule.js'

/** A rule as it is matched: durations in milliseconds, the failure as the machine will see it. */
export interface CompiledRule {
  readonly template: string | undefined
  readonly region: string | undefined
  readonly account: string | undefined
  readonly attempts: AttemptRange
  /** Undefined: the rule does not speak of it. */
  readonly duration: number | undefined
  /** Null: the attempt succeeds. Undefined: the rule does not speak of it. */
  readonly fail: TaskError | null | undefined
}

/** Rules by the task that they are about, the last first, as they are searched. */
export type CompiledPlan = ReadonlyMap<string, readonly CompiledRule[]>

/** @throws BakelineError `INVALID_INPUT` for a duration or an attempt that cannot be read */
export function compilePlan(rules: readonly Rule[]): CompiledPlan {
  const byTask = new Map<string, CompiledRule[]>()
  for (const rule of rules) {
    const list = byTask.get(rule.task)
    if (list === undefined) byTask.set(rule.task, [compile(rule)])
    else list.push(compile(rule))
  }
  for (const list of byTask.values()) list.reverse()
  return byTask
}

function compile(rule: Rule): CompiledRule {
  const attempts = attemptRange(rule.attempt)
  if (attempts === null) {
    const problem = `"${rule.attempt}" is not an attempt: write 3, 1-2 or 3- (from 1 to 1000)`
    throw new BakelineError('INVALID_INPUT', problem)
  }
  return {
    template: rule.template,
    region: rule.region,
    account: rule.account,
    attempts,
    duration: rule.duration === undefined ? undefined : durationMs(rule.duration),
    fail: errorOf(rule.fail),
  }
}

/** A failure without a code has the service's code for a cause that nobody knows. */
function errorOf(fail: Rule['fail']): TaskError | null | undefined {
  if (fail === undefined) return undefined
  if (fail === false) return null
  if (typeof fail === 'string') return { name: 'Error', code: 'InternalError', message: fail }
  const message = fail.message ?? 'The plan lets this attempt fail.'
  return { name: 'Error', code: fail.code, message }
}
