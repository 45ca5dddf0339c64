import { z } from 'zod'
import { eventStream } from '../event-stream.js'
import { endpoint } from '../endpoint.js'
import { closed, wholeNumber } from '../shapes.js'

const events = endpoint({
  method: 'get',
  path: '/events',
  name: 'streamEvents',
  summary:
    'Every record of every execution as it is written, as server-sent events whose id is the ' +
    "record's number. Goes on after Last-Event-ID; without it, after `after`, else from now.",
  query: closed('a field of this query', {
    after: wholeNumber(0, Number.MAX_SAFE_INTEGER)
      .exactOptional()
      .meta({ description: 'The number of a record; 0 for everything.' }),
    execution: z.string().exactOptional().meta({ description: 'Of this execution only.' }),
  }),
  answer: {
    contentType: 'text/event-stream',
    says:
      'Events step, attempt and migration, each with n, execution, seq, at, kind and body, and with ' +
      'the machine, key, newest status and outcome of the execution; clock, without an id, when ' +
      'something was done to the clock, with the newest of `/clock/changes`; reset ' +
      'when the state was replaced: its records are counted anew.',
  },
  async run({ service, running, query: { after, execution }, header }) {
    const last = header('last-event-id') ?? ''
    const newest = await running.builder.engine.read((reader) => reader.counter('record'))
    const from = /^\d{1,15}$/.test(last) ? Number(last) : (after ?? newest)
    return eventStream(service, { from, execution })
  },
})

export const eventEndpoints = [events]
