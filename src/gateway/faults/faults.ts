import { derive } from '../../core/derive.js'
import { durationMs } from '../../core/duration.js'
import type { Caller } from '../access/access-keys.js'
import { type FaultAnswer, type FaultRule, parseFaultRule } from './rule.js'

/** A rule with what became of it. */
export interface FaultEntry {
  /** `fault-1`, `fault-2` … */
  readonly id: string
  readonly rule: FaultRule
  /** Requests that it was about. */
  readonly matched: number
  /** Requests that it hit. */
  readonly hits: number
}

/** A request as faults see it. */
export interface FaultFacts {
  readonly action: string
  readonly region: string
  readonly caller: Pick<Caller, 'account'>
}

/** What happens to a request. */
export interface FaultEffect {
  /** Milliseconds of wall time. */
  readonly latency: number
  readonly answer?: FaultAnswer
  readonly drop?: 'request' | 'answer'
}

interface Kept {
  readonly id: string
  readonly rule: FaultRule
  matched: number
  hits: number
}

/**
 * The faults of one process, set while it runs; they are not kept in the file. Rules are asked in
 * order: latencies add up, and the first one that answers or drops is the last one asked.
 */
export class Faults {
  readonly #seed: string
  #rules: readonly Kept[] = []
  #added = 0

  /** @param seed the file's, or any text: what probabilities are drawn from */
  constructor(seed: string) {
    this.#seed = seed
  }

  /**
   * Adds a rule after the others.
   *
   * @throws BakelineError `INVALID_INPUT` for a rule that cannot be read
   */
  add(rule: unknown): FaultEntry {
    const kept = { id: `fault-${++this.#added}`, rule: parseFaultRule(rule), matched: 0, hits: 0 }
    this.#rules = [...this.#rules, kept]
    return { ...kept }
  }

  list(): readonly FaultEntry[] {
    return this.#rules.map((kept) => ({ ...kept }))
  }

  /** Takes a rule away; false when there is none of that id. */
  remove(id: string): boolean {
    const before = this.#rules.length
    this.#rules = this.#rules.filter((kept) => kept.id !== id)
    return this.#rules.length < before
  }

  clear(): void {
    this.#rules = []
  }

  /** What happens to a request; counts it. */
  strike(facts: FaultFacts): FaultEffect {
    let latency = 0
    for (const kept of this.#rules) {
      if (!this.#hits(kept, facts)) continue
      const { rule } = kept
      latency += rule.latency === undefined ? 0 : durationMs(rule.latency)
      if (rule.answer !== undefined) return { latency, answer: rule.answer }
      if (rule.drop !== undefined) return { latency, drop: rule.drop }
    }
    return { latency }
  }

  #hits(kept: Kept, facts: FaultFacts): boolean {
    const { id, rule } = kept
    if (!isAbout(rule, facts)) return false
    const n = ++kept.matched
    const counted =
      rule.nth !== undefined
        ? n === rule.nth
        : rule.first !== undefined
          ? n <= rule.first
          : n % (rule.every ?? 1) === 0
    if (!counted || (rule.probability !== undefined && this.#draw(id, n) >= rule.probability)) {
      return false
    }
    kept.hits += 1
    return true
  }

  /** 0 to 1, without 1; follows from the seed, the rule and the request's number alone. */
  #draw(id: string, n: number): number {
    const bytes = derive(this.#seed, id, n)(4)
    return Buffer.from(bytes).readUInt32BE(0) / 2 ** 32
  }
}

function isAbout(rule: FaultRule, { action, region, caller }: FaultFacts): boolean {
  return (
    (rule.operation ?? action) === action &&
    (rule.region ?? region) === region &&
    (rule.account ?? caller.account) === caller.account
  )
}
