import { z } from 'zod'
import { type Duration, durationMs } from '../../core/duration.js'
import { BakelineError } from '../../core/errors.js'

/** What a fault answers in place of the operation, in the format of the request. */
export interface FaultAnswer {
  /** HTTP, 400 to 599. */
  readonly status: number
  /** `StartImagePipelineExecution.Failed` */
  readonly code: string
  readonly message: string
}

/** The tasks at whose end the process can die. */
export const faultyTasks = [
  'prepareInstance',
  'repairImage',
  'buildImage',
  'testImage',
  'copyImage',
  'shareImage',
  'releaseResources',
  'createImage',
] as const

/**
 * A fault of the service: which requests it is about, or the ends of which attempts, which of those
 * it hits, and what happens to them. Only requests that were let in count, their parameters still
 * unchecked.
 */
export interface FaultRule {
  /** The action; absent: any. */
  readonly operation?: string
  /** Of a request, what it names; of a task, the one that it works in. */
  readonly region?: string
  readonly account?: string
  /** The rule is about the ends of this task's attempts, and about no request; it needs `crash`. */
  readonly task?: (typeof faultyTasks)[number]
  /** Of a task: the Name of the template. */
  readonly template?: string
  /** Of a task: which attempt; absent: any. */
  readonly attempt?: number
  /** Hits the n-th request alone. */
  readonly nth?: number
  /** Hits the first n requests. */
  readonly first?: number
  /** Hits every n-th request. */
  readonly every?: number
  /** Of those, how many it hits: 0 to 1. Drawn from the file's seed where it has one. */
  readonly probability?: number
  /** Waits before anything else is done, in wall time, at most ten minutes. */
  readonly latency?: Duration
  /** Answered at once; nothing is done. */
  readonly answer?: FaultAnswer
  /** Closes the connection without an answer: before anything is done, or when all is done. */
  readonly drop?: 'request' | 'answer'
  /**
   * The process dies, just before that which was done is kept or just after: nobody is answered any
   * more, and the file is opened anew.
   */
  readonly crash?: 'before' | 'after'
}

const longestMs = 10 * 60_000
const count = z.number().int().min(1).max(1_000_000_000).exactOptional()
const name = z.string().min(1).max(128).exactOptional()

/** What `parseFaultRule` reads, before it looks at how the fields go together. */
export const faultRuleSchema = z.strictObject({
  operation: name,
  region: name,
  account: name,
  task: z.enum(faultyTasks).exactOptional(),
  template: name,
  attempt: z.number().int().min(1).max(1_000).exactOptional(),
  nth: count,
  first: count,
  every: count,
  probability: z.number().min(0).max(1).exactOptional(),
  latency: z.union([z.string(), z.number()]).exactOptional(),
  answer: z
    .strictObject({
      status: z.number().int().min(400).max(599),
      code: z.string().regex(/^[\w.-]{1,128}$/, 'must be a code such as Throttling.User'),
      message: z.string().max(2_000),
    })
    .exactOptional(),
  drop: z.enum(['request', 'answer']).exactOptional(),
  crash: z.enum(['before', 'after']).exactOptional(),
})

/**
 * Reads a rule that comes from outside.
 *
 * @throws BakelineError `INVALID_INPUT` that names the field
 */
export function parseFaultRule(value: unknown): FaultRule {
  const read = faultRuleSchema.safeParse(value)
  if (!read.success) {
    const [issue] = read.error.issues
    const path = (issue?.path ?? []).join('.')
    throw invalid(`${path === '' ? '' : `${path}: `}${issue?.message ?? 'it cannot be read'}`)
  }
  const rule = read.data as FaultRule
  const problem = contradictionIn(rule)
  if (problem !== null) throw invalid(problem)
  if (rule.latency !== undefined && latencyMs(rule.latency) > longestMs) {
    throw invalid('latency: 10 minutes at most')
  }
  return rule
}

function latencyMs(latency: Duration): number {
  try {
    return durationMs(latency)
  } catch (error) {
    throw error instanceof BakelineError ? invalid(`latency: ${error.message}`) : error
  }
}

/** Fields that are right each for itself, and cannot stand together; null when they can. */
function contradictionIn(rule: FaultRule): string | null {
  const { nth, first, every, answer, drop, crash, latency, task } = rule
  const given = (...values: readonly unknown[]): number =>
    values.filter((each) => each !== undefined).length
  if (given(nth, first, every) > 1) return 'give one of nth, first and every'
  if (given(answer, drop) > 1) return 'give answer or drop, not both'
  if (given(answer, drop, crash) > 1) return 'give crash alone, without answer or drop'
  if (task === undefined) {
    if (given(rule.template, rule.attempt) > 0)
      return 'template and attempt are of a task: give task'
    return given(answer, drop, crash, latency) > 0
      ? null
      : 'it does nothing: give answer, drop, crash or latency'
  }
  if (given(rule.operation, rule.account) > 0)
    return 'task is about no request: leave operation out'
  return crash !== undefined && latency === undefined
    ? null
    : 'of a task it says when the process dies: give crash. How attempts end is said in the plan'
}

function invalid(problem: string): BakelineError {
  return new BakelineError('INVALID_INPUT', `fault: ${problem}`)
}
