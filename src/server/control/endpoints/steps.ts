import { z } from 'zod'
import { BakelineError } from '../../../core/errors.js'
import { machineJson } from '../../../engine/machine-json.js'
import { stepsOf } from '../../../imagebuilder/steps.js'
import { endpoint } from '../endpoint.js'
import { anyObject, closed, wholeNumber } from '../shapes.js'

const missing = [404, 'NOT_FOUND', 'there is no such execution'] as const

const machine = endpoint({
  method: 'get',
  path: '/machines/{key}',
  name: 'getMachine',
  summary: 'The states and transitions of a machine, by its id@version: what a picture needs.',
  answer: z.object({ key: z.string(), root: anyObject }),
  refusals: [[404, 'NOT_FOUND', 'this process does not have the machine']],
  async run({ running, path: { key } }) {
    const definition = running.builder.engine.definition(key)
    if (definition !== undefined) return machineJson(definition.machine)
    const says = `this process does not have the machine "${key.slice(0, 100)}"`
    throw new BakelineError('NOT_FOUND', says, { machine: key.slice(0, 100) })
  },
})

const step = z
  .object({
    n: z.number().int(),
    seq: z.number().int(),
    at: z.number().int().meta({ description: 'Milliseconds since 1970, of the service.' }),
    kind: z.enum(['step', 'attempt', 'migration']),
    body: anyObject.meta({ description: 'The record; what a migration carried is left out.' }),
    status: z.string().optional().meta({ description: 'The status after the step.' }),
    effects: z
      .array(anyObject)
      .optional()
      .meta({ description: 'What it asked the outside to do.' }),
    changes: z
      .array(anyObject)
      .optional()
      .meta({ description: 'What changed in the context: path, before, after.' }),
  })
  .meta({ id: 'unfoldedRecord' })

const steps = endpoint({
  method: 'get',
  path: '/executions/{id}/steps',
  name: 'getSteps',
  summary:
    'The history of an execution, unfolded: what each step changed and asked for. Taken in order, ' +
    'the changes give the context at any step. With what is pending now.',
  query: closed('a field of this query', {
    after: wholeNumber(0, Number.MAX_SAFE_INTEGER)
      .exactOptional()
      .meta({ description: 'Records after this seq.' }),
  }),
  answer: z.object({
    execution: anyObject,
    problem: z
      .string()
      .nullable()
      .meta({ description: 'Why effects and changes are missing from some step on.' }),
    records: z.array(step),
    work: z
      .array(anyObject)
      .meta({ description: 'Pending tasks and timers, with their due times.' }),
    images: z.array(anyObject).meta({ description: 'What it has made.' }),
  }),
  refusals: [missing],
  run: ({ running, path: { id }, query: { after = 0 } }) =>
    stepsOf(running.builder.engine, id, after),
})

export const stepEndpoints = [machine, steps]
