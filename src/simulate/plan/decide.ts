import type { Json } from '../../core/json.js'
import type { AttemptFacts, AttemptOutcome, SimulatedAttempt } from '../../engine/simulate.js'
import type { CompiledPlan, CompiledRule } from './compile.js'

/** What a plan is asked: an attempt, and the Name of its template when a rule wants to know it. */
export interface Question {
  readonly facts: Pick<AttemptFacts, 'src' | 'input' | 'attempt'>
  readonly template: () => string | undefined
}

/** What a plan says of an attempt. Null when no rule says how long it takes. Pure. */
export function decide(plan: CompiledPlan, question: Question): SimulatedAttempt | null {
  const { facts } = question
  const rules = (plan.get(facts.src) ?? []).filter((rule) => matches(rule, question))
  const duration = rules.find((rule) => rule.duration !== undefined)?.duration
  if (duration === undefined) return null
  const outcome = facts.src === 'shareImage' ? shareOutcome(rules, facts.input) : outcomeOf(rules)
  return { duration, outcome }
}

function matches(rule: CompiledRule, { facts, template }: Question): boolean {
  if (facts.attempt < rule.attempts.first || facts.attempt > rule.attempts.last) return false
  if (rule.region !== undefined && rule.region !== field(facts.input, 'region')) return false
  return rule.template === undefined || rule.template === template()
}

function outcomeOf(rules: readonly CompiledRule[]): AttemptOutcome {
  const error = failing(rules)?.fail ?? null
  return error === null ? { output: null } : { error }
}

/**
 * A share is decided account by account: the last rule for the account or for all of them. When what
 * is for all lets every account fail, the task itself fails, and may be tried again; otherwise it
 * succeeds and lists who failed.
 */
function shareOutcome(rules: readonly CompiledRule[], input: Json): AttemptOutcome {
  const accounts = accountsOf(input)
  const ruling = accounts.map((account) => failing(rules, account))
  if (ruling.every((rule) => rule?.account === undefined)) return outcomeOf(rules)
  const failed = accounts.flatMap((account, index) => {
    const error = ruling[index]?.fail ?? null
    if (error === null) return []
    return [{ account, code: error.code ?? error.name, message: error.message }]
  })
  return { output: failed.length === 0 ? null : { failed } }
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
