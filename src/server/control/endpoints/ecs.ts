import { z } from 'zod'
import { describeOperations } from '../../../gateway/describe/operations.js'
import { ecsOpenApi } from '../../../gateway/describe/openapi.js'
import { operations } from '../../../gateway/operations/index.js'
import { endpoint } from '../endpoint.js'
import { anyObject } from '../shapes.js'

/** What the emulated service understands, for pages and generators. */

const text = z.string()
const words = z.array(text)
const value = z.union([z.string(), z.number(), z.boolean()])
const type = z.enum(['text', 'long', 'integer', 'boolean', 'list', 'object'])

const limits = z
  .object({
    min: z.number().optional(),
    max: z.number().optional(),
    unit: text.optional(),
    pattern: text.optional(),
    notStarting: words.optional(),
    notContaining: words.optional(),
    values: words.optional(),
    maxItems: z.number().optional(),
    unique: text.optional(),
  })
  .meta({ id: 'ecsLimits', description: 'Limits of a value; what is not limited is left out.' })

const parameter = z
  .object({
    name: text.meta({ examples: ['ImageOptions.ImageTags.N.Key'] }),
    type,
    items: type.optional().meta({ description: "The type of a list's entries." }),
    required: z.boolean(),
    honoured: z.boolean().meta({ description: 'False: accepted and not looked at.' }),
    docs: text,
    limitsText: text,
    limits,
    default: value.optional(),
    otherwise: text.optional().meta({ description: 'What happens without it.' }),
    deprecated: text.optional().meta({ description: 'The parameter that replaced it.' }),
    example: value.optional(),
  })
  .meta({ id: 'ecsParameter', description: 'A parameter; lists and objects precede their parts.' })

const operation = z
  .object({
    product: text,
    version: text,
    action: text,
    kind: z.enum(['read', 'write']),
    summary: text,
    ramAction: text,
    parameters: z.array(parameter),
    rules: z.array(z.object({ says: text, parameter: text, status: z.number(), code: text })),
    errors: z.array(
      z.object({
        status: z.number(),
        code: text,
        message: text.optional(),
        parameters: words.meta({ description: 'The parameters whose limits it is about.' }),
        never: text.optional().meta({ description: 'Why no request gets it here.' }),
      }),
    ),
    sample: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'ecsOperation', description: 'An operation of the emulated service.' })

const list = endpoint({
  method: 'get',
  path: '/ecs/operations',
  name: 'listEcsOperations',
  summary: 'Every operation of the emulated service: parameters, limits, errors, sample answer.',
  answer: z.object({ operations: z.array(operation) }),
  run: () => Promise.resolve({ operations: describeOperations(operations) }),
})

const openapi = endpoint({
  method: 'get',
  path: '/ecs/openapi.json',
  name: 'getEcsOpenApi',
  summary: 'The emulated service itself as an OpenAPI 3.1 document.',
  answer: anyObject.meta({ id: 'openApi', description: 'An OpenAPI 3.1 document.' }),
  run: ({ service }) => Promise.resolve(ecsOpenApi(operations, service.version)),
})

export const ecsEndpoints = [list, openapi]
