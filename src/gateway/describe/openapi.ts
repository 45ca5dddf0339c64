import { type AnyOperation, products } from '../operation.js'
import { type DescribedError, describeOperations } from './operations.js'
import { type Schema, schemaOfFields, schemaOfSample } from './schema.js'

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'

const intro =
  'The part of the ECS API, and of the products beside it, that Bakeline emulates. Every operation ' +
  'is a GET or POST of `/`, told by Action and Version, which stand among the parameters or in the ' +
  'headers x-acs-action and x-acs-version; OpenAPI knows operations by their paths, so that each has ' +
  'a fragment here, which is not sent. Parameters stand in the query or in a form. Nested ones are ' +
  'written flat: names joined by ".", lists counted from 1, as in `Tag.1.Key=a&ToRegionId.2=cn-beijing`. ' +
  'Format=XML turns answers into XML.'

/** The error that every client reads. */
const error: Schema = {
  type: 'object',
  description: 'What was wrong. HTTP status and Code tell it to programs, Message to people.',
  properties: {
    RequestId: { type: 'string' },
    HostId: { type: 'string' },
    Code: { type: 'string' },
    Message: { type: 'string' },
    Recommend: { type: 'string', description: 'A link that explains the code.' },
    AccessDeniedDetail: {
      type: 'object',
      description: 'With Forbidden.RAM: what was not allowed.',
    },
  },
  required: ['RequestId', 'HostId', 'Code', 'Message', 'Recommend'],
}

/** The OpenAPI 3.1 document of the emulated API. */
export function ecsOpenApi(operations: readonly AnyOperation[], version: string): object {
  const described = describeOperations(operations)
  const paths = operations.map((operation, index) => {
    const { action } = operation.request
    const errors = described[index]?.errors ?? []
    return [`/#Action=${action}`, { post: postOf(operation, errors) }] as const
  })
  return {
    openapi: '3.1.0',
    info: { title: 'ECS Image Builder, as Bakeline emulates it', version, description: intro },
    servers: [{ url: 'http://127.0.0.1:4526' }],
    tags: Object.entries(products).map(([name, of]) => ({ name, description: `Version ${of}` })),
    paths: Object.fromEntries(paths),
    components: {
      schemas: { Error: error },
      securitySchemes: {
        v3: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: 'ACS3-HMAC-SHA256 over method, query, signed headers and body.',
        },
        v1: {
          type: 'apiKey',
          in: 'query',
          name: 'Signature',
          description: 'HMAC-SHA1 over method and all parameters of query and form.',
        },
      },
    },
    security: [{ v3: [] }, { v1: [] }],
  }
}

function postOf(operation: AnyOperation, errors: readonly DescribedError[]): object {
  const { product, request, access, sample, kind } = operation
  const { action, docs, fields, rules } = request
  const rule = rules.map(({ says }) => says).join(' ')
  const schema = schemaOfFields(action, fields)
  return {
    operationId: action,
    tags: [product],
    summary: docs,
    description: [rule, `RAM action: ${access.action}.`].filter((text) => text !== '').join('\n\n'),
    'x-kind': kind,
    requestBody: { required: true, content: { [form]: { schema: withNames(operation, schema) } } },
    responses: {
      200: {
        description: 'Done.',
        content: {
          [json]: {
            schema: schemaOfSample({ RequestId: '', ...sample }),
            example: { RequestId: '473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E', ...sample },
          },
        },
      },
      ...refusalsOf(errors),
    },
  }
}

/** Action and Version, which every request says, before the parameters of the operation. */
function withNames({ product, request }: AnyOperation, schema: Schema): Schema {
  return {
    ...schema,
    properties: {
      Action: { type: 'string', const: request.action },
      Version: { type: 'string', const: products[product] },
      ...(schema['properties'] as Schema),
    },
  }
}

/** By status: the codes that requests can get here, the gateway's own aside. */
function refusalsOf(errors: readonly DescribedError[]): object {
  const byStatus = new Map<number, string[]>()
  for (const { status, code, never } of errors) {
    if (never === undefined) byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  const refusals = [...byStatus].map(([status, codes]) => [
    status,
    {
      description: codes.join(', '),
      content: { [json]: { schema: { $ref: '#/components/schemas/Error' } } },
    },
  ])
  return Object.fromEntries(refusals) as object
}
