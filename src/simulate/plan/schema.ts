import { z } from 'zod'
import { BakelineError } from '../../core/errors.js'
import { attemptRange } from './attempts.js'
import { problemsOf, read, where } from './problems.js'
import { plannedTaskNames, type Rule } from './rule.js'
import { accountId, closed, durationText, text, word } from './shapes.js'

const attemptHelp = 'must be an attempt from 1 to 1000: 3, 1-2 or 3-'

const attempt = z
  .union([z.number(), z.string()], { error: attemptHelp })
  .refine((value) => attemptRange(value) !== null, { error: attemptHelp })
  .meta({ examples: [3, '1-2', '3-'] })

const fail = z.union(
  [
    z.literal(false),
    text,
    closed('a field of fail', {
      code: text.meta({ description: 'The code that callers see.' }),
      message: text.exactOptional(),
    }),
  ],
  { error: 'must be a text, a code with a message, or false' },
)

/** One rule. What it means is said at {@link Rule}. */
const ruleSchema = closed('a field of a rule', {
  task: word('a task', plannedTaskNames).meta({ description: 'The task that the rule is about.' }),
  template: text.exactOptional().meta({ description: 'Of this template only.' }),
  region: text.exactOptional().meta({
    description: 'In this region only; for copyImage the one that the copy goes to.',
  }),
  account: accountId.exactOptional().meta({
    description: 'Of shareImage: only sharing with this account fails.',
  }),
  attempt: attempt.exactOptional().meta({ description: 'In these attempts only.' }),
  duration: durationText.exactOptional().meta({ description: 'How long the attempt takes.' }),
  fail: fail.exactOptional().meta({
    description: 'How the attempt fails; false takes the failure of an earlier rule back.',
  }),
})
  .superRefine((rule, context) => {
    if (context.issues.length > 0) return
    for (const { path, message } of contradictions(rule)) {
      context.addIssue({ code: 'custom', path: [...path], message, input: rule })
    }
  })
  .meta({ id: 'rule', description: 'Of the rules that match an attempt, the last one wins.' })

export const planSchema = z.array(ruleSchema).max(10_000) satisfies z.ZodType<Rule[]>

interface Contradiction {
  readonly path: readonly string[]
  readonly message: string
}

function contradictions(rule: Rule): readonly Contradiction[] {
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
