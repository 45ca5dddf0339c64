import { childKey, type DrawKey, drawn, namedKey } from '../../core/draw.js'
import { compileDuring } from './during.js'
import type { CallFail, CallRule, Rule } from './rule.js'
import { type CompiledDuration, compileDuration, sampled } from './spread.js'

/** A call of the API, as rules see it. */
export interface CallFacts {
  /** `StartImagePipelineExecution` */
  readonly operation: string
  readonly region: string
  /** The file's time, in milliseconds. */
  readonly at: number
}

/** How a call is refused in place of the service. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
}

/** What happens to a call. */
export interface CallEffect {
  /** Milliseconds that pass before anything else. */
  readonly latency: number
  /** Null: the service answers. */
  readonly refusal: Refusal | null
}

interface Kept {
  readonly rule: CallRule
  readonly during: ((at: number) => boolean) | undefined
  readonly latency: CompiledDuration
  readonly refusal: Refusal | null
  readonly key: DrawKey
  /** Calls that the rule was about. */
  matched: number
}

/**
 * The call rules of a plan. They are asked in order, as the gateway asks its faults: latencies add
 * up, and the first rule that refuses is the last one asked.
 */
export class Calls {
  readonly #seed: DrawKey
  #rules: readonly Kept[] = []

  /** @throws BakelineError `INVALID_INPUT` for a duration or a time that cannot be read */
  constructor(seed: DrawKey, rules: readonly Rule[]) {
    this.#seed = seed
    this.add(rules)
  }

  /** Adds the call rules among these after the others. */
  add(rules: readonly Rule[]): void {
    const before = this.#rules.length
    const kept = rules.flatMap((rule) => ('call' in rule ? [rule] : []))
    this.#rules = [
      ...this.#rules,
      ...kept.map((rule, index): Kept => {
        const key = childKey(namedKey(this.#seed, `call ${rule.call}`), before + index)
        return {
          rule,
          during: rule.during === undefined ? undefined : compileDuring(rule.during),
          latency: compileDuration(rule.latency ?? 0),
          refusal: rule.fail === undefined ? null : refusalOf(rule.fail),
          key,
          matched: 0,
        }
      }),
    ]
  }

  /** What happens to a call; counts it. */
  strike(facts: CallFacts): CallEffect {
    let latency = 0
    for (const kept of this.#rules) {
      const key = hit(kept, facts)
      if (key === null) continue
      latency += sampled(kept.latency, drawn(childKey(key, 1)))
      if (kept.refusal !== null) return { latency, refusal: kept.refusal }
    }
    return { latency, refusal: null }
  }
}

/** The key under which a rule draws for a call; null when the rule does not hit it. */
function hit(kept: Kept, { operation, region, at }: CallFacts): DrawKey | null {
  const { rule, during } = kept
  if (rule.call !== operation || (rule.region ?? region) !== region) return null
  if (during !== undefined && !during(at)) return null
  const n = ++kept.matched
  if (!isCounted(rule, n)) return null
  const key = childKey(kept.key, n)
  return drawn(childKey(key, 0)) < (rule.probability ?? 1) ? key : null
}

function isCounted({ nth, first, every }: CallRule, n: number): boolean {
  if (nth !== undefined) return n === nth
  return first === undefined ? n % (every ?? 1) === 0 : n <= first
}

function refusalOf(fail: CallFail): Refusal {
  const given = typeof fail === 'string' ? { code: 'ServiceUnavailable', message: fail } : fail
  return {
    status: 503,
    message: 'The request has failed due to a temporary failure of the server.',
    ...given,
  }
}
