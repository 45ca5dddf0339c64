import { expect, test } from 'vitest'
import { describeOperations } from '../../src/gateway/describe/operations.js'
import { operations } from '../../src/gateway/operations/index.js'
import { ecsEndpoints } from '../../src/server/control/endpoints/ecs.js'
import { Served } from './server.js'

test('the operations of the service are told as JSON, in the shape that the description says', async () => {
  const { status, body } = await (await Served.open()).control('GET /ecs/operations')
  expect(status).toBe(200)
  expect(body).toEqual({ operations: describeOperations(operations) })
  const { answer } = ecsEndpoints.find(({ path }) => path === '/ecs/operations') ?? {}
  if (answer === undefined || 'contentType' in answer) throw new Error('it answers with JSON')
  expect(answer.parse(body)).toEqual(body)
})

test('the service is told as an OpenAPI document', async () => {
  const { status, body } = await (await Served.open()).control('GET /ecs/openapi.json')
  expect(status).toBe(200)
  expect(body).toMatchObject({ openapi: '3.1.0', paths: expect.any(Object) as object })
})
