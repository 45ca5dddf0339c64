import type { ExecutionStatus } from '../../../machines/status.js'
import type { FleetPoint, FleetReport } from './report-types.js'
import { length, mean, percent } from './words.js'

/** Something to look at first. */
export interface Finding {
  /** The status whose mark it carries. */
  readonly status: ExecutionStatus
  readonly title: string
  readonly text: string
  /** How much of all it is about. */
  readonly weight: number
}

const doing: Partial<Record<ExecutionStatus, string>> = {
  PREPARING: 'Preparing',
  REPAIRING: 'Repairing',
  BUILDING: 'Building',
  TESTING: 'Testing',
  DISTRIBUTING: 'Distributing',
  RELEASING: 'Releasing',
}

/** What stands out in a fleet, the largest first; at most six. */
export function findingsOf({ point, goal }: FleetReport): readonly Finding[] {
  const found = [longest(point), ...refusals(point), ...ends(point), ...queues(point)]
  const { missed } = point.leadTime
  if (goal !== null && missed !== null && missed.value > 0) {
    found.push({
      status: 'CANCELLING',
      title: `${percent(missed.value)} take longer than ${length(goal)}`,
      text: 'the goal of this fleet',
      weight: missed.value,
    })
  }
  return found
    .filter(({ weight }) => weight > 0.0005)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 6)
}

function longest({ statuses, leadTime, pools }: FleetPoint): Finding {
  const first = statuses.reduce((best, each) => (each.mean.value > best.mean.value ? each : best))
  const weight = first.mean.value / leadTime.mean.value
  const waits = first.status === 'DISTRIBUTING' && pools.some(({ wait }) => wait.value > 1_000)
  return {
    status: first.status,
    title: `${doing[first.status] ?? first.status} takes ${percent(weight)} of the time`,
    text: `${length(first.mean.value)} in the mean${waits ? ', waits for a slot included' : ''}`,
    weight: Number.isFinite(weight) ? weight : 0,
  }
}

function refusals({ refusedRunning, refusedLive }: FleetPoint): readonly Finding[] {
  return [
    {
      status: 'FAILED',
      title: `${percent(refusedRunning.value)} of starts are refused`,
      text: 'as the template runs already',
      weight: refusedRunning.value,
    },
    {
      status: 'FAILED',
      title: `${percent(refusedLive.value)} of starts are refused`,
      text: 'as too many executions live',
      weight: refusedLive.value,
    },
  ]
}

const reasons: Partial<Record<ExecutionStatus, readonly [string, string]>> = {
  PARTITION_SUCCESS: [
    'end with something missing',
    'a copy, a share or the release failed for good',
  ],
  FAILED: ['fail', 'and leave no image behind'],
  TEST_FAILED: ['fail their tests', 'the image exists, and costs'],
}

function ends({ outcomes }: FleetPoint): readonly Finding[] {
  return outcomes.flatMap(({ status, share }) => {
    const reason = reasons[status]
    if (reason === undefined) return []
    const [what, text] = reason
    return [{ status, title: `${percent(share.value)} ${what}`, text, weight: share.value }]
  })
}

function queues({ pools }: FleetPoint): readonly Finding[] {
  return pools.flatMap(({ name, slots, delayed, wait, longest: most, queue }) => {
    if (slots === null) return []
    return [
      {
        status: 'DISTRIBUTING' as const,
        title: `${percent(delayed.value)} of ${name} wait for a slot`,
        text: `${length(wait.value)} in the mean; ${mean(queue.value)} queue, ${most} at most`,
        weight: delayed.value,
      },
    ]
  })
}
