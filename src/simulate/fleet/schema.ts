import { Cron } from 'croner'
import { z } from 'zod'
import { taskNames } from '../plan/rule.js'
import { closed, durationText, text, word } from '../plan/shapes.js'
import { durationOrSpread } from '../plan/spread-schema.js'
import { componentSchema, templateSchema } from '../scenario/parameters.js'
import { plan, worldPatch } from '../scenario/steps.js'

const processes = ['at', 'every', 'cron', 'poisson', 'bursts'] as const

/** Whether a cron expression can be read, and comes to a time at all. */
function cronProblem(pattern: string): string | null {
  try {
    const next = new Cron(pattern, { timezone: 'UTC' }).nextRun(new Date(0))
    return next === null ? 'must come to a time; this one never does' : null
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : ''
    return `must be a cron expression such as "0 2 * * *": ${why}`
  }
}

const cron = text.superRefine((value, context) => {
  const message = cronProblem(value)
  if (message !== null) context.addIssue({ code: 'custom', message, input: value })
})

const timezone = text.refine((value) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).format(0) !== ''
  } catch {
    return false
  }
}, 'must be a time zone such as Asia/Shanghai')

const arrivals = closed('a field of arrivals', {
  start: z
    .union([text, z.array(text).min(1).max(10_000)])
    .exactOptional()
    .meta({
      description: 'Templates by key; all when absent.',
    }),
  pick: z.enum(['each', 'one']).exactOptional().meta({
    description: 'Whether each of them is asked for every time (when absent), or one, drawn.',
  }),
  at: z.array(durationText).min(1).max(100_000).exactOptional().meta({
    description: 'At these times after the beginning.',
  }),
  every: durationText.exactOptional().meta({ description: 'Like clockwork, so far apart.' }),
  from: durationText.exactOptional().meta({ description: 'Of every: when the first one comes.' }),
  cron: cron.exactOptional().meta({ description: 'By a cron expression, in UTC.' }),
  timezone: timezone.exactOptional().meta({ description: 'Of cron: the zone it is read in.' }),
  poisson: durationText.exactOptional().meta({
    description: 'At any moment, so far apart in the mean.',
  }),
  bursts: closed('a field of bursts', {
    every: durationText.exactOptional().meta({ description: 'Like clockwork, so far apart.' }),
    poisson: durationText.exactOptional().meta({ description: 'Or so far apart in the mean.' }),
    size: z.number().int().min(1).max(100_000).meta({ description: 'Arrivals in a burst.' }),
    within: durationText.exactOptional().meta({ description: 'Spread over so long.' }),
  }).exactOptional(),
  delay: durationOrSpread.exactOptional().meta({ description: 'Each comes so much later.' }),
}).superRefine((given, context) => {
  if (context.issues.length > 0) return
  const issue = (path: string[], message: string) =>
    context.addIssue({ code: 'custom', path, message, input: given })
  const kinds = processes.filter((kind) => given[kind] !== undefined)
  if (kinds.length !== 1) issue([], `arrivals come by one of ${processes.join(', ')}`)
  if (given.from !== undefined && given.every === undefined) issue(['from'], '"from" is of every')
  if (given.timezone !== undefined && given.cron === undefined) {
    issue(['timezone'], '"timezone" is of cron')
  }
  const { bursts } = given
  if (bursts !== undefined && (bursts.every === undefined) === (bursts.poisson === undefined)) {
    issue(['bursts'], 'bursts have either "every" or "poisson"')
  }
})

const limitNames = [
  'perTemplate',
  'live',
  'copiesPerRegion',
  'imagesPerRegion',
  'imagesKept',
] as const
const limit = z
  .union([z.literal('none'), z.number().int().min(1).max(1_000_000)], {
    error: 'must be a whole number from 1, or none',
  })
  .exactOptional()

const sweepKinds = ['slower', 'busier', 'limit', 'probability'] as const
const values = z.array(z.number().min(0).max(1_000_000)).min(1).max(100)

const sweep = closed('a field of sweep', {
  title: text.exactOptional().meta({ description: 'What the axis says.' }),
  slower: word('a task', taskNames).exactOptional().meta({
    description: 'The values are how many times longer this task takes.',
  }),
  busier: z.literal(true).exactOptional().meta({
    description: 'The values are how many times more often starts arrive.',
  }),
  limit: z.enum(limitNames).exactOptional().meta({ description: 'The values of this limit.' }),
  probability: z.number().int().min(1).exactOptional().meta({
    description: 'The values are the probability of this rule of the plan, counted from 1.',
  }),
  values: values.exactOptional(),
  from: z.number().min(0).exactOptional(),
  to: z.number().min(0).exactOptional(),
  points: z.number().int().min(2).max(100).exactOptional(),
}).superRefine((given, context) => {
  if (context.issues.length > 0) return
  const issue = (message: string) => context.addIssue({ code: 'custom', message, input: given })
  const kinds = sweepKinds.filter((kind) => given[kind] !== undefined)
  if (kinds.length !== 1) issue(`a sweep varies one of ${sweepKinds.join(', ')}`)
  const range = [given.from, given.to].filter((each) => each !== undefined).length
  const listed = given.values !== undefined
  if (listed ? range + (given.points === undefined ? 0 : 1) > 0 : range !== 2) {
    issue('a sweep has either "values", or "from", "to" and "points"')
  }
})

const precision = z.number().min(0.0001).max(0.5)
const replications = z.number().int().min(2).max(100_000)

/** A whole file. The published JSON Schema is made of it. */
export const fleetSchema = closed('a field of a fleet', {
  // Editors read it in JSON files, where a comment cannot stand.
  $schema: z.string().exactOptional(),
  name: text.meta({ description: 'What the fleet is.' }),
  about: text.exactOptional().meta({ description: 'More about it, for whoever reads it.' }),
  seed: z.number().int().exactOptional().meta({
    description: 'What everything drawn by chance follows from; 1 when absent.',
  }),
  at: z.iso
    .datetime({ error: 'must be a time in UTC such as 2026-01-05T02:00:00Z' })
    .exactOptional()
    .meta({ description: 'Where virtual time begins; 2026-01-05T00:00:00Z when absent.' }),
  lasts: durationText.exactOptional().meta({
    description: 'How long starts arrive in one run; 7d when absent.',
  }),
  warmup: durationText.exactOptional().meta({
    description: 'The beginning of a run that is not measured; 0s when absent.',
  }),
  region: text.exactOptional().meta({
    description: 'The region of whatever names none; cn-hangzhou when absent.',
  }),
  world: worldPatch.exactOptional(),
  components: z.record(text, componentSchema).exactOptional().meta({
    description: 'Components by key: the parameters of CreateImageComponent.',
  }),
  templates: z.record(text, templateSchema).meta({
    description: 'Templates by key: the parameters of CreateImagePipeline.',
  }),
  repeat: z
    .record(text, z.number().int().min(1).max(10_000))
    .exactOptional()
    .meta({ description: 'How many templates of a kind there are: web#1, web#2 and so on.' }),
  plan: plan.exactOptional(),
  arrivals: z.array(arrivals).min(1).max(1_000).meta({ description: 'When starts are asked for.' }),
  limits: closed('a limit', {
    perTemplate: limit.meta({
      description: "Live executions of one template; the service's 1 when absent.",
    }),
    live: limit.meta({ description: 'Live executions in all; none when absent.' }),
    copiesPerRegion: limit.meta({
      description: "Copies at once into one region; the service's 5 when absent.",
    }),
    imagesPerRegion: limit.meta({
      description: 'Images that a region takes, as a quota has it; none when absent.',
    }),
    imagesKept: limit.meta({
      description: 'Images of one template that are kept in a region, the newest; all when absent.',
    }),
  }).exactOptional(),
  goal: durationText.exactOptional().meta({ description: 'The lead time to be kept.' }),
  stop: closed('a field of stop', {
    precision: precision.exactOptional().meta({
      description: 'How far the bounds may be from a value, as a share of it; 0.02 when absent.',
    }),
    least: replications.exactOptional().meta({ description: 'Runs at least; 10 when absent.' }),
    most: replications.exactOptional().meta({ description: 'Runs at most; 100 when absent.' }),
  }).exactOptional(),
  sweep: sweep.exactOptional(),
})

export type FleetFile = z.infer<typeof fleetSchema>

/** The JSON Schema of fleet files, for editors. */
export function fleetJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(fleetSchema, { target: 'draft-7', io: 'input' })
  return { $schema, title: 'Bakeline fleet', ...rest }
}
