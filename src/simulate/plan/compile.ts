import { namedKey } from '../../core/draw.js'
import { BakelineError } from '../../core/errors.js'
import type { TaskError } from '../../core/policy.js'
import { type AttemptRange, attemptRange } from './attempts.js'
import { compileDuring } from './during.js'
import { type CompiledOutage, compileOutage } from './outage.js'
import type { Fail, OutageRule, Rule, TaskRule } from './rule.js'
import { type CompiledDuration, compileDuration } from './spread.js'

/** A rule as it is matched: durations in milliseconds, the failure as the machine will see it. */
export interface CompiledRule {
  readonly template: string | undefined
  readonly region: string | undefined
  readonly account: string | undefined
  readonly attempts: AttemptRange
  /** Undefined: at any time. */
  readonly during: ((at: number) => boolean) | undefined
  /** 1: always. */
  readonly probability: number
  /** Tells the rule's draws from those of others. */
  readonly salt: number
  /** Undefined: the rule does not speak of it. */
  readonly duration: CompiledDuration | undefined
  /** Null: the attempt succeeds. Undefined: the rule does not speak of it. */
  readonly fail: TaskError | null | undefined
}

/** A plan as it is asked. */
export interface CompiledPlan {
  /** Rules by the task that they are about, the last first, as they are searched. */
  readonly rules: ReadonlyMap<string, readonly CompiledRule[]>
  readonly outages: readonly CompiledOutage[]
}

/** @throws BakelineError `INVALID_INPUT` for a duration, a time or an attempt that cannot be read */
export function compilePlan(rules: readonly Rule[]): CompiledPlan {
  const byTask = new Map<string, CompiledRule[]>()
  const outages: CompiledOutage[] = []
  const salt = salts()
  for (const rule of rules) {
    if ('outage' in rule)
      outages.push(compileOutage(rule, salt(subjectOf(rule)), outageError(rule)))
    if (!('task' in rule)) continue
    const list = byTask.get(rule.task)
    const compiled = compile(rule, salt(subjectOf(rule)))
    if (list === undefined) byTask.set(rule.task, [compiled])
    else list.push(compiled)
  }
  for (const list of byTask.values()) list.reverse()
  return { rules: byTask, outages }
}

function compile(rule: TaskRule, salt: number): CompiledRule {
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
    during: rule.during === undefined ? undefined : compileDuring(rule.during),
    probability: rule.probability ?? 1,
    salt,
    duration: rule.duration === undefined ? undefined : compileDuration(rule.duration),
    fail: rule.fail === undefined ? undefined : rule.fail === false ? null : errorOf(rule.fail),
  }
}

/** A failure without a code has the service's code for a cause that nobody knows. */
function errorOf(fail: Fail): TaskError {
  if (typeof fail === 'string') return { name: 'Error', code: 'InternalError', message: fail }
  const message = fail.message ?? 'The plan lets this attempt fail.'
  return { name: 'Error', code: fail.code, message }
}

function outageError({ fail, slower, outage }: OutageRule): TaskError | null {
  if (fail !== undefined) return errorOf(fail)
  if (slower !== undefined) return null
  const place = typeof outage === 'string' ? outage : outage.join(', ')
  return { name: 'Error', code: 'ServiceUnavailable', message: `An outage of ${place}.` }
}

/** What a rule is about, without what it states: rules that state more draw the same. */
function subjectOf(rule: TaskRule | OutageRule): string {
  if ('outage' in rule) return JSON.stringify(['outage', rule.outage, rule.tasks ?? null])
  const { task, template, region, account, attempt } = rule
  return JSON.stringify([task, template ?? 0, region ?? 0, account ?? 0, attempt ?? 0])
}

/** Numbers by which rules draw: another for each rule, also for those about the same. */
function salts(): (subject: string) => number {
  const seen = new Map<string, number>()
  return (subject) => {
    const count = seen.get(subject) ?? 0
    seen.set(subject, count + 1)
    return namedKey(count, subject)
  }
}
