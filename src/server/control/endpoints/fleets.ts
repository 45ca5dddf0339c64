import { z } from 'zod'
import { BakelineError } from '../../../core/errors.js'
import { loadFleet } from '../../../simulate/fleet/load.js'
import { fleetJsonSchema } from '../../../simulate/fleet/schema.js'
import { endpoint } from '../endpoint.js'
import { jobStream } from '../job-stream.js'
import { anyObject, closed } from '../shapes.js'
import { fileName, mistake, mistakesOf, text } from '../texts.js'

const list = endpoint({
  method: 'get',
  path: '/fleets',
  name: 'listShippedFleets',
  summary: 'The fleets that ship.',
  answer: z.object({
    fleets: z.array(z.object({ path: z.string(), name: z.string(), about: z.string() })),
  }),
  run: async ({ service }) => ({ fleets: await service.shippedFleets.list() }),
})

const show = endpoint({
  method: 'get',
  path: '/fleets/text',
  name: 'getShippedFleet',
  summary: 'The text of a fleet that ships.',
  query: closed('a field of this query', { path: fileName }),
  answer: { contentType: 'application/yaml', says: 'The file.' },
  refusals: [[404, 'NOT_FOUND', 'no such fleet ships']],
  async run({ service, query: { path } }) {
    const found = await service.shippedFleets.text(path)
    if (found === null) throw new BakelineError('NOT_FOUND', `no fleet "${path}" ships`)
    return new Response(found, { headers: { 'content-type': 'application/yaml; charset=utf-8' } })
  },
})

const schema = endpoint({
  method: 'get',
  path: '/fleets/schema.json',
  name: 'getFleetSchema',
  summary: 'The JSON Schema of fleets, for editors.',
  answer: anyObject.meta({ description: 'A JSON Schema.' }),
  run: () => Promise.resolve(fleetJsonSchema()),
})

const check = endpoint({
  method: 'post',
  path: '/fleets/check',
  name: 'checkFleet',
  summary: 'Reads a fleet without playing it, and says what is wrong where.',
  body: closed('a field of this check', { text }),
  answer: z.object({ mistakes: z.array(mistake) }),
  run: ({ body }) =>
    Promise.resolve({ mistakes: mistakesOf(() => loadFleet(body.text, 'fleet.yaml')) }),
})

const play = endpoint({
  method: 'post',
  path: '/fleet',
  name: 'playFleet',
  summary:
    'Plays a fleet in a thread of its own, for at most 3 minutes and with 512 MiB. Who lets go of ' +
    'the answer stops it.',
  body: closed('a field of a fleet', {
    text,
    file: fileName.exactOptional(),
    runs: z.number().int().min(2).max(100).exactOptional().meta({
      description: 'Runs at most, 20 when absent; fewer where the file says so.',
    }),
  }),
  answer: jobStream.says('the report, its panels and the whole of it as HTML, and as CSV'),
  refusals: [[503, 'OVERLOADED', 'too many wait for their turn']],
  alone: true,
  run: async ({ service, body: { text, file = 'fleet.yaml', runs = 20 } }) =>
    jobStream.response(service, { kind: 'fleet', text, file, runs }),
})

export const fleetEndpoints = [list, show, schema, check, play]
