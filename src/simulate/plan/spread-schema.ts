import { z } from 'zod'
import { closed, durationText } from './shapes.js'
import { type Spread, spreadKinds, spreadProblem } from './spread.js'

const observation = z.union(
  [
    durationText,
    closed('a field of an observation', {
      value: durationText,
      count: z.number().int().min(1).max(1_000_000_000).meta({ description: 'How often.' }),
    }),
  ],
  { error: 'must be a duration such as 90s, or { value: 90s, count: 3 }' },
)

const meanAndDeviation = { mean: durationText, deviation: durationText }

/** A duration by chance. What it means is said at {@link Spread}. */
const spreadSchema = closed(`one of ${spreadKinds.join(', ')}, atLeast, atMost`, {
  uniform: closed('a field of uniform', { from: durationText, to: durationText })
    .exactOptional()
    .meta({ description: 'Any duration between two, each as likely as another.' }),
  normal: closed('a field of normal', meanAndDeviation).exactOptional().meta({
    description: 'Around a mean; what would be below zero is zero.',
  }),
  logNormal: z
    .union(
      [
        closed('a field of logNormal', { median: durationText, p95: durationText }),
        closed('a field of logNormal', meanAndDeviation),
      ],
      { error: 'must have median and p95, or mean and deviation' },
    )
    .exactOptional()
    .meta({ description: 'With a long tail.' }),
  exponential: closed('a field of exponential', { mean: durationText }).exactOptional().meta({
    description: 'Without memory: what is left does not depend on what has passed.',
  }),
  empirical: z.array(observation).max(100_000).exactOptional().meta({
    description: 'As it was observed, each as likely as it was frequent.',
  }),
  atLeast: durationText.exactOptional().meta({ description: 'What is shorter takes this long.' }),
  atMost: durationText.exactOptional().meta({ description: 'What is longer takes this long.' }),
}).superRefine((spread, context) => {
  if (context.issues.length > 0) return
  const problem = spreadProblem(spread)
  if (problem === null) return
  const { path, message } = problem
  context.addIssue({ code: 'custom', path: [...path], message, input: spread })
}) satisfies z.ZodType<Spread>

/** A fixed duration, or one by chance. */
export const durationOrSpread = z
  .union([durationText, spreadSchema], {
    error: ({ input }) =>
      typeof input === 'number'
        ? `must have a unit: ${input}s or ${input}ms`
        : `must be a duration such as 90s, or one of ${spreadKinds.join(', ')}`,
  })
  .meta({ id: 'durationOrSpread' })
