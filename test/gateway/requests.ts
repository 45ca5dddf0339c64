import { readFileSync } from 'node:fs'
import { accessKeys } from '../../src/gateway/access/access-keys.js'
import type { AccessKey } from '../../src/gateway/access/access-keys.js'
import { nonceMemory } from '../../src/gateway/access/nonces.js'
import { signV1, stringToSignV1 } from '../../src/gateway/access/signature-v1.js'
import { verify } from '../../src/gateway/access/verify.js'
import type { Access } from '../../src/gateway/access/verify.js'
import { readRequest } from '../../src/gateway/wire/request.js'
import type { RawRequest } from '../../src/gateway/wire/request.js'

/** A request that a real client sent, as recorded. */
export interface Recorded {
  readonly client: string
  readonly signature: 'v3' | 'v1'
  readonly action: string
  readonly raw: RawRequest
}

/** The key that the recorded requests were signed with; it never opened anything. */
export const recordedKey: AccessKey = {
  AccessKeyId: 'LTAI5tExampleKeyId0001',
  AccessKeySecret: 'ExampleSecret000000000000000001',
  account: '1234567890123456',
}

interface Line {
  readonly client: string
  readonly signature: 'v3' | 'v1'
  readonly action: string
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Every recorded request, received at the time that it states. */
export function recordedRequests(): readonly Recorded[] {
  const text = readFileSync(new URL('../fixtures/signed-requests.jsonl', import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => recorded(JSON.parse(line) as Line))
}

function recorded({ client, signature, action, method, url, headers, body }: Line): Recorded {
  const stated =
    headers['x-acs-date'] ?? /Timestamp=([^&]+)/.exec(`${url}&${body}`)?.[1]?.replaceAll('%3A', ':')
  const raw = rawRequest({
    method,
    target: url,
    headers,
    body: new TextEncoder().encode(body),
    receivedAt: Date.parse(stated ?? ''),
  })
  return { client, signature, action, raw }
}

/** A request with what a test does not care about filled in. */
export function rawRequest(given: Partial<RawRequest>): RawRequest {
  return {
    method: 'POST',
    target: '/',
    headers: { host: '127.0.0.1:4526' },
    body: new Uint8Array(),
    remoteAddress: '127.0.0.1',
    receivedAt: Date.parse('2026-11-24T02:15:36Z'),
    ...given,
  }
}

/** Access for some keys, with a memory of nonces of its own. */
export function accessFor(keys: readonly AccessKey[]): Access {
  return { keys: accessKeys(keys), account: '1234567890123456', nonces: nonceMemory() }
}

/** Reads and verifies, as the server does; each call with a fresh memory unless one is given. */
export function admit(raw: RawRequest, access: Access = accessFor([recordedKey])) {
  return verify(readRequest(raw), access)
}

/** A V1 request by GET, signed with a key, with parameters to add or to change. */
export function signedV1(
  change: Readonly<Record<string, string | undefined>> = {},
  key: Pick<AccessKey, 'AccessKeyId' | 'AccessKeySecret'> = recordedKey,
): RawRequest {
  const parameters = Object.entries({
    Action: 'DescribeRegions',
    Version: '2014-05-26',
    Timestamp: '2026-11-24T02:15:36Z',
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: 'nonce',
    AccessKeyId: key.AccessKeyId,
    ...change,
  }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  const signature = signV1(key.AccessKeySecret, stringToSignV1('GET', parameters))
  const query = new URLSearchParams([
    ...parameters.map(([name, value]): [string, string] => [name, value]),
    ['Signature', signature],
  ])
  return rawRequest({ method: 'GET', target: `/?${query.toString()}` })
}
