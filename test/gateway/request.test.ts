import { describe, expect, it } from 'vitest'
import { ownParameters } from '../../src/gateway/wire/common-parameters.js'
import { limits } from '../../src/gateway/wire/limits.js'
import { formatOf, readRequest } from '../../src/gateway/wire/request.js'
import { refused } from '../imagebuilder/refused.js'
import { rawRequest } from './requests.js'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const base = 'Action=A&Version=1'

/** The parameters of a query beside action and version. */
function queryOf(query: string) {
  const { parameters } = readRequest(rawRequest({ target: `/?${base}&${query}` }))
  return Object.fromEntries([...parameters].slice(2))
}

function bodyOf(text: string, headers: Readonly<Record<string, string>> = form) {
  const body = Buffer.from(text, 'latin1')
  return readRequest(rawRequest({ target: `/?${base}`, headers, body }))
}

describe('the parameters of a request', () => {
  it.each([
    ['Name=a%20b+c', { Name: 'a b c' }],
    ["Name=*~!'()", { Name: "*~!'()" }],
    ['Name=%2A%7e%21%27%28%29', { Name: "*~!'()" }],
    ['Name=%2B', { Name: '+' }],
    ['Name=%E4%B8%AD\u00e6\u0096\u0087', { Name: '中文' }],
    ['Name=%F0%9F%8D%9E', { Name: '🍞' }],
    ['Name=%EF%BB%BFa', { Name: '\u{feff}a' }],
    ['Name=', { Name: '' }],
    ['Name', { Name: '' }],
    ['Name=a=b', { Name: 'a=b' }],
    ['&&Name=a&&', { Name: 'a' }],
    ['=a', { '': 'a' }],
    ['Tag.1.Key=k%201&Tag.1.Value=', { 'Tag.1.Key': 'k 1', 'Tag.1.Value': '' }],
    ['Name=a%00b', { Name: 'a\0b' }],
    ['Name=?/#;', { Name: '?/#;' }],
  ])('are decoded: %s', (query, expected) => {
    expect(queryOf(query)).toEqual(expected)
  })

  it('keep names such as __proto__ harmless', () => {
    const { parameters } = readRequest(rawRequest({ target: `/?${base}&__proto__=a` }))
    expect(parameters.get('__proto__')).toBe('a')
  })

  it('come from query and form, in order', () => {
    const request = bodyOf('Name=a+b&Name.1=c')
    expect([...request.query]).toEqual([
      ['Action', 'A'],
      ['Version', '1'],
    ])
    expect([...request.form]).toEqual([
      ['Name', 'a b'],
      ['Name.1', 'c'],
    ])
    expect([...request.parameters.keys()]).toEqual(['Action', 'Version', 'Name', 'Name.1'])
  })

  it.each([
    ['application/x-www-form-urlencoded', 1],
    ['application/x-www-form-urlencoded;charset=UTF-8', 1],
    ['Application/X-WWW-Form-Urlencoded ; charset=utf-8', 1],
    ['application/json', 0],
    ['text/plain; application/x-www-form-urlencoded', 0],
  ])('with content type %s: %i from the body', (type, count) => {
    expect(bodyOf('Name=a', { 'content-type': type }).form).toHaveLength(count)
  })

  it.each([
    ['a percent sign alone', 'Name=100%'],
    ['half an escape', 'Name=%2'],
    ['an escape of letters', 'Name=%zz'],
    ['bytes that are no UTF-8', 'Name=%FF'],
    ['an overlong form', 'Name=%C0%AF'],
    ['half a surrogate pair', 'Name=%ED%A0%80'],
    ['a character that is no byte', 'Name=中'],
    ['a name twice', 'Name=a&Name=b'],
    ['a name twice with one value', 'Name=a&Na%6De=a'],
  ])('are refused with %s', (_, query) => {
    expect(refused(() => queryOf(query))).toMatchObject({ status: 400, code: 'InvalidParameter' })
  })

  it('may stand in query and body alike, when they agree', () => {
    expect(bodyOf('Action=A').parameters.size).toBe(2)
    expect(refused(() => bodyOf('Action=B')).message).toBe(
      'The parameter "Action" stands in the query and in the body, and differs.',
    )
  })

  it('are the operation’s own when those of the gateway are taken out', () => {
    const { parameters } = readRequest(
      rawRequest({
        target:
          `/?${base}&Format=JSON&AccessKeyId=k&Signature=s&SignatureMethod=HMAC-SHA1&` +
          'SignatureVersion=1.0&SignatureNonce=n&SignatureType=&Timestamp=t&SecurityToken=&' +
          'x-acs-region-id=r&X-Acs-Date=d&RegionId=cn-hangzhou&AcceptLanguage=en-US',
      }),
    )
    expect([...ownParameters(parameters).keys()]).toEqual(['RegionId', 'AcceptLanguage'])
  })
})

describe('action, version and format', () => {
  it('are parameters before they are headers', () => {
    const headers = { 'x-acs-action': 'H', 'x-acs-version': '2' }
    expect(readRequest(rawRequest({ headers }))).toMatchObject({ action: 'H', version: '2' })
    expect(readRequest(rawRequest({ headers, target: '/?Action=A&Version=' }))).toMatchObject({
      action: 'A',
      version: '2',
    })
  })

  it.each([
    ['Action', '/?Version=1'],
    ['Version', '/?Action=A'],
  ])('must be there: %s', (name, target) => {
    expect(refused(() => readRequest(rawRequest({ target })))).toMatchObject({
      status: 400,
      code: 'MissingParameter',
      message: `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
    })
  })

  it.each([
    ['', 'JSON'],
    ['Format=', 'JSON'],
    ['Format=json', 'JSON'],
    ['Format=JSON', 'JSON'],
    ['Format=xml', 'XML'],
    ['Format=XML', 'XML'],
  ])('choose the answer: "%s" gives %s', (query, format) => {
    const raw = rawRequest({ target: `/?${base}&${query}` })
    expect(readRequest(raw).format).toBe(format)
    expect(formatOf(raw)).toBe(format)
    const inBody = rawRequest({ headers: form, body: Buffer.from(`${base}&${query}`) })
    expect(formatOf(inBody)).toBe(format)
  })

  it('refuse another format, and answer that in JSON', () => {
    const raw = rawRequest({ target: `/?${base}&Format=YAML` })
    expect(refused(() => readRequest(raw))).toMatchObject({
      status: 400,
      code: 'InvalidParameter.Format',
      message: 'Specified parameter format is not valid.',
    })
    expect(formatOf(raw)).toBe('JSON')
  })
})

describe('the kind of signature', () => {
  it.each([
    ['v3', { authorization: 'ACS3-HMAC-SHA256 Credential=a' }, 'Signature=s'],
    ['v1', { authorization: 'Basic dTpw', 'x-acs-action': 'A' }, 'Signature=s'],
    ['v1', {}, 'Signature='],
    ['none', { 'x-acs-date': '2026-11-24T02:15:36Z' }, 'AccessKeyId=k'],
  ])('is %s', (kind, headers, query) => {
    const raw = rawRequest({ headers, target: `/?${base}&${query}` })
    expect(readRequest(raw).signature).toBe(kind)
  })
})

describe('the target of a request', () => {
  it.each([
    ['/', '/', undefined],
    ['//', '//', undefined],
    ['http://127.0.0.1:4526/', '/', '127.0.0.1:4526'],
    ['HTTPS://ecs.aliyuncs.com', '/', 'ecs.aliyuncs.com'],
    ['http://[::1]:4526//', '//', '[::1]:4526'],
  ])('may be %s', (start, path, authority) => {
    const request = readRequest(rawRequest({ target: `${start}?${base}` }))
    expect(request).toMatchObject({ path, action: 'A' })
    expect(request.authority).toBe(authority)
  })

  it.each(['', '*', 'example.com:443', '/index.html', '/%2F', 'ftp://host/', '/_bakeline'])(
    'is not found: "%s"',
    (start) => {
      const error = refused(() => readRequest(rawRequest({ target: `${start}?${base}` })))
      expect(error).toMatchObject({
        status: 404,
        code: 'InvalidAction.NotFound',
        message: 'Specified api is not found, please check your url and method.',
      })
    },
  )

  it.each(['PUT', 'get', 'HEAD', 'DELETE', ''])('takes GET and POST, not "%s"', (method) => {
    const error = refused(() => readRequest(rawRequest({ method, target: `/?${base}` })))
    expect(error.code).toBe('UnsupportedHTTPMethod')
  })
})

describe('a request that is too large', () => {
  const many = (count: number, name: string) =>
    Array.from({ length: count }, (_, index) => `${name}${index}=`).join('&')

  it.each([
    ['a target', { target: `/?${'a'.repeat(limits.target)}` }],
    ['a body', { body: new Uint8Array(limits.body + 1) }],
    ['a header', { headers: { host: 'a'.repeat(limits.header + 1) } }],
    [
      'headers',
      { headers: Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`h${at}`, ''])) },
    ],
    ['parameters', { target: `/?${many(1001, 'p')}` }],
    [
      'query and form together',
      { target: `/?${many(600, 'p')}`, headers: form, body: Buffer.from(many(600, 'q')) },
    ],
  ])('is refused by the size of %s', (_, given) => {
    const error = refused(() => readRequest(rawRequest(given)))
    expect(error).toMatchObject({ status: 413, code: 'RequestTooLarge' })
    expect(error.message).toMatch(/ has \d+ [a-z]+, \d+ at most\.$/)
  })

  it.each([
    ['name', `${'n'.repeat(limits.name + 1)}=a`],
    ['value', `Name=${'v'.repeat(limits.value + 1)}`],
  ])('is refused by a long %s', (_, query) => {
    expect(refused(() => queryOf(query)).code).toBe('InvalidParameter')
  })

  it('is not one with two contents of 16 KB in three bytes a character', () => {
    const content = encodeURIComponent('中'.repeat(5461))
    expect(queryOf(`BuildContent=${content}&TestContent=${content}`)['TestContent']).toHaveLength(
      5461,
    )
  })
})
