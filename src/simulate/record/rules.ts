import type { Json } from '../../core/json.js'
import type { SimulatedAttempt } from '../../engine/simulate.js'
import { accountExists } from '../../imagebuilder/world/find.js'
import type { World } from '../../imagebuilder/world/types.js'
import { defaultPlan } from '../plan/default.js'
import type { Rule, TaskName } from '../plan/rule.js'
import { simulatePlan } from '../plan/simulate.js'
import { exactDuration } from './exact.js'
import { grouped } from './grouped.js'
import type { ObservedAttempt, Unreached } from './observed.js'

/** A rule about attempts, as a recorded plan has them. */
export interface RecordedRule {
  readonly task: TaskName
  readonly template?: string
  readonly region?: string
  readonly account?: string
  readonly attempt?: number | string
  readonly duration?: string
  readonly fail?: false | { readonly code: string; readonly message: string }
}

/** What rules are made for: the attempts of one run. */
export interface RuleRequest {
  readonly attempts: readonly ObservedAttempt[]
  /** The template's Name, where rules have to say it; null where there is one template only. */
  readonly template: string | null
  /** The rules that hold already, after those of the default plan. */
  readonly before: readonly RecordedRule[]
  /** Whose closed accounts need no rule. */
  readonly world: World
}

/**
 * The rules that make attempts go as they were observed, and no more of them than the plan that holds
 * already does not say. A task is ruled as a whole where one rule is enough for all its attempts, else
 * by region, else by attempt.
 */
export function rulesFor(request: RuleRequest): readonly RecordedRule[] {
  const added: RecordedRule[] = []
  const bySrc = grouped(request.attempts, ({ src }) => src as TaskName)
  for (const [task, group] of bySrc) {
    const made = new Ruler(request, [...request.before, ...added]).rulesOf(task, group)
    added.push(...made)
  }
  return added
}

/** So much longer than it was seen to run does an attempt take that was never seen to end. */
const unseen = 60_000

class Ruler {
  readonly #request: RuleRequest
  readonly #before: readonly RecordedRule[]

  constructor(request: RuleRequest, before: readonly RecordedRule[]) {
    this.#request = request
    this.#before = before
  }

  rulesOf(task: TaskName, group: readonly ObservedAttempt[]): readonly RecordedRule[] {
    const whole = this.#enough(group, { task })
    if (whole !== null) return whole
    const regions = grouped(group, ({ input }) => String(input['region'] ?? ''))
    return [...regions].flatMap(([region, attempts]) => {
      const where = regions.size > 1 || isFannedOut(task) ? { task, region } : { task }
      return this.#enough(attempts, where) ?? this.#byAttempt(attempts, where)
    })
  }

  /** The fewest rules with one selector that all attempts follow; null when no rules do. */
  #enough(
    attempts: readonly ObservedAttempt[],
    where: Pick<RecordedRule, 'task' | 'region' | 'attempt'>,
  ): readonly RecordedRule[] | null {
    const [first] = attempts
    if (first === undefined) return []
    const found = this.#proposals(first, attempts, where).find((rules) =>
      this.#follow(attempts, rules),
    )
    return found ?? null
  }

  /** A rule an attempt; those in a row that went alike share one: `1-2`. */
  #byAttempt(
    attempts: readonly ObservedAttempt[],
    where: Pick<RecordedRule, 'task' | 'region'>,
  ): readonly RecordedRule[] {
    const numbers = [...new Set(attempts.map(({ attempt }) => attempt))].sort((a, b) => a - b)
    const rules: RecordedRule[] = []
    for (let first = 0; first < numbers.length; ) {
      let last = first
      let made = this.#range(attempts, where, numbers.slice(first, last + 1)) ?? []
      while (last + 1 < numbers.length) {
        const wider = this.#range(attempts, where, numbers.slice(first, last + 2))
        if (wider === null) break
        made = wider
        last++
      }
      rules.push(...made)
      first = last + 1
    }
    return rules
  }

  #range(
    attempts: readonly ObservedAttempt[],
    where: Pick<RecordedRule, 'task' | 'region'>,
    numbers: readonly number[],
  ): readonly RecordedRule[] | null {
    const [first, last] = [numbers[0], numbers.at(-1)]
    const attempt = first === last ? (first as number) : `${first}-${last}`
    const those = attempts.filter((each) => numbers.includes(each.attempt))
    return this.#enough(those, { ...where, attempt })
  }

  /** Rules that would make an attempt go as it did, the shortest first. */
  #proposals(
    attempt: ObservedAttempt,
    all: readonly ObservedAttempt[],
    where: Pick<RecordedRule, 'task' | 'region' | 'attempt'>,
  ): readonly (readonly RecordedRule[])[] {
    const { template } = this.#request
    const about = selector(where, template)
    const duration = exactDuration(lasted(attempt))
    const fail = attempt.error === null ? false : failOf(attempt.error)
    // The batches of a share have accounts of their own.
    const unreached = new Map(all.flatMap((each) => this.#toTell(each)).map((u) => [u.account, u]))
    const accounts = [...unreached.values()].map(({ account, code, message }) =>
      Object.assign({}, about, { account, fail: { code, message } }),
    )
    return [
      accounts,
      [{ ...about, duration }, ...accounts],
      [{ ...about, fail }, ...accounts],
      [{ ...about, duration, fail }, ...accounts],
    ]
  }

  /** The accounts that a share did not reach and of which the world does not tell. */
  #toTell({ unreached }: ObservedAttempt): readonly Unreached[] {
    const { world } = this.#request
    return unreached.filter(
      ({ account, code }) => code !== 'InvalidAccount.NotFound' || accountExists(world, account),
    )
  }

  /** Whether attempts go as they were observed with these rules after those that hold. */
  #follow(attempts: readonly ObservedAttempt[], rules: readonly RecordedRule[]): boolean {
    const plan: readonly Rule[] = [...defaultPlan, ...this.#before, ...rules]
    const simulate = simulatePlan({ plan })
    const Name = this.#request.template
    return attempts.every((attempt) => {
      const facts = {
        executionId: '',
        singletonKey: '',
        machine: 'execution@1',
        task: attempt.task,
        src: attempt.src,
        input: attempt.input as Json,
        attempt: attempt.attempt,
        at: attempt.from,
      }
      const answer = simulate(facts, {
        setting: () => undefined,
        counter: () => 0,
        catalogGet: (kind, key) => ({ kind, key, body: { Name } }),
        catalogFind: () => [],
      })
      return answer !== null && this.#agrees(answer, attempt)
    })
  }

  #agrees({ duration, outcome }: SimulatedAttempt, attempt: ObservedAttempt): boolean {
    const { end, error, from, to } = attempt
    if (duration === null) return false
    if (end === 'stopped' || end === 'running') return duration > to - from
    if (duration !== to - from) return false
    if ('error' in outcome) {
      return end === 'failed' && JSON.stringify(outcome.error) === JSON.stringify(error)
    }
    const { failed = [] } = (outcome.output ?? {}) as { readonly failed?: readonly Unreached[] }
    return end === 'done' && JSON.stringify(failed) === JSON.stringify(this.#toTell(attempt))
  }
}

function isFannedOut(task: TaskName): boolean {
  return task === 'copyImage' || task === 'shareImage'
}

/** In the order in which people read it. */
function selector(
  { task, region, attempt }: Pick<RecordedRule, 'task' | 'region' | 'attempt'>,
  template: string | null,
) {
  return {
    task,
    ...(template === null ? {} : { template }),
    ...(region === undefined ? {} : { region }),
    ...(attempt === undefined ? {} : { attempt }),
  }
}

function lasted({ end, from, to }: ObservedAttempt): number {
  return end === 'stopped' || end === 'running' ? to - from + unseen : to - from
}

function failOf(error: NonNullable<ObservedAttempt['error']>): { code: string; message: string } {
  return { code: error.code ?? error.name, message: error.message }
}
