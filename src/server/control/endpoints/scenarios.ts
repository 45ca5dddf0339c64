import { z } from 'zod'
import { BakelineError } from '../../../core/errors.js'
import type { Replayed } from '../../../simulate/replay/types.js'
import { type Mistake, ScenarioError } from '../../../simulate/scenario/error.js'
import { scenarioJsonSchema } from '../../../simulate/scenario/json-schema.js'
import { loadScenario } from '../../../simulate/scenario/load.js'
import type { Scenario } from '../../../simulate/scenario/types.js'
import { endpoint } from '../endpoint.js'
import { anyObject, closed } from '../shapes.js'

/** What is played while others wait for their answers must be short. */
const longest = 128 * 1024
const mostSteps = 500

const mistake = z
  .object({ line: z.number().int(), column: z.number().int(), message: z.string() })
  .meta({ id: 'scenarioMistake', description: 'Lines and columns count from 1.' })

const beat = z
  .object({
    line: z.number().int(),
    column: z.number().int(),
    offset: z.number(),
    took: z.number(),
    title: z.string(),
    result: z.string(),
    happenings: z.array(z.object({ offset: z.number(), execution: z.string(), text: z.string() })),
    failures: z.array(z.string()),
  })
  .meta({ id: 'beat', description: 'A step as it was played; times in milliseconds.' })

const replayed = z
  .object({
    name: z.string(),
    seed: z.number(),
    at: z.number().meta({ description: 'Where virtual time began.' }),
    ok: z.boolean(),
    beats: z.array(beat),
    executions: z.number().int(),
    records: z.number().int(),
    trace: z.array(z.string()),
    hash: z.string(),
  })
  .meta({ id: 'replayed', description: 'A scenario that was replayed.' })

const text = z.string().max(longest, `must have at most ${longest} characters`)

const list = endpoint({
  method: 'get',
  path: '/scenarios',
  name: 'listShippedScenarios',
  summary: 'The scenarios that ship.',
  answer: z.object({
    scenarios: z.array(z.object({ path: z.string(), name: z.string(), about: z.string() })),
  }),
  run: async ({ service }) => ({ scenarios: await service.shipped.list() }),
})

const show = endpoint({
  method: 'get',
  path: '/scenarios/text',
  name: 'getShippedScenario',
  summary: 'The text of a scenario that ships.',
  query: closed('a field of this query', { path: z.string().max(200) }),
  answer: { contentType: 'application/yaml', says: 'The file.' },
  refusals: [[404, 'NOT_FOUND', 'no such scenario ships']],
  async run({ service, query: { path } }) {
    const found = await service.shipped.text(path)
    if (found === null) throw new BakelineError('NOT_FOUND', `no scenario "${path}" ships`)
    return new Response(found, { headers: { 'content-type': 'application/yaml; charset=utf-8' } })
  },
})

const schema = endpoint({
  method: 'get',
  path: '/scenarios/schema.json',
  name: 'getScenarioSchema',
  summary: 'The JSON Schema of scenarios, for editors.',
  answer: anyObject.meta({ id: 'jsonSchema', description: 'A JSON Schema.' }),
  run: () => Promise.resolve(scenarioJsonSchema()),
})

const check = endpoint({
  method: 'post',
  path: '/scenarios/check',
  name: 'checkScenario',
  summary: 'Reads a scenario without playing it, and says what is wrong where.',
  body: closed('a field of this check', { text }),
  answer: z.object({ mistakes: z.array(mistake) }),
  run: ({ body }) => {
    const read = scenarioOf(body.text, 'scenario.yaml')
    return Promise.resolve({ mistakes: 'mistakes' in read ? read.mistakes : [] })
  },
})

const replay = endpoint({
  method: 'post',
  path: '/replay',
  name: 'replayScenario',
  summary:
    'Plays a scenario in virtual time, on a database of its own: what is served is not touched. ' +
    `At most ${mostSteps} steps.`,
  body: closed('a field of a replay', { text, file: z.string().max(200).exactOptional() }),
  answer: z.object({
    mistakes: z.array(mistake).meta({ description: 'Why it was not played; none: it was.' }),
    replayed: replayed.nullable(),
  }),
  async run({ service, body }) {
    const read = scenarioOf(body.text, body.file ?? 'scenario.yaml')
    if ('mistakes' in read) return { mistakes: read.mistakes, replayed: null }
    if (read.steps.length > mostSteps) {
      const message = `it has ${read.steps.length} steps; ${mostSteps} at most are played here`
      return { mistakes: [{ line: 1, column: 1, message }], replayed: null }
    }
    return { mistakes: [], replayed: shown(await service.replay(read)) }
  },
})

function scenarioOf(given: string, file: string): Scenario | { mistakes: readonly Mistake[] } {
  try {
    return loadScenario(given, file)
  } catch (error) {
    if (error instanceof ScenarioError) return { mistakes: error.mistakes }
    throw error
  }
}

function shown({ name, seed, at, ok, beats, executions, records, trace, hash }: Replayed) {
  return { name, seed, at, ok, beats, executions, records, trace, hash }
}

export const scenarioEndpoints = [list, show, schema, check, replay]
