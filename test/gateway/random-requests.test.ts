import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operations } from '../../src/gateway/operations/index.js'
import { type AnyOperation, products } from '../../src/gateway/operation.js'
import type { Field, Fields } from '../../src/imagebuilder/parameters/field.js'
import { anyText } from './any-text.js'
import type { ClientOptions } from './client.js'
import { account, type Emulator, emulator, linux, region } from './emulator.js'
import { rawRequest } from './requests.js'

/** Texts that mean something somewhere, so that requests get beyond their first check. */
const words = [
  region,
  'cn-beijing',
  linux,
  'acs:ecs',
  'IMAGE',
  'IMAGE_FAMILY',
  'imagepipeline',
  'imagecomponent',
  'image',
  'RUN echo yes',
  'RUN true\nCOPY http://a.example/b /c',
  'web',
  'name-1',
  account,
  '42',
  'token-1',
  'BUILDING,SUCCESS',
  '1.0.0',
  'Standard',
  'ecs.g6.large',
  'system',
  '2026-01-05T02:00:00Z',
  '8',
  'vpc-bp1defaultcnhangzhou',
  '',
]

/** What a client can send: half a surrogate pair has no UTF-8. */
const sent = anyText.map((text) => text.replace(/[\ud800-\udfff]/g, '?'))

/** `@0` stands for the first id that an answer gave, `@1` for the second, and so on. */
const ids = fc.nat(20).map((n) => `@${n}`)

function valueOf(name: string, field: Field): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'choice':
      return fc.constantFrom(...field.values)
    case 'integer':
      return fc.integer({ min: field.min, max: Math.min(field.max, field.min + 600) })
    case 'boolean':
      return fc.boolean()
    case 'long':
      return fc.constantFrom(account, '42')
    case 'list':
      return fc.array(valueOf(name, field.item), { maxLength: 3 })
    case 'object':
      return valuesOf(field.fields)
    case 'ignored':
      return fc.constant('x')
    case 'text':
      if (name === 'RegionId')
        return oneOf([20, fc.constant(region)], [1, fc.constantFrom(...words)])
      if (name.endsWith('Id') || name === 'BaseImage') {
        return oneOf([6, ids], [3, fc.constant(linux)], [1, sent])
      }
      return oneOf([6, fc.constantFrom(...words)], [2, ids], [1, sent])
  }
}

function oneOf(...weighted: readonly [number, fc.Arbitrary<string>][]): fc.Arbitrary<string> {
  return fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary })))
}

function valuesOf(fields: Fields): fc.Arbitrary<Record<string, unknown>> {
  const all = Object.entries(fields).map(([name, field]) => [name, valueOf(name, field)] as const)
  const requiredKeys = Object.entries(fields)
    .filter(([name, { required }]) => required !== undefined || name === 'RegionId')
    .map(([name]) => name)
  return fc.record(Object.fromEntries(all), { requiredKeys })
}

interface Request {
  readonly action: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly way: ClientOptions
}

const ways = (version: string) =>
  fc.record({
    version: fc.constant(version),
    signature: fc.constantFrom('v1' as const, 'v3' as const),
    format: fc.constantFrom('JSON' as const, 'XML' as const),
    place: fc.constantFrom('query' as const, 'form' as const),
  })

function requestsOf({ request, product }: AnyOperation): fc.Arbitrary<Request> {
  const { action, fields } = request
  return fc.record({
    action: fc.constant(action),
    parameters: valuesOf(fields),
    way: ways(products[product]),
  })
}

/** What they do happens: templates that were made are started, polled and deleted by later ones. */
async function play({ client, builder }: Emulator, requests: readonly Request[]) {
  const known: string[] = []
  const statuses: number[] = []
  for (const { action, parameters, way } of requests) {
    const text = JSON.stringify(parameters).replace(/"@(\d+)"/g, (_, n: string) => {
      return JSON.stringify(known[Number(n)] ?? linux)
    })
    const reply = await client(way).call(action, JSON.parse(text) as object as never)
    statuses.push(reply.status)
    const made = Object.values(reply.body).find((each) => /^(ip|ic|m|exec)-/.test(String(each)))
    if (reply.status === 200 && typeof made === 'string') known.push(made)
    if (statuses.length % 7 === 0) await builder.engine.advance('90s')
  }
  return statuses
}

describe('random requests', () => {
  const any = fc.array(fc.oneof(...operations.map(requestsOf)), {
    minLength: 10,
    maxLength: 40,
  })

  it('that fit their tables are answered, never with a fault of ours', async () => {
    const seen = new Set<number>()
    await fc.assert(
      fc.asyncProperty(any, async (requests) => {
        const made = await emulator()
        const statuses = await play(made, requests)
        await made.builder.engine.advance('2h')
        expect(made.logged).toEqual([])
        expect(Math.max(...statuses)).toBeLessThan(500)
        expect(await made.builder.engine.verify()).toEqual([])
        for (const status of statuses) seen.add(status)
        await made.builder.engine.close()
      }),
      { numRuns: 40 },
    )
    expect([...seen]).toEqual(expect.arrayContaining([200, 400, 404]))
  }, 60_000)
})

describe('random bytes', () => {
  const bytes = fc.uint8Array({ maxLength: 60 }).map((each) => Buffer.from(each).toString('latin1'))
  const piece = fc.oneof(
    bytes,
    fc.constantFrom(
      'Action=',
      'Version=2014-05-26',
      'DescribeImages',
      '&',
      '%',
      '=',
      '/?',
      'http://',
    ),
    fc.constantFrom(
      'Format=XML',
      'Tag.1.Key=a',
      'Tag.1=b',
      'RegionId=cn-hangzhou',
      'AccessKeyId=a',
    ),
  )
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
  const headers = fc.dictionary(
    fc.constantFrom('content-type', 'authorization', 'x-acs-action', 'x-acs-version', 'host', 'x'),
    fc.oneof(text, fc.constantFrom('application/x-www-form-urlencoded', 'ACS3-HMAC-SHA256 a')),
  )

  it('are answered or refused, and never thrown out of the gateway', async () => {
    const made = await emulator({
      world: {
        accessKeys: [{ AccessKeyId: 'a', AccessKeySecret: 'b' }],
      },
    })
    const method = fc.oneof(fc.constantFrom('GET', 'POST'), bytes)
    await fc.assert(
      fc.asyncProperty(method, text, headers, text, bytes, async (verb, target, head, body, ip) => {
        const raw = rawRequest({
          method: verb,
          target,
          headers: head,
          body: Buffer.from(body, 'latin1'),
          remoteAddress: ip,
        })
        const answer = await made.gateway.handle(raw)
        if (answer === 'drop') throw new Error('it was dropped')
        expect(answer.status).toBeGreaterThanOrEqual(400)
        expect(answer.status).toBeLessThan(500)
        expect(answer.body.length).toBeGreaterThan(50)
      }),
      { numRuns: 2_000 },
    )
    expect(made.logged).toEqual([])
  })
})
