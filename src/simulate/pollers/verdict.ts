import type { ExecutionStatus } from '../../../machines/status.js'
import type { Claim, Poller } from './poller.js'

/** How a poller met a case. */
export interface Meeting {
  readonly case: string
  /** Null: it still waited when it was stopped, half an hour after the end. */
  readonly claim: Claim | null
  /** What it threw, when its claim comes from that. */
  readonly error: string | null
  /** When it said so, or was stopped, in milliseconds after it began. */
  readonly saidAt: number
  /** The status at that moment; null when nothing had been started. */
  readonly statusThen: ExecutionStatus | null
  /** What the first execution came to, and when. */
  readonly end: ExecutionStatus
  readonly endedAt: number
  /** How many executions it started. */
  readonly starts: number
}

/**
 * What is wrong with the way it waited:
 *
 * * `hangs`: the execution had ended, and it waited on, until its time-out or for ever;
 * * `lies`: it said what turned out not to be so;
 * * `double-starts`: it started more than one execution.
 */
export type Flaw = 'hangs' | 'lies' | 'double-starts'

/** After the end, so long is long enough to look once more: no flaw. */
const graceMs = 60_000

export function flawsOf({ goal = 'bake' }: Pick<Poller, 'goal'>, meeting: Meeting): Flaw[] {
  const { claim, saidAt, endedAt, end, starts } = meeting
  const late = saidAt > endedAt + graceMs
  const flaws: Flaw[] = []
  if (claim === null || (claim === 'gave up' && late)) flaws.push('hangs')
  else if (!isTrue(goal, claim, end)) flaws.push('lies')
  if (starts > 1) flaws.push('double-starts')
  return flaws
}

function isTrue(goal: 'bake' | 'cancel', claim: Claim, end: ExecutionStatus): boolean {
  const reached = goal === 'cancel' ? end === 'CANCELLED' : end === 'SUCCESS'
  if (goal === 'bake' && end === 'PARTITION_SUCCESS') return claim !== 'success'
  return reached === (claim === 'success')
}
