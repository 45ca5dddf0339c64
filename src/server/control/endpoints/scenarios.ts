import { z } from 'zod'
import { BakelineError } from '../../../core/errors.js'
import type { Replayed } from '../../../simulate/replay/types.js'
import { scenarioJsonSchema } from '../../../simulate/scenario/json-schema.js'
import { loadScenario } from '../../../simulate/scenario/load.js'
import { endpoint } from '../endpoint.js'
import { jobStream } from '../job-stream.js'
import { anyObject, closed } from '../shapes.js'
import { fileName, mistake, mistakesOf, text } from '../texts.js'

const beat = z
  .object({
    line: z.number().int(),
    column: z.number().int(),
    offset: z.number(),
    took: z.number(),
    title: z.string(),
    result: z.string(),
    happenings: z.array(
      z.object({
        offset: z.number(),
        execution: z.string(),
        text: z.string(),
        seq: z.number().int().meta({ description: 'The last record that it tells of.' }),
      }),
    ),
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
    lives: z
      .array(z.object({ name: z.string(), steps: anyObject }))
      .meta({ description: 'The first 100 executions with their histories, as getSteps tells.' }),
  })
  .meta({ id: 'replayed', description: 'A scenario that was replayed.' })

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
  run: ({ body }) =>
    Promise.resolve({ mistakes: mistakesOf(() => loadScenario(body.text, 'scenario.yaml')) }),
})

const tooMuch = [
  [422, 'TIMEOUT', 'it takes longer than the server allows'],
  [400, 'INVALID_INPUT', 'it needs more memory than the server allows'],
  [503, 'OVERLOADED', 'too many wait for their turn'],
] as const

const replay = endpoint({
  method: 'post',
  path: '/replay',
  name: 'replayScenario',
  summary:
    'Plays a scenario in virtual time, on a database and in a thread of its own: what is served is ' +
    'not touched. At most 500 steps, 10 seconds and 256 MiB.',
  body: closed('a field of a replay', { text, file: fileName.exactOptional() }),
  answer: z.object({
    mistakes: z.array(mistake).meta({ description: 'Why it was not played; none: it was.' }),
    replayed: replayed.nullable(),
  }),
  refusals: tooMuch,
  alone: true,
  async run({ service, body: { text, file = 'scenario.yaml' } }) {
    const answer = await service.jobs.run({ kind: 'replay', text, file })
    if ('mistakes' in answer) return { mistakes: answer.mistakes, replayed: null }
    return { mistakes: [], replayed: shown(answer.value as Replayed) }
  },
})

const explore = endpoint({
  method: 'post',
  path: '/explore',
  name: 'exploreScenario',
  summary:
    'Explores a scenario in a thread of its own: at most 100000 states, 60 seconds of search and ' +
    '768 MiB. Who lets go of the answer stops it.',
  body: closed('a field of an exploration', {
    text,
    file: fileName.exactOptional(),
    always: z
      .array(z.string().min(1).max(1_000))
      .max(10)
      .exactOptional()
      .meta({ description: 'Rules of your own in CEL, true of each execution in every state.' }),
  }),
  answer: jobStream.says('an exploration'),
  refusals: [[503, 'OVERLOADED', 'too many wait for their turn']],
  alone: true,
  run: async ({ service, body: { text, file = 'scenario.yaml', always = [] } }) =>
    jobStream.response(service, { kind: 'explore', text, file, always }),
})

function shown({ name, seed, at, ok, beats, trace, hash, lives = [], ...counts }: Replayed) {
  const { executions, records } = counts
  return { name, seed, at, ok, beats, executions, records, trace, hash, lives }
}

export const scenarioEndpoints = [list, show, schema, check, replay, explore]
