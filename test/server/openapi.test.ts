import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { controlApiPage } from '../../scripts/control-api-page.js'
import { endpoints } from '../../src/server/control/endpoints.js'
import { Served } from './server.js'

/** Every value at any depth. */
function* valuesIn(value: unknown): Generator<unknown> {
  yield value
  if (typeof value !== 'object' || value === null) return
  for (const inner of Object.values(value)) yield* valuesIn(inner)
}

async function document(): Promise<Record<string, never>> {
  const { body } = await (await Served.open()).control('GET /openapi.json')
  return body as Record<string, never>
}

test('the description has every endpoint, each under a name of its own', async () => {
  const { openapi, paths } = await document()
  expect(openapi).toBe('3.1.0')
  const operations = Object.entries<Record<string, { readonly operationId: string }>>(
    paths as never,
  ).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => [operationId, method, path]),
  )
  expect(operations).toEqual(
    endpoints
      .map(({ name, method, path }) => [name, method, `/_bakeline${path}`])
      .sort((a, b) => order(operations, a) - order(operations, b)),
  )
  expect(new Set(operations.map(([name]) => name)).size).toBe(endpoints.length)
})

function order(all: readonly (readonly unknown[])[], one: readonly unknown[]): number {
  return all.findIndex(([name]) => name === one[0])
}

test('everything that it refers to is in it', async () => {
  const whole = await document()
  const { schemas } = whole['components'] as unknown as { schemas: Record<string, unknown> }
  const references = [...valuesIn(whole)].flatMap((value) =>
    typeof value === 'object' && value !== null && '$ref' in value ? [String(value.$ref)] : [],
  )
  expect(references.length).toBeGreaterThan(20)
  for (const reference of references) {
    expect(schemas).toHaveProperty([reference.replace('#/components/schemas/', '')])
  }
  expect(JSON.stringify(whole)).not.toContain('$defs')
})

test('path parameters, bodies and refusals are described', async () => {
  const { paths } = (await document()) as unknown as {
    paths: Record<string, Record<string, Record<string, never>>>
  }
  expect(paths['/_bakeline/executions/{id}/history']?.['get']).toMatchObject({
    parameters: [
      { name: 'id', in: 'path', required: true },
      { name: 'limit', in: 'query', required: false },
      { name: 'after', in: 'query', required: false },
    ],
    responses: { 404: { description: 'NOT_FOUND: there is no such execution' } },
  })
  expect(paths['/_bakeline/clock/advance']?.['post']).toMatchObject({
    requestBody: {
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: { by: { $ref: '#/components/schemas/duration' } },
            required: ['by'],
            additionalProperties: false,
          },
        },
      },
    },
  })
})

test('the page of the docs is what the description says today', () => {
  const page = readFileSync(new URL('../../docs/control-api.md', import.meta.url), 'utf8')
  expect(page).toBe(controlApiPage())
})
