import { z } from 'zod'
import { controlPath } from '../control-path.js'
import type { AnyEndpoint } from './endpoint.js'

type Schema = Readonly<Record<string, unknown>>

/** What every refusal looks like. */
const error = z
  .object({ Code: z.string(), Message: z.string() })
  .meta({ id: 'error', description: 'A code for programs and a sentence for people.' })

/** The OpenAPI 3.1 document of some endpoints. */
export function openApi(endpoints: readonly AnyEndpoint[], version: string): object {
  const shared: Record<string, unknown> = {}
  const paths: Record<string, Record<string, unknown>> = {}
  for (const each of endpoints) {
    const path = `${controlPath}${each.path}`
    paths[path] = { ...paths[path], [each.method]: operationOf(each, shared) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Bakeline control API',
      version,
      description:
        'What an emulator can do that the real service cannot: move its clock, plan its faults, put ' +
        'its state aside. It answers callers on its own machine only, and no web page of others.',
    },
    paths,
    components: { schemas: shared },
  }
}

function operationOf(each: AnyEndpoint, shared: Record<string, unknown>): object {
  const { name, summary, query, refusals = [] } = each
  const body = each.describes ?? each.body
  const schema = (of: z.ZodType, io: 'input' | 'output'): Schema => schemaOf(of, io, shared)
  const content = { 'application/json': { schema: schema(error, 'output') } }
  const byStatus = new Map<number, string[]>()
  const all = [
    ...(body === undefined && query === undefined
      ? []
      : [[400, 'INVALID_INPUT', 'something in the request is not as described'] as const]),
    ...refusals,
  ]
  for (const [status, code, when] of all) {
    byStatus.set(status, [...(byStatus.get(status) ?? []), `${code}: ${when}`])
  }
  return {
    operationId: name,
    summary,
    parameters: [...pathParameters(each.path), ...queryParameters(query, schema)],
    ...(body === undefined
      ? {}
      : { requestBody: { content: { 'application/json': { schema: schema(body, 'input') } } } }),
    responses: {
      ...goodAnswer(each, schema),
      ...Object.fromEntries(
        [...byStatus].map(([status, lines]) => [
          status,
          { description: lines.join('; '), content },
        ]),
      ),
    },
  }
}

type ToSchema = (of: z.ZodType, io: 'input' | 'output') => Schema

function goodAnswer({ answer }: AnyEndpoint, schema: ToSchema): object {
  if (answer === undefined) return { 204: { description: 'Done.' } }
  if ('contentType' in answer) {
    const content = { [answer.contentType]: { schema: { type: 'string' } } }
    return { 200: { description: answer.says, content } }
  }
  const content = { 'application/json': { schema: schema(answer, 'output') } }
  return { 200: { description: 'Done.', content } }
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters(query: z.ZodType | undefined, schema: ToSchema): object[] {
  if (query === undefined) return []
  const { properties = {}, required = [] } = schema(query, 'input') as {
    readonly properties?: Readonly<Record<string, Schema>>
    readonly required?: readonly string[]
  }
  return Object.entries(properties).map(([name, { description = '', ...rest }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    description,
    schema: rest,
  }))
}

/** A schema whose named parts go where OpenAPI keeps what is shared. */
function schemaOf(of: z.ZodType, io: 'input' | 'output', shared: Record<string, unknown>): Schema {
  const whole = z.toJSONSchema(of, { io, unrepresentable: 'any' })
  const moved = JSON.parse(
    JSON.stringify(whole).replaceAll('"#/$defs/', '"#/components/schemas/'),
  ) as Record<string, unknown>
  const { $schema: _, $defs: definitions = {}, ...rest } = moved
  Object.assign(shared, definitions)
  const id = rest['id']
  if (typeof id !== 'string') return rest
  shared[id] = rest
  return { $ref: `#/components/schemas/${id}` }
}
