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

/**
 * A fault of the service: which requests it is about, which of those it hits, and what happens to
 * them. Only requests that were let in count, their parameters still unchecked.
 */
export interface FaultRule {
  /** The action; absent: any. */
  readonly operation?: string
  readonly region?: string
  readonly account?: string
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
}

const longestMs = 10 * 60_000
const count = z.number().int().min(1).max(1_000_000_000).exactOptional()
const name = z.string().min(1).max(128).exactOptional()

/** What `parseFaultRule` reads, before it looks at how the fields go together. */
export const faultRuleSchema = z.strictObject({
  operation: name,
  region: name,
  account: name,
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
  const [{ nth, first, every }, { answer, drop, latency }] = [rule, rule]
  if ([nth, first, every].filter((each) => each !== undefined).length > 1) {
    throw invalid('give one of nth, first and every')
  }
  if (answer !== undefined && drop !== undefined) throw invalid('give answer or drop, not both')
  if (answer === undefined && drop === undefined && latency === undefined) {
    throw invalid('it does nothing: give answer, drop or latency')
  }
  if (latency !== undefined && durationMs(latency) > longestMs) {
    throw invalid('latency: 10 minutes at most')
  }
  return rule
}

function invalid(problem: string): BakelineError {
  return new BakelineError('INVALID_INPUT', `fault: ${problem}`)
}
