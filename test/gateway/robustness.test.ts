import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownParameters } from '../../src/gateway/wire/common-parameters.js'
import { failure } from '../../src/gateway/wire/answer.js'
import { formatOf, readRequest } from '../../src/gateway/wire/request.js'
import type { RawRequest } from '../../src/gateway/wire/request.js'
import { unflatten } from '../../src/gateway/wire/unflatten.js'
import { verify } from '../../src/gateway/access/verify.js'
import { check } from '../../src/imagebuilder/parameters/check.js'
import { createImagePipeline } from '../../src/imagebuilder/parameters/create-template.js'
import { EcsError } from '../../src/imagebuilder/errors.js'
import { accessFor, rawRequest, recordedKey, recordedRequests } from './requests.js'
import { anyText } from './any-text.js'

const bytes = fc.uint8Array({ maxLength: 200 })
const text = bytes.map((each) => Buffer.from(each).toString('latin1'))
const piece = fc.constantFrom(
  '/',
  '?',
  '&',
  '=',
  '%',
  '+',
  '.',
  '.1.',
  'Tag',
  'Key',
  '__proto__',
  'Action=A',
  'Version=1',
  'Signature=',
  'AccessKeyId=',
  'Timestamp=2026-11-24T02:15:36Z',
  'Format=XML',
  '%E4',
  '%00',
  ';',
  'http://',
  'SignatureMethod=HMAC-SHA1',
  'SignatureVersion=1.0',
  'SignatureNonce=n',
)
const pieces = fc.array(piece, { maxLength: 20 }).map((all) => all.join(''))
const either = fc.oneof(text, pieces, anyText)
const names = fc.constantFrom(
  'host',
  'authorization',
  'content-type',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-action',
  'x-acs-version',
  'x-acs-content-sha256',
  'x-acs-security-token',
  '__proto__',
)
const authorization = pieces.map((each) => `ACS3-HMAC-SHA256 Credential=${each},${each}`)
const anyRequest: fc.Arbitrary<RawRequest> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', ''),
  target: fc.oneof(
    either,
    either.map((each) => `/?Action=A&Version=1&${each}`),
  ),
  headers: fc.dictionary(names, fc.oneof(either, authorization)),
  body: bytes,
  remoteAddress: either,
  receivedAt: fc.integer(),
})

/** As the server will do it, up to the operation. */
function serve(raw: RawRequest, keys = [recordedKey]): void {
  const request = readRequest(raw)
  verify(request, accessFor(keys))
  check(
    createImagePipeline,
    unflatten(createImagePipeline.fields, ownParameters(request.parameters)),
  )
}

/** Runs it; anything but an answer of the service is a bug. */
function mustAnswer(run: () => void, raw: RawRequest): void {
  try {
    run()
  } catch (error) {
    if (!(error instanceof EcsError)) throw error
    const context = { requestId: 'id', hostId: 'h', product: 'Ecs' }
    const { status, body } = failure(formatOf(raw), error, context)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(body.length).toBeGreaterThan(0)
  }
}

describe('random bytes', () => {
  it('get an answer of the service, with keys and without', () => {
    fc.assert(
      fc.property(anyRequest, fc.boolean(), (raw, open) => {
        mustAnswer(() => serve(raw, open ? [] : [recordedKey]), raw)
      }),
      { numRuns: 3000 },
    )
  })

  it('in place of any part of a good request get one as well', () => {
    const all = recordedRequests()
    fc.assert(
      fc.property(fc.constantFrom(...all), either, names, fc.nat(), (good, junk, name, where) => {
        const { target, headers } = good.raw
        const at = where % target.length
        const changes: readonly Partial<RawRequest>[] = [
          { target: target.slice(0, at) + junk + target.slice(at) },
          { headers: { ...headers, [name]: junk } },
          { body: Buffer.from(junk) },
        ]
        for (const change of changes) {
          const raw = { ...good.raw, ...change }
          mustAnswer(() => serve(raw), raw)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('cannot make the longest request slow', () => {
    const hard = [
      '%'.repeat(200_000),
      '&'.repeat(200_000),
      '='.repeat(200_000),
      'Tag.'.repeat(50_000),
      '+'.repeat(200_000),
      '.1'.repeat(100),
    ]
    for (const query of hard) {
      const raw = rawRequest({ target: `/?Action=A&Version=1&AccessKeyId=k&${query}` })
      mustAnswer(() => serve(raw, []), raw)
    }
    const headers = { authorization: `ACS3-HMAC-SHA256 ${' '.repeat(16_000)}x` }
    const raw = rawRequest({ target: '/?Action=A&Version=1', headers })
    mustAnswer(() => serve(raw), raw)
  })
})
