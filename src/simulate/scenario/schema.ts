import { z } from 'zod'
import { closed, text } from '../plan/shapes.js'
import { exploreSchema } from './explore-schema.js'
import { componentSchema, templateSchema } from './parameters.js'
import { plan, stepSchema, worldPatch } from './steps.js'

/** The most steps that a scenario has. */
const mostSteps = 10_000

function idsByName(what: string) {
  return z
    .record(text, z.string().regex(/^[\w-]{1,64}$/, 'must be an id'))
    .exactOptional()
    .meta({ description: `Of ${what}.` })
}

/** What stands in a scenario file beside its steps. */
const head = {
  // Editors read it in JSON files, where a comment cannot stand.
  $schema: z.string().exactOptional(),
  name: text.meta({ description: 'What the scenario shows, as a sentence.' }),
  about: text.exactOptional().meta({ description: 'More about it, for whoever reads it.' }),
  seed: z.number().int().exactOptional().meta({
    description: 'What ids and draws are derived from; 1 when absent.',
  }),
  at: z.iso
    .datetime({ error: 'must be a time in UTC such as 2026-01-05T02:00:00Z' })
    .exactOptional()
    .meta({ description: 'Where virtual time begins; 2026-01-05T02:00:00Z when absent.' }),
  region: text.exactOptional().meta({
    description: 'The region of whatever names none; cn-hangzhou when absent.',
  }),
  world: worldPatch.exactOptional(),
  components: z
    .record(text, componentSchema)
    .exactOptional()
    .meta({ description: 'Components by key: the parameters of CreateImageComponent.' }),
  templates: z
    .record(text, templateSchema)
    .exactOptional()
    .meta({ description: 'Templates by key: the parameters of CreateImagePipeline.' }),
  ids: closed('a field of ids', {
    components: idsByName('components, by key'),
    templates: idsByName('templates, by key'),
    executions: idsByName('executions, by their names'),
  })
    .exactOptional()
    .meta({ description: 'Ids that do not follow from the seed: those of a recorded run.' }),
  plan: plan.exactOptional(),
  explore: exploreSchema.exactOptional().meta({
    description: 'How far an exploration goes.',
  }),
}

const shape = 'a field of a scenario'

/** A whole file. The published JSON Schema is made of it. */
export const fileSchema = closed(shape, {
  ...head,
  steps: z.array(stepSchema).max(mostSteps).meta({ description: 'What happens, in order.' }),
})

/** A file but for its steps, each of which is checked by the schema of its own kind. */
export const headSchema = closed(shape, { ...head, steps: z.array(z.unknown()).max(mostSteps) })

export type Head = z.infer<typeof headSchema>
