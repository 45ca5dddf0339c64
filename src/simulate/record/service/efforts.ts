import type { ExecutionStatus } from '../../../../machines/status.js'
import { policies } from '../../../imagebuilder/definition.js'
import { exactDuration } from '../exact.js'
import type { ServiceTemplate } from './templates.js'
import type { Stretch, Timeline } from './timeline.js'
import type { Told, ToldCopy } from './told.js'

/** What a task did for an execution, over all its attempts. */
export interface Effort {
  readonly task: keyof typeof attemptsOf
  readonly region: string | null
  /** Of each attempt, and how much longer the last one was. Milliseconds. */
  readonly duration: number
  readonly rest: number
  readonly end: 'done' | 'failed' | 'stopped'
  readonly fail: { readonly code: string; readonly message: string } | null
  /** Whether the answers tell how long it took; else it had to be guessed. */
  readonly observed: boolean
  /** How well its time is known, for people. */
  readonly comment: string
  /** By how much longer it takes with the pauses between attempts than it was seen to. */
  readonly over: number
}

const attemptsOf = {
  prepareInstance: 1,
  repairImage: 1,
  buildImage: 1,
  testImage: 1,
  copyImage: policies.copyImage.attempts,
  shareImage: policies.shareImage.attempts,
  releaseResources: policies.releaseResources.attempts,
} as const

/** All pauses between three attempts: the first, and one of twice its length. */
const pauses: Partial<Record<Effort['task'], number>> = {
  copyImage: 90_000,
  releaseResources: 30_000,
}

/** So much longer than it was seen to run does an attempt take that was never seen to end. */
const unseen = 60_000

/** How long sharing takes, as nothing tells when it begins. */
const sharing = 10_000

/** What failures have and others do not. */
const unfailing = { rest: 0, over: 0, fail: null }

const taskIn: Partial<Record<ExecutionStatus, Effort['task']>> = {
  PREPARING: 'prepareInstance',
  REPAIRING: 'repairImage',
  BUILDING: 'buildImage',
  TESTING: 'testImage',
  RELEASING: 'releaseResources',
  CANCELLING: 'releaseResources',
}

/** How many attempts an effort was. */
export function triesOf({ task, end }: Effort): number {
  return end === 'failed' ? attemptsOf[task] : 1
}

/** The tasks that made an execution go as it was seen to. */
export function effortsOf(
  told: Told,
  timeline: Timeline,
  { copies, accounts }: ServiceTemplate,
): readonly Effort[] {
  const { stretches, until, ended } = timeline
  const end = (stretches.at(-1) as Stretch).status
  const lostCopies = copies.filter((region) => imageIn(told, region)?.status === 'CreateFailed')
  const fail = failOf(told)
  const worked = ended ? stretches.slice(0, -1) : stretches
  return worked.flatMap((stretch, index): Effort[] => {
    const next = stretches[index + 1]
    if (stretch.status === 'DISTRIBUTING') {
      const share = accounts.length > 0
      return distribution({ told, stretch, next, until, copies, share, lostCopies, fail })
    }
    const task = taskIn[stretch.status] as Effort['task']
    const stopped = next === undefined || next.status === 'CANCELLING'
    const fails =
      (end === 'FAILED' && next?.status === 'RELEASING') ||
      (end === 'TEST_FAILED' && task === 'testImage') ||
      (end === 'PARTITION_SUCCESS' && task === 'releaseResources' && lostCopies.length === 0)
    const span = (next?.from ?? until) - stretch.from
    const comment = commentOf(stretch, next)
    const observed = stretch.seen && next?.seen === true
    const base = { ...unfailing, task, region: null, comment, observed }
    if (stopped) return [{ ...base, end: 'stopped', duration: span + unseen, observed: false }]
    if (fails) return [{ ...base, ...tried(task, span, comment), end: 'failed', fail }]
    return [{ ...base, end: 'done', duration: span }]
  })
}

interface Distributing {
  readonly told: Told
  readonly stretch: Stretch
  readonly next: Stretch | undefined
  readonly until: number
  readonly copies: readonly string[]
  readonly share: boolean
  readonly lostCopies: readonly string[]
  readonly fail: Effort['fail']
}

/** Copies at the same time, the last of which ends the stage; sharing after them. */
function distribution(of: Distributing): Effort[] {
  const { told, stretch, next, until, copies, share, lostCopies, fail } = of
  const all = (next?.from ?? until) - stretch.from
  const last = next === undefined ? unseen : 0
  const shared = share ? (copies.length === 0 ? all : Math.min(sharing, Math.round(all / 2))) : 0
  const copied = all - shared + last
  const ends = copies.map((region) => endOf(imageIn(told, region), stretch.from, copied))
  const latest = Math.max(...ends.map((end) => end?.after ?? copied))
  const efforts = copies.map((region, index): Effort => {
    const end = ends[index] ?? null
    const isLast = end === null || end.after === latest
    const duration = isLast ? copied : end.after
    const alone = copies.length === 1
    const observed = stretch.seen && next?.seen === true && (end !== null || alone)
    const bounded = end === null ? commentOf(stretch, next) : `its image: ${end.text}`
    const comment =
      end === null && !alone ? `${bounded}; when this copy ended was not told` : bounded
    const base = { ...unfailing, task: 'copyImage', region, observed, comment } as const
    if (!lostCopies.includes(region)) return { ...base, end: 'done', duration }
    return { ...base, ...tried('copyImage', duration, comment), end: 'failed', fail }
  })
  if (!share) return efforts
  const duration = shared + (copies.length === 0 ? last : 0)
  const comment = 'when sharing began was not told'
  const base = { ...unfailing, task: 'shareImage', region: null, observed: false } as const
  return [...efforts, { ...base, comment, end: 'done', duration }]
}

/** How long each of all attempts took that failed one after another, with pauses between. */
function tried(
  task: Effort['task'],
  span: number,
  bounds: string,
): Pick<Effort, 'duration' | 'rest' | 'over' | 'comment'> {
  const attempts = attemptsOf[task]
  if (attempts === 1) return { duration: span, rest: 0, over: 0, comment: bounds }
  const pause = pauses[task] ?? 0
  const over = Math.max(0, pause - span)
  const working = Math.max(0, span - pause)
  const duration = Math.floor(working / attempts / 1_000) * 1_000
  const longer = over === 0 ? '' : `, and their pauses alone take ${exactDuration(over)} longer`
  return {
    duration,
    rest: working - attempts * duration,
    over,
    comment: `${bounds}; ${attempts} attempts are assumed${longer}`,
  }
}

function endOf(
  image: ToldCopy | undefined,
  from: number,
  most: number,
): { readonly after: number; readonly text: string } | null {
  if (image?.between == null) return null
  const [low, high] = image.between.map((at) => Math.min(most, Math.max(0, at - from)))
  return {
    after: Math.round(((low as number) + (high as number)) / 2),
    text: rangeText(low as number, high as number),
  }
}

function imageIn(told: Told, region: string): ToldCopy | undefined {
  return told.images.find((image) => image.region === region)
}

/** Of a message, in characters. */
const longest = 1_000

function failOf({ last }: Told): { readonly code: string; readonly message: string } {
  const message = last.Message.replace(/^Copying to \S+ failed: |^Releasing .* failed: /, '')
  return {
    code: last.ErrorCode || 'InternalError',
    message: message.slice(0, longest) || 'no reason was told',
  }
}

/** Within which bounds a status lasted. */
function commentOf(stretch: Stretch, next: Stretch | undefined): string {
  const { status, seen, bounds } = stretch
  if (next === undefined) return `${status} was not seen to end`
  const low = Math.max(0, next.bounds[0] - bounds[1])
  const high = next.bounds[1] - bounds[0]
  if (!seen) return `${status} was not seen: at most ${exactDuration(high)}`
  return `${status}: ${rangeText(low, high)}`
}

function rangeText(low: number, high: number): string {
  if (low === high) return 'to the second, as ModifiedTime tells'
  return `between ${exactDuration(low)} and ${exactDuration(high)}`
}
