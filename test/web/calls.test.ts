import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { signV1 as serverV1, stringToSignV1 } from '../../src/gateway/access/signature-v1.js'
import {
  canonicalRequestV3,
  signV3 as serverV3,
  stringToSignV3,
} from '../../src/gateway/access/signature-v3.js'
import { problemOf, sizeOf } from '../../web/calls/check.js'
import { countOf, type Field, fieldsOf, withoutEntry } from '../../web/calls/operation.js'
import { signV1, signV3 } from '../../web/calls/sign.js'
import { thrownBy, wireErrorOf } from '../../web/calls/throws.js'
import { call, operations } from './call-samples.js'

describe('a signature', () => {
  const key = { id: 'LTAI5tExample', secret: 'very secret', token: 'STS.1/+=' }
  const signing = { key, format: 'XML', now: 1773481287123, nonce: 'n-1' } as const

  test('of V3 is the one that the server computes', async () => {
    const texts = fc.dictionary(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string())
    await fc.assert(
      fc.asyncProperty(texts, async (values) => {
        const signed = await signV3({ ...call, values: { ...values } }, signing)
        const headers = Object.fromEntries(signed.headers)
        const names = Object.keys(headers).filter((name) => name !== 'authorization')
        const query = new Map(new URL(signed.target, 'http://x').searchParams)
        const request = { method: 'POST', path: '/', query, headers } as unknown as Parameters<
          typeof canonicalRequestV3
        >[0]
        const canonical = canonicalRequestV3(request, names, headers['x-acs-content-sha256'] ?? '')
        expect(signed.canonical).toBe(canonical)
        expect(signed.signature).toBe(serverV3(key.secret, stringToSignV3(canonical)))
      }),
      { numRuns: 50 },
    )
  })

  test('of V1 is the one that the server computes', async () => {
    const { target, stringToSign, signature } = await signV1(call, signing)
    const parameters = [...new URLSearchParams(target.slice(2))]
    expect(stringToSign).toBe(stringToSignV1('POST', parameters))
    expect(signature).toBe(serverV1(key.secret, stringToSign))
    expect(new URLSearchParams(target.slice(2)).get('Signature')).toBe(signature)
  })

  test('with an empty secret is one too', async () => {
    const empty = { ...signing, key: { id: 'a', secret: '' } }
    const { signature, stringToSign } = await signV3(call, empty)
    expect(signature).toBe(serverV3('', stringToSign))
  })
})

describe('what is typed', () => {
  const problem = (name: string, value: string): string | null => {
    const parameter = call.operation.parameters.find((each) => each.name === name)
    return parameter === undefined ? `no ${name}` : problemOf(parameter, value)
  }

  test('is held against the limits of its parameter', () => {
    expect(problem('SystemDiskSize', '12')).toBe('20 to 500 GiB.')
    expect(problem('SystemDiskSize', 'x')).toBe('A whole number.')
    expect(problem('SystemDiskSize', '40')).toBeNull()
    expect(problem('BaseImageType', 'DISK')).toBe('One of IMAGE, IMAGE_FAMILY, OSS.')
    expect(problem('Name', 'http://x')).toContain('http://')
    expect(problem('Name', '1web')).toContain('not allowed')
    expect(problem('Name', 'a')).toBe('At least 2 characters.')
    expect(problem('BuildContent', '中'.repeat(6_000))).toContain('18000 of at most 16384 bytes')
    expect(problem('DeleteInstanceOnFailure', 'maybe')).toBe('true or false.')
    expect(problem('AddAccount.N', 'abc')).toContain('20 digits')
    expect(problem('ImageFamily', 'a-http://x')).toContain('contain')
    expect(sizeOf({}, '😀a')).toBe(2)
  })

  test('is not complained of where it is an example', () => {
    const complaints = operations.flatMap(({ action, parameters }) =>
      parameters.flatMap((each) => {
        const found = each.example === undefined ? null : problemOf(each, String(each.example))
        return found === null ? [] : [`${action} ${each.name}: ${found}`]
      }),
    )
    expect(complaints).toEqual([])
  })

  test('has a place in a tree of fields, each parameter once', () => {
    const count = (fields: readonly Field[]): number =>
      fields.reduce((sum, each) => sum + 1 + count(each.fields), 0)
    for (const { parameters } of operations) {
      expect(count(fieldsOf(parameters))).toBe(parameters.length)
    }
  })

  test('leaves no gap when an entry is taken out of a list', () => {
    const values = { 'Tag.1.Key': 'a', 'Tag.2.Key': 'b', 'Tag.3.Key': 'd', Tagged: 'x' }
    expect(countOf(values, 'Tag')).toBe(3)
    expect(withoutEntry(values, 'Tag', 2)).toEqual({
      'Tag.1.Key': 'a',
      'Tag.2.Key': 'd',
      Tagged: 'x',
    })
  })
})

test('what the SDK throws is read from JSON and XML alike', () => {
  const error = wireErrorOf('{"Code":"A.B","Message":"no \\"x\\"","RequestId":"R"}')
  expect(error).toEqual({ Code: 'A.B', Message: 'no "x"', RequestId: 'R' })
  expect(wireErrorOf('<Error><Code>A.B</Code><Message>m</Message></Error>')?.Code).toBe('A.B')
  expect(wireErrorOf('{"RequestId":"R"}')).toBeNull()
  if (error === null) throw new Error('no error')
  expect(thrownBy(403, error)).toBe('ClientError A.B: code: 403, no "x" request id: R')
  expect(thrownBy(500, error)).toMatch(/^ServerError/)
  expect(thrownBy(400, { ...error, Code: 'Throttling.User' })).toMatch(/^ThrottlingError/)
})
