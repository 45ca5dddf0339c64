import { childKey, type DrawKey, drawn } from '../../core/draw.js'
import { maxDurationMs } from '../../core/duration.js'
import type { Json } from '../../core/json.js'
import type { AttemptOutcome, SimulatedAttempt } from '../../engine/simulate.js'
import type { TaskError } from '../../core/policy.js'
import type { CompiledPlan, CompiledRule } from './compile.js'
import { type CompiledOutage, throughOutages } from './outage.js'
import { type CompiledDuration, sampled } from './spread.js'

/** What is the same for every attempt of a task. */
export interface TaskFacts {
  readonly src: string
  readonly input: Json
  /** The Name of its template; asked only when a rule wants to know it. */
  readonly template: () => string | undefined
}

/** What a plan is asked of an attempt. */
export interface AttemptAt {
  readonly attempt: number
  /** When it begins, in the file's time. */
  readonly at: number
  /** The key of this attempt, under which it draws; any where nothing is left to chance. */
  readonly key: DrawKey
  /** The file's own key, under which outages arise. */
  readonly seed: DrawKey
}

/** The rules of a plan that are about one task, whatever the attempt. */
export interface Ruling {
  readonly rules: readonly CompiledRule[]
  readonly outages: readonly CompiledOutage[]
  /** The accounts of a share of which one may fare otherwise than another; null for another task. */
  readonly accounts: readonly string[] | null
  /** Whether anything is drawn. */
  readonly byChance: boolean
}

/** The key of attempt `n` of a task of an execution, both by their ids. */
export function attemptKey(execution: DrawKey, task: number, attempt: number): DrawKey {
  return childKey(childKey(execution, task), attempt)
}

/** What a plan says of a task, before an attempt is known. */
export function rulingFor(plan: CompiledPlan, { src, input, template }: TaskFacts): Ruling {
  const region = field(input, 'region')
  const rules = (plan.rules.get(src) ?? []).filter(
    (rule) =>
      (rule.region === undefined || rule.region === region) &&
      (rule.template === undefined || rule.template === template()),
  )
  const outages = plan.outages.filter(
    ({ regions, tasks }) =>
      regions.some((each) => each === region) && (tasks?.some((task) => task === src) ?? true),
  )
  const isShare = src === 'shareImage' && rules.some(({ account }) => account !== undefined)
  const byChance = rules.some(
    ({ probability, duration }) => probability < 1 || typeof duration === 'function',
  )
  return { rules, outages, accounts: isShare ? accountsOf(input) : null, byChance }
}

/** What a ruling says of an attempt. Null when no rule says how long it takes. Pure. */
export function decide(ruling: Ruling, attempt: AttemptAt): SimulatedAttempt | null {
  const { rules, accounts, outages } = ruling
  let stated: CompiledDuration | undefined
  let error: TaskError | null | undefined
  for (const rule of rules) {
    const states = stated === undefined && rule.duration !== undefined
    const fails = error === undefined && rule.fail !== undefined && rule.account === undefined
    if (!(states || fails) || !isAbout(rule, attempt)) continue
    if (states) stated = rule.duration
    if (fails) error = rule.fail
  }
  if (stated === undefined) return null
  const duration =
    typeof stated === 'number' ? stated : sampled(stated, drawn(childKey(attempt.key, 0)))
  const outcome =
    accounts === null
      ? outcomeOf(error)
      : shareOutcome(
          rules.filter((rule) => isAbout(rule, attempt)),
          accounts,
        )
  if (outages.length === 0) return { duration, outcome }
  const through = throughOutages(outages, attempt.seed, { at: attempt.at, duration })
  return {
    duration: Math.min(maxDurationMs, through.duration),
    outcome: through.error === null ? outcome : { error: through.error },
  }
}

function isAbout(rule: CompiledRule, { attempt, at, key }: AttemptAt): boolean {
  if (attempt < rule.attempts.first || attempt > rule.attempts.last) return false
  if (rule.during !== undefined && !rule.during(at)) return false
  return rule.probability >= 1 || drawn(childKey(key, rule.salt)) < rule.probability
}

const succeeded: AttemptOutcome = { output: null }

function outcomeOf(error: TaskError | null | undefined): AttemptOutcome {
  return error == null ? succeeded : { error }
}

/**
 * A share is decided account by account: the last rule for the account or for all of them. When what
 * is for all lets every account fail, the task itself fails, and may be tried again; otherwise it
 * succeeds and lists who failed.
 */
function shareOutcome(rules: readonly CompiledRule[], accounts: readonly string[]): AttemptOutcome {
  const ruling = accounts.map((account) => failing(rules, account))
  if (ruling.every((rule) => rule?.account === undefined)) return outcomeOf(failing(rules)?.fail)
  const failed = accounts.flatMap((account, index) => {
    const error = ruling[index]?.fail ?? null
    if (error === null) return []
    return [{ account, code: error.code ?? error.name, message: error.message }]
  })
  return failed.length === 0 ? succeeded : { output: { failed } }
}

/** The rule that says whether the task fails, or whether it fails for an account. */
function failing(rules: readonly CompiledRule[], account?: string): CompiledRule | undefined {
  return rules.find(
    (rule) => rule.fail !== undefined && (rule.account === undefined || rule.account === account),
  )
}

function accountsOf(input: Json): readonly string[] {
  const accounts = field(input, 'accounts')
  return Array.isArray(accounts) ? accounts.map(String) : []
}

function field(input: Json, name: string): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined
  return (input as { readonly [key: string]: Json })[name]
}
