import { describe, expect, it } from 'vitest'
import type { AccessKey } from '../../src/gateway/access/access-keys.js'
import { nonceMemory } from '../../src/gateway/access/nonces.js'
import { refused } from '../imagebuilder/refused.js'
import {
  accessFor,
  admit,
  rawRequest,
  recordedKey,
  recordedRequests,
  signedV1,
} from './requests.js'

const v3 = recordedRequests().find(({ signature }) => signature === 'v3')!.raw
const v3WithToken = recordedRequests().find(({ raw }) => 'x-acs-security-token' in raw.headers)!.raw
const mandatory = (name: string) =>
  `The input parameter "${name}" that is mandatory for processing this request is not supplied.`

const temporary: AccessKey = {
  AccessKeyId: 'STS.key',
  AccessKeySecret: 'temporary-secret',
  account: '42',
  role: 'builder',
  session: 'ci',
  securityToken: 'token-of-this-key',
  expires: '2026-11-24T03:00:00Z',
}
const keys = accessFor([recordedKey, temporary])

describe('who makes a request', () => {
  it('is the account, the user or the role of the key', () => {
    expect(admit(v3)).toEqual({
      accessKeyId: 'LTAI5tExampleKeyId0001',
      account: '1234567890123456',
      type: 'Account',
      name: '1234567890123456',
    })
    const user = accessFor([{ ...recordedKey, user: 'alice' }])
    expect(admit(v3, user)).toMatchObject({ type: 'SubUser', name: 'alice' })
    const raw = signedV1({ SecurityToken: 'token-of-this-key' }, temporary)
    expect(admit(raw, accessFor([temporary]))).toMatchObject({
      account: '42',
      type: 'AssumedRoleUser',
      name: 'builder:ci',
    })
  })

  it('is anybody with a key while the world names none, whatever the signature and the time', () => {
    const open = accessFor([])
    const wrong = { Timestamp: 'yesterday', SignatureNonce: undefined, AccessKeyId: 'anything' }
    expect(admit(signedV1(wrong), open)).toEqual({
      accessKeyId: 'anything',
      account: '1234567890123456',
      type: 'Account',
      name: '1234567890123456',
    })
    const forged = { ...v3.headers, authorization: `${v3.headers['authorization']}0` }
    expect(admit({ ...v3, headers: forged }, open).accessKeyId).toBe('LTAI5tExampleKeyId0001')
    const bare = rawRequest({ target: '/?Action=A&Version=1&AccessKeyId=k' })
    expect(admit(bare, open).accessKeyId).toBe('k')
    const none = refused(() => admit(rawRequest({ target: '/?Action=A&Version=1' }), open))
    expect(none).toMatchObject({ code: 'MissingParameter', message: mandatory('AccessKeyId') })
    expect(refused(() => admit(signedV1({ AccessKeyId: '' }), open)).code).toBe('MissingParameter')
  })
})

describe('a request that cannot be verified', () => {
  it.each([
    ['AccessKeyId', 'MissingParameter'],
    ['SignatureMethod', 'MissingParameter'],
    ['SignatureVersion', 'MissingParameter'],
    ['SignatureNonce', 'MissingParameter'],
    ['Timestamp', 'IllegalTimestamp'],
  ])('lacks %s: %s', (name, code) => {
    for (const value of [undefined, '']) {
      const error = refused(() => admit(signedV1({ [name]: value }), keys))
      expect(error).toMatchObject({ status: 400, code, message: mandatory(name) })
    }
  })

  it.each([
    ['x-acs-date', 'IllegalTimestamp'],
    ['x-acs-signature-nonce', 'MissingParameter'],
    ['x-acs-content-sha256', 'MissingParameter'],
  ])('lacks the header %s: %s', (name, code) => {
    const headers = { ...v3.headers, [name]: '' }
    const error = refused(() => admit({ ...v3, headers }, keys))
    expect(error).toMatchObject({ status: 400, code, message: mandatory(name) })
  })

  it('has no signature at all', () => {
    const target = '/?Action=DescribeRegions&Version=2014-05-26&AccessKeyId=LTAI5tExampleKeyId0001'
    const error = refused(() => admit(rawRequest({ target }), keys))
    expect(error).toMatchObject({ code: 'MissingParameter', message: mandatory('Signature') })
  })

  it.each([
    ['another method', { SignatureMethod: 'HMAC-SHA256' }, 400, 'InvalidSignatureMethod'],
    ['another version', { SignatureVersion: '2.0' }, 400, 'IncompleteSignature'],
    ['a time in words', { Timestamp: 'now' }, 400, 'InvalidTimeStamp.Format'],
    ['a time without a zone', { Timestamp: '2026-11-24T02:15:36' }, 400, 'InvalidTimeStamp.Format'],
    ['a day that is none', { Timestamp: '2026-02-30T02:15:36Z' }, 400, 'InvalidTimeStamp.Format'],
    ['an hour that is none', { Timestamp: '2026-11-24T25:15:36Z' }, 400, 'InvalidTimeStamp.Format'],
    ['a stale time', { Timestamp: '2026-11-24T02:00:35Z' }, 400, 'InvalidTimeStamp.Expired'],
    ['a time to come', { Timestamp: '2026-11-24T02:30:37Z' }, 400, 'InvalidTimeStamp.Expired'],
    ['an unknown key', { AccessKeyId: 'nobody' }, 404, 'InvalidAccessKeyId.NotFound'],
    [
      'the token of another key',
      { SecurityToken: 'token-of-this-key' },
      400,
      'InvalidSecurityToken.MismatchWithAccessKey',
    ],
  ])('has %s', (_, change, status, code) => {
    expect(refused(() => admit(signedV1(change), keys))).toMatchObject({ status, code })
  })

  it.each([['another algorithm', 'ACS3-RSA-SHA256 Credential=a,SignedHeaders=b,Signature=c']])(
    'has an Authorization header with %s',
    (_, authorization) => {
      const error = refused(() => admit({ ...v3, headers: { ...v3.headers, authorization } }, keys))
      expect(error).toMatchObject({ status: 400, code: 'InvalidSignatureMethod' })
    },
  )

  it.each([
    'ACS3-HMAC-SHA256',
    'ACS3-HMAC-SHA256 ',
    'ACS3-HMAC-SHA256 Credential=,SignedHeaders=b,Signature=c',
    'ACS3-HMAC-SHA256 Credential=a,Signature=c',
    'ACS3-HMAC-SHA256 Credential=a,SignedHeaders=b,Signature=c,Signature=c',
    'ACS3-HMAC-SHA256 Credential=a,SignedHeaders=b,Signature=c,More=d',
  ])('has an incomplete Authorization header: %s', (authorization) => {
    const error = refused(() => admit({ ...v3, headers: { ...v3.headers, authorization } }, keys))
    expect(error).toMatchObject({
      status: 400,
      code: 'IncompleteSignature',
      message: 'The request signature does not conform to Aliyun standards.',
    })
  })

  it('uses a key that is disabled', () => {
    const access = accessFor([{ ...recordedKey, status: 'Inactive' }])
    expect(refused(() => admit(v3, access))).toMatchObject({
      status: 400,
      code: 'InvalidAccessKeyId.Inactive',
      message: 'Specified access key is disabled.',
    })
  })

  it.each([
    ['no token', '', 'MissingSecurityToken'],
    ['a made-up token', 'nonsense', 'InvalidSecurityToken.Malformed'],
    ['the token of another key', 'other', 'InvalidSecurityToken.MismatchWithAccessKey'],
  ])('uses a temporary key with %s', (_, SecurityToken, code) => {
    const other = { ...temporary, AccessKeyId: 'STS.other', securityToken: 'other' }
    const raw = signedV1({ SecurityToken }, temporary)
    expect(refused(() => admit(raw, accessFor([temporary, other]))).code).toBe(code)
  })

  it('uses a temporary key, in V3, with another token in the header', () => {
    const { 'x-acs-security-token': securityToken = '' } = v3WithToken.headers
    admit(v3WithToken, accessFor([{ ...recordedKey, securityToken }]))
    const other = accessFor([{ ...recordedKey, securityToken: 'another' }])
    expect(refused(() => admit(v3WithToken, other)).code).toBe('InvalidSecurityToken.Malformed')
    expect(refused(() => admit(v3, other)).code).toBe('MissingSecurityToken')
  })

  it('uses a temporary key whose time is over', () => {
    const access = accessFor([{ ...temporary, expires: '2026-11-24T02:15:36Z' }])
    const raw = signedV1({ SecurityToken: 'token-of-this-key' }, temporary)
    expect(refused(() => admit(raw, access)).code).toBe('InvalidSecurityToken.Expired')
  })
})

describe('what is let through', () => {
  it.each([
    ['just in time', { Timestamp: '2026-11-24T02:00:36Z' }],
    ['just ahead', { Timestamp: '2026-11-24T02:30:36Z' }],
    ['to the millisecond', { Timestamp: '2026-11-24T02:15:36.833Z' }],
    ['with an empty token, as Go clients send it', { SecurityToken: '', SignatureType: '' }],
    ['with a token that no key of the world has', { SecurityToken: 'STS.made-up' }],
    ['with hard characters', { Name: " +*~!'()/=&%中文\n\u{feff}" }],
  ])('a request %s', (_, change) => {
    expect(admit(signedV1(change)).type).toBe('Account')
  })
})

describe('a signature that does not match', () => {
  it('is answered with the string that the server signed, in V1', () => {
    const raw = signedV1({}, { ...recordedKey, AccessKeySecret: 'wrong' })
    const error = refused(() => admit(raw))
    expect(error).toMatchObject({ status: 400, code: 'SignatureDoesNotMatch' })
    expect(error.message).toBe(
      'Specified signature is not matched with our calculation. server string to sign is:' +
        'GET&%2F&AccessKeyId%3DLTAI5tExampleKeyId0001%26Action%3DDescribeRegions%26' +
        'SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dnonce%26SignatureVersion%3D1.0%26' +
        'Timestamp%3D2026-11-24T02%253A15%253A36Z%26Version%3D2014-05-26',
    )
  })

  it('is answered with the canonical request too, in V3, and never with the secret', () => {
    const headers = { ...v3.headers, 'x-acs-version': '2014-05-27' }
    const error = refused(() => admit({ ...v3, headers }))
    expect(error.message).toMatch(
      /^Specified signature does not match our calculation\. server StringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\] server CanonicalRequest is \[POST\n\/\nAddAccount\.1=/,
    )
    expect(error.message).toContain('\nx-acs-version:2014-05-27\n\nhost;x-acs-action;')
    expect(error.message).toMatch(/\ne3b0c44298fc1c14[0-9a-f]{48}\]$/)
    expect(error.message).not.toContain(recordedKey.AccessKeySecret)
  })
})

describe('a replay', () => {
  it('is refused for this key, not for another one', () => {
    const access = accessFor([recordedKey, { ...recordedKey, AccessKeyId: 'second' }])
    admit(signedV1(), access)
    expect(refused(() => admit(signedV1(), access))).toMatchObject({
      status: 400,
      code: 'SignatureNonceUsed',
      message: 'Specified signature nonce was used already.',
    })
    admit(signedV1({}, { ...recordedKey, AccessKeyId: 'second' }), access)
    admit(signedV1({ SignatureNonce: 'another' }), access)
  })

  it('cannot be provoked by a request that was refused', () => {
    const access = accessFor([recordedKey])
    const forged = signedV1({}, { ...recordedKey, AccessKeySecret: 'wrong' })
    expect(refused(() => admit(forged, access)).code).toBe('SignatureDoesNotMatch')
    expect(admit(signedV1(), access).type).toBe('Account')
  })

  it('is refused as long as the request would be accepted, then as stale', () => {
    const access = accessFor([recordedKey])
    const raw = signedV1({ Timestamp: '2026-11-24T02:30:36Z' })
    admit(raw, access)
    const at = (receivedAt: number) => refused(() => admit({ ...raw, receivedAt }, access)).code
    const stated = Date.parse('2026-11-24T02:30:36Z')
    expect(at(stated + 15 * 60_000)).toBe('SignatureNonceUsed')
    expect(at(stated + 15 * 60_000 + 1)).toBe('InvalidTimeStamp.Expired')
  })
})

describe('the memory of nonces', () => {
  it('forgets what is over and refuses to forget anything else', () => {
    const nonces = nonceMemory(2)
    nonces.remember('k', 'a', 60_000, 0)
    nonces.remember('k', 'b', 600_000, 0)
    expect(refused(() => nonces.remember('k', 'c', 600_000, 0)).code).toBe('Throttling.User')
    expect(nonces.used('k', 'a', 60_000)).toBe(true)
    nonces.remember('k', 'c', 600_000, 120_000)
    expect(nonces.used('k', 'a', 120_000)).toBe(false)
    expect(nonces.used('k', 'b', 600_000)).toBe(true)
    expect(nonces.used('k', 'b', 720_000)).toBe(false)
  })

  it('keeps key and nonce apart', () => {
    const nonces = nonceMemory()
    nonces.remember('ab', 'c', 1000, 0)
    expect(nonces.used('a', 'bc', 0)).toBe(false)
    expect(nonces.used('ab', 'c', 0)).toBe(true)
  })
})
