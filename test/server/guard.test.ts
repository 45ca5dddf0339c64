import { describe, expect, test } from 'vitest'
import { hostName, isKnownHost, isLoopback } from '../../src/server/guard/host.js'
import { headersOf } from '../../src/server/raw-request.js'
import { Served } from './server.js'

describe('the host that a request is for', () => {
  test.each([
    '127.0.0.1:4526',
    'localhost',
    'LOCALHOST:80',
    'bakeline.localhost:4526',
    '[::1]:4526',
    '127.1.2.3',
    'ecs.aliyuncs.com',
    'ecs-cn-hangzhou.aliyuncs.com',
    'ecs.cn-beijing.aliyuncs.com:80',
    'vpc.aliyuncs.com',
    'sts.cn-hangzhou.aliyuncs.com',
    'ci.example:4526',
  ])('may be %s', (host) => {
    expect(isKnownHost(host, ['ci.example'])).toBe(true)
  })

  test.each([
    'evil.example',
    'aliyuncs.com',
    'page.oss-cn-hangzhou.aliyuncs.com',
    'ecs.a.b.aliyuncs.com',
    'xecs.aliyuncs.com',
    'ecs.aliyuncs.com.evil.example',
    '127.0.0.1.evil.example',
    '127.0.0.1, evil.example',
    '10.0.0.1',
    '[::2]',
    'localhost@evil.example',
    'localhost/',
    '',
  ])('may not be "%s"', (host) => {
    expect(isKnownHost(host, ['ci.example'])).toBe(false)
  })

  test('is told without port, brackets and the last dot', () => {
    expect(hostName('ECS.aliyuncs.com.:80')).toBe('ecs.aliyuncs.com')
    expect(hostName('[::1]:80')).toBe('::1')
    expect(isLoopback('::ffff:127.0.0.1')).toBe(true)
    expect(isLoopback('::ffff:10.0.0.1')).toBe(false)
  })
})

describe('what a browser says of a page', () => {
  test.each([
    ['an origin of its own', { origin: 'http://evil.example' }, 403],
    ['an origin without a name', { origin: 'null' }, 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:3000' }, 403],
    ['ours over https', { origin: 'https://127.0.0.1:4526' }, 403],
    ['ours', { origin: 'http://127.0.0.1:4526' }, 204],
    ['another site, in a request without an origin', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another name of the same site', { 'sec-fetch-site': 'same-site' }, 403],
    ['a page of ours', { 'sec-fetch-site': 'same-origin' }, 204],
    ['the address bar', { 'sec-fetch-site': 'none' }, 204],
    ['nothing, as every other client', {}, 204],
  ] as const)('%s: a reset is answered accordingly', async (_, headers, status) => {
    const served = await Served.open()
    expect((await served.control('POST /reset', undefined, headers)).status).toBe(status)
  })

  test('counts for the emulated service as well', async () => {
    const served = await Served.open()
    const headers = { origin: 'http://evil.example' }
    const reply = await served.ask('/?Action=DescribeRegions', { headers })
    expect([reply.status, reply.body]).toEqual([
      403,
      {
        Code: 'Forbidden.Origin',
        Message: 'Requests that http://evil.example makes a browser send are not answered here.',
      },
    ])
  })
})

describe('a caller on another machine', () => {
  const from = (remoteAddress: string) => ({
    incoming: {
      url: '/?Action=DescribeImagePipelines&Version=2014-05-26&AccessKeyId=x&RegionId=cn-hangzhou',
      method: 'GET',
      rawHeaders: ['Host', 'localhost'],
      socket: { remoteAddress },
    },
  })

  test('is told nothing by the control API but that it is well', async () => {
    const { app } = await Served.open()
    const ask = (path: string) =>
      app.request(`http://localhost/_bakeline${path}`, {}, from('10.0.0.7') as never)
    expect((await ask('/world')).status).toBe(403)
    expect((await ask('/health')).status).toBe(200)
  })
})

/** As Node gives them: without what comes twice. */
function sent(...rawHeaders: string[]) {
  const headers: Record<string, string> = {}
  for (let at = 0; at < rawHeaders.length; at += 2) {
    headers[(rawHeaders[at] as string).toLowerCase()] ??= rawHeaders[at + 1] as string
  }
  return { headers, rawHeaders }
}

test('headers keep their bytes; one that comes twice is one', () => {
  expect(headersOf(sent('Host', 'a', 'X-Acs-Note', 'two  spaces', 'x-acs-note', 'é'))).toEqual({
    host: 'a',
    'x-acs-note': 'two  spaces, é',
  })
  expect(headersOf(sent('Host', 'a', 'Accept', '*/*'))).toEqual({ host: 'a', accept: '*/*' })
  expect(Object.keys(headersOf(sent('__proto__', 'x')))).toEqual(['__proto__'])
})

test('a cookie that is set by a request is a header like any other', () => {
  const headers = { 'set-cookie': ['a=1'] }
  expect(headersOf({ headers, rawHeaders: ['Set-Cookie', 'a=1'] })).toEqual({ 'set-cookie': 'a=1' })
})
