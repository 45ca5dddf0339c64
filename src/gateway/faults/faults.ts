import { derivedBytes } from '../../core/derive.js'
import { durationMs } from '../../core/duration.js'
import type { Caller } from '../access/access-keys.js'
import { type FaultAnswer, type FaultRule, parseFaultRule } from './rule.js'

/** A rule with what became of it. */
export interface FaultEntry {
  /** `fault-1`, `fault-2` … */
  readonly id: string
  readonly rule: FaultRule
  /** Requests, or ends of attempts, that it was about. */
  readonly matched: number
  /** Those of them that it hit. */
  readonly hits: number
}

/** A request as faults see it. */
export interface FaultFacts {
  readonly action: string
  readonly region: string
  readonly caller: Pick<Caller, 'account'>
}

/** The end of a task's attempt as faults see it. */
export interface EndedAttempt {
  /** Tells it from all others; it is met once, however often the process dies of it. */
  readonly id: string
  readonly task: string
  readonly region: string
  readonly attempt: number
  /** The Name of its template; asked only when a rule wants to know it. */
  readonly template: () => string | undefined
}

/** What happens to a request. */
export interface FaultEffect {
  /** Milliseconds of wall time. */
  readonly latency: number
  readonly answer?: FaultAnswer
  readonly drop?: 'request' | 'answer'
  /** The process dies as well. */
  readonly crash?: true
}

interface Kept {
  readonly id: string
  readonly rule: FaultRule
  /** Attempts that it has met. */
  readonly met: Set<string>
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
    const id = `fault-${++this.#added}`
    const kept = { id, rule: parseFaultRule(rule), met: new Set<string>(), matched: 0, hits: 0 }
    this.#rules = [...this.#rules, kept]
    return entryOf(kept)
  }

  list(): readonly FaultEntry[] {
    return this.#rules.map(entryOf)
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
      const { rule } = kept
      if (!isAbout(rule, facts) || !this.#hits(kept)) continue
      latency += rule.latency === undefined ? 0 : durationMs(rule.latency)
      if (rule.answer !== undefined) return { latency, answer: rule.answer }
      if (rule.drop !== undefined) return { latency, drop: rule.drop }
      if (rule.crash !== undefined) {
        return { latency, drop: rule.crash === 'before' ? 'request' : 'answer', crash: true }
      }
    }
    return { latency }
  }

  /** Whether any rule is about tasks: then the ends of attempts are to be told. */
  get areOfTasks(): boolean {
    return this.#rules.some(({ rule }) => rule.task !== undefined)
  }

  /** Whether the process dies as an attempt's end is kept, and on which side; counts it. */
  strikeEnd(ended: EndedAttempt): 'before' | 'after' | null {
    for (const kept of this.#rules) {
      if (kept.met.has(ended.id) || !isOfTask(kept.rule, ended)) continue
      kept.met.add(ended.id)
      if (this.#hits(kept)) return kept.rule.crash ?? null
    }
    return null
  }

  #hits(kept: Kept): boolean {
    const { id, rule } = kept
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
    const bytes = derivedBytes(this.#seed, id, n, 4)
    return Buffer.from(bytes).readUInt32BE(0) / 2 ** 32
  }
}

function isAbout(rule: FaultRule, { action, region, caller }: FaultFacts): boolean {
  return (
    rule.task === undefined &&
    (rule.operation ?? action) === action &&
    (rule.region ?? region) === region &&
    (rule.account ?? caller.account) === caller.account
  )
}

function isOfTask(rule: FaultRule, { task, region, attempt, template }: EndedAttempt): boolean {
  return (
    rule.task === task &&
    (rule.region ?? region) === region &&
    (rule.attempt ?? attempt) === attempt &&
    (rule.template === undefined || rule.template === template())
  )
}

function entryOf({ id, rule, matched, hits }: Kept): FaultEntry {
  return { id, rule, matched, hits }
}
