import { endpoint } from '../endpoint.js'
import { jobStream } from '../job-stream.js'

const play = endpoint({
  method: 'post',
  path: '/pollers',
  name: 'playPollers',
  summary:
    'Plays everything that can become of an execution to every way of waiting that is known: which ' +
    'of them lie, hang or start twice. It is played once; who lets go of that answer stops it.',
  answer: jobStream.says('each poller with how it met every case'),
  refusals: [[503, 'OVERLOADED', 'too many wait for their turn']],
  alone: true,
  run: async ({ service }) => jobStream.response(service, { kind: 'pollers' }),
})

export const pollerEndpoints = [play]
