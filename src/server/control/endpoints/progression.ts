import { z } from 'zod'
import { parseProgression } from '../../../gateway/progression/setting.js'
import { endpoint } from '../endpoint.js'
import { closed } from '../shapes.js'

const whole = z.number().int().min(1)

const progression = z
  .object({
    mode: z.enum(['time', 'immediate', 'manual']),
    describes: whole.optional().meta({
      description: 'manual: every so many descriptions of an execution move it on; 1 when absent.',
    }),
  })
  .meta({
    id: 'progression',
    description:
      'time: in the time of the plan; immediate: in none; manual: when it is described often enough.',
  })

const all = z
  .object({
    default: progression,
    templates: z.record(z.string(), progression).meta({ description: 'By ImagePipelineId.' }),
  })
  .meta({ id: 'progressions' })

const wanted = closed('a field of a progression', progression.shape)

const get = endpoint({
  method: 'get',
  path: '/progression',
  name: 'getProgression',
  summary: 'How executions move on.',
  answer: all,
  run: ({ running }) => running.gateway.progression.get(),
})

const put = endpoint({
  method: 'put',
  path: '/progression',
  name: 'putProgression',
  summary: 'Sets how executions move on whose template has no progression of its own.',
  body: wanted,
  answer: all,
  run: ({ running, body }) => running.gateway.progression.set(parseProgression(body)),
})

const missing = [404, 'NOT_FOUND', 'there is no such template'] as const

const putOwn = endpoint({
  method: 'put',
  path: '/templates/{id}/progression',
  name: 'putTemplateProgression',
  summary: 'Sets how the executions of one template move on.',
  body: wanted,
  answer: all,
  refusals: [missing],
  run: ({ running, body, path: { id } }) =>
    running.gateway.progression.set(parseProgression(body), id),
})

const removeOwn = endpoint({
  method: 'delete',
  path: '/templates/{id}/progression',
  name: 'removeTemplateProgression',
  summary: 'Gives the executions of one template back to the default.',
  answer: all,
  refusals: [missing],
  run: ({ running, path: { id } }) => running.gateway.progression.set(null, id),
})

export const progressionEndpoints = [get, put, putOwn, removeOwn]
