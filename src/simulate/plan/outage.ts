import { childKey, type DrawKey, drawn } from '../../core/draw.js'
import { durationMs } from '../../core/duration.js'
import { BakelineError } from '../../core/errors.js'
import type { TaskError } from '../../core/policy.js'
import { instantOf } from './during.js'
import type { OutageRule, TaskName } from './rule.js'
import { compileDuration, sampled } from './spread.js'

/** A stretch of time, without its end. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** An outage as attempts are held against it. */
export interface CompiledOutage {
  readonly regions: readonly string[]
  readonly tasks: readonly TaskName[] | undefined
  /** Null: attempts take longer. */
  readonly error: TaskError | null
  readonly slower: number
  /** When the regions are down between two times, in order and apart; `seed` is the file's key. */
  spans(seed: DrawKey, from: number, to: number): readonly Span[]
}

/** Of the lengths of outages this share is not looked at: they are cut there. */
const longestShare = 1 - 1e-6

/** So many outages at a time, in the mean, would be no outage but the end. */
const mostAtATime = 200

/**
 * @param salt tells the draws of this rule from those of others
 * @throws BakelineError `INVALID_INPUT`
 */
export function compileOutage(
  rule: OutageRule,
  salt: number,
  error: TaskError | null,
): CompiledOutage {
  return {
    regions: typeof rule.outage === 'string' ? [rule.outage] : rule.outage,
    tasks: rule.tasks,
    error,
    slower: rule.slower ?? 1,
    spans: rule.during === undefined ? byChance(rule, salt) : fixed(rule.during),
  }
}

function fixed({ from, to }: NonNullable<OutageRule['during']>): CompiledOutage['spans'] {
  const span = { from: instantOf(from), to: instantOf(to) }
  return (_, begin, end) => (span.from < end && span.to > begin ? [span] : [])
}

/**
 * Beginnings are a Poisson process, cut into blocks of time: each block's outages follow from the
 * seed and the block's number, so any stretch can be asked for without what was before it.
 */
function byChance({ every, lasts }: OutageRule, salt: number): CompiledOutage['spans'] {
  const gap = durationMs(every ?? 0)
  const length = compileDuration(lasts ?? 0)
  const longest = sampled(length, longestShare)
  const block = Math.max(gap, longest)
  if (gap === 0 || block / gap > mostAtATime) {
    throw new BakelineError('INVALID_INPUT', '"lasts" is so much longer than "every": no uptime')
  }
  const inBlock = remembering((key: DrawKey, n: number) => {
    const ofBlock = childKey(childKey(key, salt), n)
    const count = poisson(block / gap, drawn(childKey(ofBlock, 0)))
    return Array.from({ length: count }, (_, index): Span => {
      const from = Math.round((n + drawn(childKey(ofBlock, 2 * index + 1))) * block)
      const took = sampled(length, drawn(childKey(ofBlock, 2 * index + 2)))
      return { from, to: from + Math.min(longest, took) }
    })
  })
  return (seed, begin, end) => {
    const found: Span[] = []
    for (let n = Math.floor((begin - longest) / block); n * block < end; n++) {
      // Block numbers are shifted to be whole and positive, as keys are.
      if (n >= 0) found.push(...inBlock(seed, n))
    }
    return merged(found).filter((span) => span.from < end && span.to > begin)
  }
}

/** How many events of a mean there are, of the share `u` of all cases. */
function poisson(mean: number, u: number): number {
  let count = 0
  let probability = Math.exp(-mean)
  let below = probability
  while (u > below && count < 10 * mean + 100) {
    count += 1
    probability *= mean / count
    below += probability
  }
  return count
}

function merged(spans: readonly Span[]): readonly Span[] {
  const apart: Span[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = apart.at(-1)
    if (last === undefined || last.to < span.from) apart.push(span)
    else apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
  }
  return apart
}

/** Keeps the last answers: attempts ask for the same few blocks again and again. */
function remembering<T>(compute: (key: DrawKey, n: number) => T): (key: DrawKey, n: number) => T {
  const known = new Map<number, T>()
  let of: DrawKey | null = null
  return (key, n) => {
    if (of !== key || known.size > 1_000) known.clear()
    of = key
    const before = known.get(n)
    if (before !== undefined) return before
    const value = compute(key, n)
    known.set(n, value)
    return value
  }
}

/** What outages make of an attempt that would take `duration` milliseconds from `at`. */
export function throughOutages(
  outages: readonly CompiledOutage[],
  seed: DrawKey,
  { at, duration }: { readonly at: number; readonly duration: number },
): { readonly duration: number; readonly error: TaskError | null } {
  let length = duration
  for (const outage of outages) {
    if (outage.error === null) length = slowed(outage, seed, at, length)
  }
  let failed: { readonly at: number; readonly error: TaskError } | null = null
  for (const outage of outages) {
    if (outage.error === null) continue
    // An attempt that takes no time runs at its instant all the same.
    const [first] = outage.spans(seed, at, at + Math.max(1, length))
    if (first === undefined) continue
    const from = Math.max(at, first.from)
    if (failed === null || from < failed.at) failed = { at: from, error: outage.error }
  }
  if (failed === null) return { duration: length, error: null }
  return { duration: failed.at - at, error: failed.error }
}

/** The work that falls into an outage takes so many times longer. */
function slowed(outage: CompiledOutage, seed: DrawKey, at: number, work: number): number {
  const { slower } = outage
  let [now, left] = [at, work]
  for (;;) {
    const [span] = outage.spans(seed, now, now + left)
    if (span === undefined) return now + left - at
    left -= Math.max(0, span.from - now)
    const begin = Math.max(now, span.from)
    const meanwhile = (span.to - begin) / slower
    if (meanwhile >= left) return Math.round(begin + left * slower - at)
    left -= meanwhile
    now = span.to
  }
}
