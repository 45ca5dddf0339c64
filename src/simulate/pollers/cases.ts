import { formatDuration } from '../../core/duration.js'
import { type Rule, type TaskName, taskNames } from '../plan/rule.js'

/** How long each task takes, in milliseconds. */
export interface Pace {
  readonly name: string
  readonly taskMs: number
}

/** All is over before anybody looks; some minutes; longer than most time-outs. */
const paces: readonly Pace[] = [
  { name: 'in seconds', taskMs: 1_000 },
  { name: 'in minutes', taskMs: 90_000 },
  { name: 'in hours', taskMs: 1_200_000 },
]

/** What happens to one execution, and around it. */
export interface Case {
  /** `testImage fails, in minutes` */
  readonly name: string
  readonly pace: Pace
  readonly plan: readonly Rule[]
  /** Somebody else cancels it in the middle of this stage. */
  readonly cancelIn: CancelledStage | null
  /** The first answer to a start is lost on its way; the start itself is done. */
  readonly startLost: boolean
  /** A dozen other images are made after this one. */
  readonly crowded: boolean
}

/** The stages that may be cancelled, in order; each has one task. */
export const cancelledStages = ['PREPARING', 'REPAIRING', 'BUILDING'] as const

type CancelledStage = (typeof cancelledStages)[number]

/** The regions that the template copies to; the first alone fails in one of the cases. */
export const copyRegions = ['cn-beijing', 'cn-shanghai'] as const

/**
 * Everything that can become of an execution: each task fails for good, one copy of two, a cancel by
 * somebody else in each stage that allows it, or nothing at all; and, where nothing does, what happens
 * to the calls. Each at every pace.
 */
export function allCases(): readonly Case[] {
  return paces.flatMap(casesAt)
}

function casesAt(pace: Pace): Case[] {
  const duration = formatDuration(pace.taskMs)
  const steady = taskNames.map((task): Rule => ({ task, duration }))
  const of = (name: string, more: Partial<Case> = {}): Case => ({
    pace,
    cancelIn: null,
    startLost: false,
    crowded: false,
    ...more,
    name: `${name}, ${pace.name}`,
    plan: [...steady, ...(more.plan ?? [])],
  })
  const failures = taskNames.map((task) => of(`${task} fails`, { plan: [failing(task)] }))
  const cancels = cancelledStages.map((cancelIn) =>
    of(`cancelled by somebody else while ${cancelIn}`, { cancelIn }),
  )
  const [region] = copyRegions
  const oneCopy = { plan: [{ ...failing('copyImage'), region }] }
  return [
    of('all goes well'),
    ...failures,
    of(`the copy to ${region} fails`, oneCopy),
    ...cancels,
    of('the answer to the start is lost', { startLost: true }),
    of('many images are made', { crowded: true }),
  ]
}

function failing(task: TaskName): Extract<Rule, { readonly task: TaskName }> {
  return { task, fail: { code: 'PlannedFailure', message: `${task} fails` } }
}
