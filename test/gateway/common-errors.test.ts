import { describe, expect, it } from 'vitest'
import type { RawRequest } from '../../src/gateway/wire/request.js'
import { type Emulator, emulator, region } from './emulator.js'

/** Codes of the gateway and of signing that every operation may be answered with. */

const key = { AccessKeyId: 'LTAIroot', AccessKeySecret: 'secret' }
const alice = { AccessKeyId: 'LTAIalice', AccessKeySecret: 'secret' }
const sleeper = { AccessKeyId: 'LTAIsleeper', AccessKeySecret: 'secret' }
const temporary = { AccessKeyId: 'STS.ci', AccessKeySecret: 'secret' }

const world = {
  users: [{ UserName: 'alice', policies: [] }],
  accessKeys: [
    key,
    { ...alice, user: 'alice' },
    { ...sleeper, status: 'Inactive' as const },
    { ...temporary, securityToken: 'the-token' },
  ],
}

type Change = (raw: RawRequest) => RawRequest
type Made = (emulator: Emulator, format: 'JSON' | 'XML') => RawRequest | Promise<RawRequest>
type MadeAtOnce = (...of: Parameters<Made>) => RawRequest

/** A signed request, changed after it was signed. */
function changed(change: Change, action = 'DescribeZones'): MadeAtOnce {
  return ({ client }, format) =>
    change(
      client({ key, signature: 'v1', format, place: 'query' }).request(action, {
        RegionId: region,
      }),
    )
}

/** A request signed with a key, in V1 or V3. */
function by(
  who: typeof key,
  more: { readonly token?: string; readonly signature?: 'v1' } = {},
): MadeAtOnce {
  return ({ client }, format) =>
    client({ key: who, format, ...more }).request('DescribeZones', { RegionId: region })
}

const without =
  (name: string): Change =>
  (raw) => ({
    ...raw,
    target: raw.target.replace(new RegExp(`([?&])${name}=[^&]*&?`), '$1'),
  })

const instead =
  (name: string, value: string): Change =>
  (raw) => ({
    ...raw,
    target: raw.target.replace(new RegExp(`([?&]${name}=)[^&]*`), `$1${value}`),
  })

const injected =
  (status: number, code: string, message: string): Made =>
  (made, format) => {
    made.gateway.faults.add({ first: 1, answer: { status, code, message } })
    return by(key)(made, format)
  }

const rows: readonly (readonly [status: number, code: string, message: RegExp, made: Made])[] = [
  [
    404,
    'InvalidAction.NotFound',
    /^Specified api is not found, /,
    changed((raw) => raw, 'Nothing'),
  ],
  [
    400,
    'InvalidVersion',
    /^Specified parameter Version is not valid\.$/,
    changed(instead('Version', '1')),
  ],
  [
    400,
    'MissingParameter',
    /^The input parameter "Action" that is mandatory/,
    changed(without('Action')),
  ],
  [400, 'MissingParameter', /"AccessKeyId"/, changed(without('AccessKeyId'))],
  [400, 'MissingParameter', /"SignatureNonce"/, changed(without('SignatureNonce'))],
  [400, 'IllegalTimestamp', /"Timestamp" that is mandatory/, changed(without('Timestamp'))],
  [
    400,
    'InvalidTimeStamp.Format',
    /^Specified time stamp or date/,
    changed(instead('Timestamp', 'now')),
  ],
  [
    400,
    'InvalidTimeStamp.Expired',
    /is expired\.$/,
    changed((raw) => ({ ...raw, receivedAt: raw.receivedAt + 16 * 60_000 })),
  ],
  [
    400,
    'SignatureDoesNotMatch',
    /server string to sign is:GET&%2F&|server string to sign is:POST&%2F&/,
    changed(instead('RegionId', 'cn-beijing')),
  ],
  [
    400,
    'SignatureDoesNotMatch',
    /server StringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\] server CanonicalRequest is \[/,
    (made, format) => {
      const raw = by(key)(made, format)
      return { ...raw, target: `${raw.target}&Verbose=false` }
    },
  ],
  [400, 'InvalidSignatureMethod', /not supported/, changed(instead('SignatureMethod', 'MD5'))],
  [400, 'IncompleteSignature', /does not conform/, changed(instead('SignatureVersion', '2.0'))],
  [
    404,
    'InvalidAccessKeyId.NotFound',
    /^Specified access key is not found\.$/,
    by({ ...key, AccessKeyId: 'LTAInobody' }),
  ],
  [400, 'InvalidAccessKeyId.Inactive', /^Specified access key is disabled\.$/, by(sleeper)],
  [400, 'MissingSecurityToken', /^SecurityToken is mandatory for this action\.$/, by(temporary)],
  [400, 'InvalidSecurityToken.Malformed', /SecurityToken/, by(temporary, { token: 'another' })],
  [
    400,
    'InvalidSecurityToken.MismatchWithAccessKey',
    /SecurityToken/,
    by(key, { token: 'the-token', signature: 'v1' }),
  ],
  [
    400,
    'UnsupportedHTTPMethod',
    /PUT is not supported\. Use GET or POST/,
    changed((raw) => ({ ...raw, method: 'PUT' })),
  ],
  [403, 'Forbidden.RAM', /^User not authorized to operate on the specified resource/, by(alice)],
  [
    400,
    'Throttling.User',
    /^Request was denied due to user flow control\.$/,
    async (made, format) => {
      made.gateway.throttle.perMinute = 1
      await made.client().send(by(key)(made, format))
      return by(key)(made, format)
    },
  ],
  [503, 'ServiceUnavailable', /later/, injected(503, 'ServiceUnavailable', 'Try again later.')],
  [500, 'InternalError', /unknown error/, injected(500, 'InternalError', 'Some unknown error.')],
  [
    403,
    'Forbidden.RiskControl',
    /RiskControl/,
    injected(403, 'Forbidden.RiskControl', 'RiskControl'),
  ],
]

describe.each(['JSON', 'XML'] as const)('in %s', (format) => {
  it.each(rows)('%s %s %s', async (status, code, message, made) => {
    const there = await emulator({ world })
    const reply = await there.client().send(await made(there, format))
    if (reply === 'drop') throw new Error('the connection was dropped')
    const { RequestId, HostId, Code, Message, Recommend } = reply.body as Record<string, string>
    expect([reply.status, Code]).toEqual([status, code])
    const text = format === 'JSON' ? Message : unescaped(Message ?? '')
    expect(text).toMatch(message)
    expect(RequestId).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/)
    expect(reply.headers['x-acs-request-id']).toBe(RequestId)
    expect(HostId).toBe('ecs.aliyuncs.com')
    expect(Recommend).toBe(
      `https://api.aliyun.com/troubleshoot?q=${code}&product=Ecs&requestId=${RequestId}`,
    )
    const type = { JSON: 'application/json;charset=utf-8', XML: 'text/xml;charset=utf-8' }[format]
    expect(reply.headers['content-type']).toBe(type)
    expect(reply.text).not.toContain('secret')
  })
})

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

it('a nonce is refused the second time, in whichever format', async () => {
  const there = await emulator({ world })
  const raw = by(key)(there, 'XML')
  expect(await there.client().send(raw)).toMatchObject({ status: 200 })
  expect(await there.client().send(raw)).toMatchObject({
    status: 400,
    body: { Code: 'SignatureNonceUsed', Message: 'Specified signature nonce was used already.' },
  })
})

it('a format that is none is refused in JSON', async () => {
  const there = await emulator({ world })
  const raw = changed(instead('Format', 'YAML'))(there, 'JSON')
  expect(await there.client().send(raw)).toMatchObject({
    status: 400,
    body: { Code: 'InvalidParameter.Format' },
  })
})
