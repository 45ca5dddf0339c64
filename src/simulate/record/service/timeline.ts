import {
  cancellableStatuses,
  type ExecutionStatus,
  terminalStatuses,
} from '../../../../machines/status.js'
import type { Sighting, Told } from './told.js'

/** A status of an execution. Times in milliseconds since 1970. */
export interface Stretch {
  readonly status: ExecutionStatus
  /** Whether a poll showed it. */
  readonly seen: boolean
  /** When it began, as near as the polls tell. */
  readonly from: number
  /** Between which times it began for sure; the same where that is known. */
  readonly bounds: readonly [number, number]
}

/** The statuses of an execution, the last one being its end or what it was seen in last. */
export interface Timeline {
  readonly stretches: readonly Stretch[]
  readonly ended: boolean
  /** When it was seen last, or ended. */
  readonly until: number
  /** Statuses that were seen where the machine has no place for them. */
  readonly misplaced: readonly ExecutionStatus[]
}

/** The stages that a template's executions have beside those that all have. */
export interface Stages {
  readonly repairs: boolean
  readonly tests: boolean
  readonly distributes: boolean
}

/** When each status began: between the poll that did not see it and the one that did. */
export function timelineOf({ sightings, startedAt }: Told, stages: Stages): Timeline {
  const path = pathOf(sightings, stages)
  const { sights, misplaced } = inOrder(sightings, path)
  const stretches: Stretch[] = []
  for (const [index, status] of path.entries()) {
    if (index === 0) {
      const seen = sights.some((sight) => sight.status === status)
      stretches.push({ status, seen, from: startedAt, bounds: [startedAt, startedAt] })
      continue
    }
    if (stretches.length > index) continue
    const next = path.findIndex((each, at) => at >= index && sights.some((s) => s.status === each))
    stretches.push(...gap(path.slice(index, next + 1), sights, stretches, startedAt))
  }
  const last = stretches.at(-1) as Stretch
  const ended = terminalStatuses.includes(last.status)
  const until = ended ? last.from : Math.max(last.from, ...sights.map(({ seen }) => seen))
  return { stretches, ended, until, misplaced }
}

/** The service tells times to the second. */
const second = 1_000

/** Statuses that nobody saw, and the one that somebody saw after them, share the time between. */
function gap(
  statuses: readonly ExecutionStatus[],
  sights: readonly Sighting[],
  before: readonly Stretch[],
  startedAt: number,
): readonly Stretch[] {
  const status = statuses.at(-1) as ExecutionStatus
  const those = sights.filter((sight) => sight.status === status)
  const earlier = new Set(before.map((stretch) => stretch.status))
  const lasts = sights.filter((sight) => earlier.has(sight.status)).map(({ seen }) => seen)
  const begun = before.at(-1)?.from ?? startedAt
  const high = Math.max(begun, (those[0] as Sighting).modified)
  const low = Math.min(high, Math.max(begun, ...lasts))
  const exact = tellsExactly(status, those)
  const parts = statuses.length + (exact ? 0 : 1)
  return statuses.map((each, index): Stretch => {
    const isLast = index === statuses.length - 1
    const share = low + ((high - low) * (index + 1)) / parts
    const from = Math.min(high, Math.max(low, Math.round(share / second) * second))
    const bounds = isLast && exact ? ([high, high] as const) : ([low, high] as const)
    return { status: each, seen: isLast, from, bounds }
  })
}

/**
 * Whether ModifiedTime is when a status began: that of an end is, and one that did not move between
 * two polls. While images are distributed it moves with each of them.
 */
function tellsExactly(status: ExecutionStatus, those: readonly Sighting[]): boolean {
  if (terminalStatuses.includes(status)) return true
  if (status === 'DISTRIBUTING') return false
  return those.length > 1 && those.every(({ modified }) => modified === those[0]?.modified)
}

/** Every status that it must have had, from what it was seen in and what its template asks for. */
function pathOf(sightings: readonly Sighting[], stages: Stages): readonly ExecutionStatus[] {
  const seen = new Set(sightings.map(({ status }) => status))
  const working: readonly ExecutionStatus[] = [
    'PREPARING',
    ...(stages.repairs ? (['REPAIRING'] as const) : []),
    'BUILDING',
    ...(stages.tests ? (['TESTING'] as const) : []),
    ...(stages.distributes ? (['DISTRIBUTING'] as const) : []),
  ]
  const upTo = (last: ExecutionStatus): readonly ExecutionStatus[] =>
    working.slice(0, working.indexOf(last) + 1)
  const end = sightings.map(({ status }) => status).find((each) => terminalStatuses.includes(each))
  const lastOf = (among: readonly ExecutionStatus[], otherwise: ExecutionStatus) =>
    working.findLast((each) => among.includes(each) && seen.has(each)) ?? otherwise
  if (end === 'CANCELLED' || (end === undefined && seen.has('CANCELLING'))) {
    const cancelled = upTo(lastOf(cancellableStatuses, 'PREPARING'))
    return [...cancelled, 'CANCELLING', ...(end === undefined ? [] : [end])]
  }
  if (end === 'FAILED') {
    const unseen = seen.has('PREPARING') || seen.has('REPAIRING') ? 'PREPARING' : 'BUILDING'
    return [...upTo(lastOf(cancellableStatuses, unseen)), 'RELEASING', end]
  }
  if (end === 'TEST_FAILED') return [...upTo('TESTING'), 'RELEASING', end]
  if (end !== undefined) return [...working, 'RELEASING', end]
  if (seen.has('RELEASING')) return [...working, 'RELEASING']
  return upTo(lastOf(working, 'PREPARING'))
}

/** What was seen in the order of the path; a status that comes back, or has no place, is left out. */
function inOrder(
  sightings: readonly Sighting[],
  path: readonly ExecutionStatus[],
): { readonly sights: readonly Sighting[]; readonly misplaced: readonly ExecutionStatus[] } {
  const sights: Sighting[] = []
  const misplaced = new Set<ExecutionStatus>()
  let reached = 0
  for (const sight of sightings) {
    const at = path.indexOf(sight.status)
    if (at < reached) misplaced.add(sight.status)
    else {
      reached = at
      sights.push(sight)
    }
  }
  return { sights, misplaced: [...misplaced] }
}
