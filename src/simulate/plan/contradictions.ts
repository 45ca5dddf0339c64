import { durationMs } from '../../core/duration.js'
import { isOffset } from './during.js'
import { compileOutage } from './outage.js'
import type { CallRule, OutageRule } from './rule.js'

/** Fields that are right each for itself, and cannot stand together. */
export interface Contradiction {
  readonly path: readonly string[]
  readonly message: string
}

/** The longest that a call may be held up. */
const longestLatency = '10m'

export function outageContradictions(rule: OutageRule): readonly Contradiction[] {
  const found: Contradiction[] = []
  const { during, every, lasts, fail, slower } = rule
  if ((during === undefined) === (every === undefined)) {
    const message = 'an outage has either "during", or "every" and "lasts"'
    found.push({ path: [], message })
  }
  if ((every === undefined) !== (lasts === undefined)) {
    found.push({ path: [], message: '"every" and "lasts" go together' })
  }
  if (fail !== undefined && slower !== undefined) {
    found.push({ path: ['slower'], message: 'attempts either fail or are slower, not both' })
  }
  if (during !== undefined && !isBefore(during.from, during.to)) {
    found.push({ path: ['during', 'to'], message: '"to" is not after "from"' })
  }
  if (found.length > 0 || every === undefined) return found
  if (durationMs(every) === 0) {
    return [{ path: ['every'], message: '"every" must be above 0' }]
  }
  return outageFits(rule)
}

/** Whether two times are in order; a time and an offset cannot be compared before they are read. */
function isBefore(from: string, to: string): boolean {
  if (isOffset(from) !== isOffset(to)) return true
  return isOffset(from) ? durationMs(from) < durationMs(to) : Date.parse(from) < Date.parse(to)
}

function outageFits(rule: OutageRule): readonly Contradiction[] {
  try {
    compileOutage(rule, 0, null)
    return []
  } catch (error) {
    return [{ path: ['lasts'], message: error instanceof Error ? error.message : String(error) }]
  }
}

export function callContradictions(rule: CallRule): readonly Contradiction[] {
  const found: Contradiction[] = []
  if (rule.latency === undefined && rule.fail === undefined) {
    found.push({ path: [], message: 'a call rule must state a latency, a failure (fail) or both' })
  }
  const counts = (['nth', 'first', 'every'] as const).filter((key) => rule[key] !== undefined)
  if (counts[1] !== undefined) {
    found.push({ path: [counts[1]], message: 'give one of nth, first and every' })
  }
  const { latency } = rule
  if (typeof latency === 'string' && durationMs(latency) > durationMs(longestLatency)) {
    found.push({ path: ['latency'], message: `"latency" is at most ${longestLatency}` })
  }
  return found
}
