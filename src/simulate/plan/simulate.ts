import { namedKey } from '../../core/draw.js'
import { BakelineError } from '../../core/errors.js'
import type { AttemptFacts, Simulate, SimulateReader } from '../../engine/simulate.js'
import { type CompiledPlan, compilePlan } from './compile.js'
import { attemptKey, decide, rulingFor } from './decide.js'
import { defaultPlan } from './default.js'
import { planSetting, type Rule } from './rule.js'

export interface SimulatePlanOptions {
  /** The rules that come before the file's own; {@link defaultPlan} when absent. */
  readonly plan?: readonly Rule[]
  /** Ids of the machines whose tasks are simulated, in every version; both of ours when absent. */
  readonly machines?: readonly string[]
}

/**
 * Decides attempts by the rules that the file holds in its setting `plan`. Tasks of other machines,
 * and those that no rule gives a duration, are left to real functions. What is left to chance follows
 * from the file's seed, the execution, the task and the attempt.
 *
 * The result throws BakelineError `CORRUPT` when the setting is not a list of rules: whoever writes it
 * checks it first, with `parsePlan`.
 *
 * @throws BakelineError `INVALID_INPUT` when a rule of `options.plan` cannot be read
 */
export function simulatePlan(options: SimulatePlanOptions = {}): Simulate {
  const prefixes = (options.machines ?? ['execution', 'image']).map((id) => `${id}@`)
  const base = options.plan ?? defaultPlan
  const planOf = lastOnly((text: string) => compilePlan([...base, ...storedRules(text)]))
  const plain = compilePlan(base)
  return (facts, reader) => {
    if (!prefixes.some((prefix) => facts.machine.startsWith(prefix))) return null
    const text = reader.setting(planSetting)
    const plan: CompiledPlan = text === undefined ? plain : planOf(text)
    const { src, input, executionId, task, attempt, at } = facts
    const ruling = rulingFor(plan, { src, input, template: () => templateName(facts, reader) })
    const seed = seedKey(reader.setting('seed'))
    const key = ruling.byChance
      ? attemptKey(namedKey(seed, executionId), namedKey(0, task), attempt)
      : 0
    return decide(ruling, { attempt, at, key, seed })
  }
}

/** The key under which a file draws. Without a seed its ids are random, and so are its draws. */
export function seedKey(seed: string | undefined): number {
  return namedKey(0, seed ?? '')
}

function storedRules(text: string): readonly Rule[] {
  const rules = parsed(text)
  if (Array.isArray(rules)) return rules as readonly Rule[]
  throw new BakelineError('CORRUPT', `the setting "${planSetting}" is not a JSON list of rules`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function templateName(facts: AttemptFacts, reader: SimulateReader): string | undefined {
  if (facts.singletonKey === null) return undefined
  const name = reader.catalogGet('template', facts.singletonKey)?.body['Name']
  return typeof name === 'string' ? name : undefined
}

/** Remembers the last answer: one process asks for one plan, again and again, until it is edited. */
function lastOnly<T>(compute: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | undefined
  return (text) => {
    if (last?.text !== text) last = { text, value: compute(text) }
    return last.value
  }
}
