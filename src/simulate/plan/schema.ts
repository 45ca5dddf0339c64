import { z } from 'zod'
import { BakelineError } from '../../core/errors.js'
import { attemptRange } from './attempts.js'
import { callContradictions, type Contradiction, outageContradictions } from './contradictions.js'
import { problemsOf, read, where } from './problems.js'
import { plannedTaskNames, type Rule, type TaskRule } from './rule.js'
import { accountId, closed, durationText, text, word } from './shapes.js'
import { durationOrSpread } from './spread-schema.js'
import { timeSchemas } from './time-schema.js'

const attemptHelp = 'must be an attempt from 1 to 1000: 3, 1-2 or 3-'

const attempt = z
  .union([z.number(), z.string()], { error: attemptHelp })
  .refine((value) => attemptRange(value) !== null, { error: attemptHelp })
  .meta({ examples: [3, '1-2', '3-'] })

const failFields = {
  code: text.meta({ description: 'The code that callers see.' }),
  message: text.exactOptional(),
}

const failure = closed('a field of fail', failFields)

const fail = z.union([z.literal(false), text, failure], {
  error: 'must be a text, a code with a message, or false',
})

const probability = z.number().min(0).max(1).exactOptional()

const mostTimes = 1_000_000_000
const times = z.number().int().min(1).max(mostTimes).exactOptional()

const taskWord = word('a task', plannedTaskNames)

/** The three kinds of rules, their times as UTC only or also as offsets from the beginning. */
function ruleSchemas(offsets: boolean) {
  const { during, span } = timeSchemas(offsets)
  const task = closed('a field of a rule', {
    task: taskWord.meta({ description: 'The task that the rule is about.' }),
    template: text.exactOptional().meta({ description: 'Of this template only.' }),
    region: text.exactOptional().meta({
      description: 'In this region only; for copyImage the one that the copy goes to.',
    }),
    account: accountId.exactOptional().meta({
      description: 'Of shareImage: only sharing with this account fails.',
    }),
    attempt: attempt.exactOptional().meta({ description: 'In these attempts only.' }),
    during: during.exactOptional().meta({ description: 'Attempts that begin then only.' }),
    probability: probability.meta({ description: 'In this share of those attempts only.' }),
    duration: durationOrSpread.exactOptional().meta({ description: 'How long the attempt takes.' }),
    fail: fail.exactOptional().meta({
      description: 'How the attempt fails; false takes the failure of an earlier rule back.',
    }),
  })
  const outage = closed('a field of an outage', {
    outage: z.union([text, z.array(text).min(1).max(100)]).meta({
      description: 'A region, or regions that go down together.',
    }),
    tasks: z.array(taskWord).min(1).max(plannedTaskNames.length).exactOptional().meta({
      description: 'Only these tasks; absent: all that work there.',
    }),
    during: span.exactOptional().meta({ description: 'One outage, from a time to a time.' }),
    every: durationText.exactOptional().meta({
      description: 'Outages by chance, so far apart in the mean.',
    }),
    lasts: durationOrSpread.exactOptional().meta({ description: 'How long each of those lasts.' }),
    fail: z
      .union([text, failure], { error: 'must be a text, or a code with a message' })
      .exactOptional()
      .meta({ description: 'How attempts fail meanwhile.' }),
    slower: z.number().min(1).max(1_000).exactOptional().meta({
      description: 'Attempts do not fail; what runs meanwhile advances so many times slower.',
    }),
  })
  const call = closed('a field of a call rule', {
    call: text.meta({ description: 'The operation: StartImagePipelineExecution.' }),
    region: text.exactOptional(),
    nth: times.meta({ description: 'The n-th call alone.' }),
    first: times.meta({ description: 'The first n calls.' }),
    every: times.meta({ description: 'Every n-th call.' }),
    during: during.exactOptional().meta({ description: 'Calls that are made then only.' }),
    probability: probability.meta({ description: 'This share of those calls only.' }),
    latency: durationOrSpread.exactOptional().meta({ description: 'Passes before the answer.' }),
    fail: z
      .union(
        [
          text,
          closed('a field of fail', {
            ...failFields,
            status: z.number().int().min(400).max(599).exactOptional(),
          }),
        ],
        { error: 'must be a text, or a code with a message and a status' },
      )
      .exactOptional()
      .meta({ description: 'The answer in place of the service; nothing is done.' }),
  })
  return {
    task: task.superRefine(refusing(taskContradictions)),
    outage: outage.superRefine(refusing(outageContradictions)),
    call: call.superRefine(refusing(callContradictions)),
  }
}

function planOf(offsets: boolean) {
  const { task, outage, call } = ruleSchemas(offsets)
  const rule = z
    .union([task, outage, call], { error: 'must be a rule: it has task, outage or call' })
    .meta({ id: 'rule', description: 'Of the rules that match an attempt, the last one wins.' })
  return z.array(rule).max(10_000) satisfies z.ZodType<Rule[]>
}

/** The plan of a file: its times stand for themselves. */
export const planSchema = planOf(false)

/** The plan of a scenario or a fleet: its times may count from the beginning. */
export const scenarioPlanSchema = planOf(true)

/** A check of fields against each other, of a rule whose own fields are right. */
function refusing<R>(check: (rule: R) => readonly Contradiction[]) {
  return (rule: R, context: z.core.$RefinementCtx<R>): void => {
    if (context.issues.length > 0) return
    for (const { path, message } of check(rule)) {
      context.addIssue({ code: 'custom', path: [...path], message, input: rule })
    }
  }
}

function taskContradictions(rule: TaskRule): readonly Contradiction[] {
  const found: Contradiction[] = []
  if (rule.duration === undefined && rule.fail === undefined) {
    found.push({ path: [], message: 'a rule must state a duration, a failure (fail) or both' })
  }
  if (rule.account === undefined) return found
  if (rule.task !== 'shareImage') {
    found.push({ path: ['account'], message: `"account" is of shareImage only, not ${rule.task}` })
  }
  if (rule.duration !== undefined) {
    const message = '"duration" is of a whole share, so it cannot stand beside "account"'
    found.push({ path: ['duration'], message })
  }
  return found
}

/**
 * Reads rules that came from outside, before they are written to the setting.
 *
 * @throws BakelineError `INVALID_INPUT` that names the place of the first problem: `[2].task: …`
 */
export function parsePlan(value: unknown): Rule[] {
  const result = read(planSchema, value)
  if (result.success) return result.data
  const [first] = problemsOf(result.error, [])
  const place = where(first?.path ?? [])
  throw new BakelineError('INVALID_INPUT', `plan${place}: ${first?.message ?? 'cannot be read'}`)
}
