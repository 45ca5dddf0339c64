import { createHash, createHmac, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/index.js'
import { pop, sdk, models, RegionId, thrownBy } from './clients.js'
import { Wire } from './wire.js'

const describeNothing = `Action=DescribeImagePipelines&Version=2014-05-26&AccessKeyId=x&RegionId=${RegionId}`

async function withEmulator(
  options: EmulatorOptions,
  body: (emulator: Emulator) => Promise<void>,
): Promise<void> {
  await using emulator = await createEmulator({ log: () => undefined, ...options })
  await body(emulator)
}

/** What a request by hand is answered: the status line and the body. */
async function ask(port: number, head: string, more = ''): Promise<string> {
  const wire = await Wire.open(port)
  return wire.send(`${head}\r\nConnection: close\r\n\r\n${more}`).rest()
}

describe('a request by hand', () => {
  test('may have an absolute target, more slashes and any header of its own', () =>
    withEmulator({}, async ({ port }) => {
      const host = 'ecs.cn-hangzhou.aliyuncs.com'
      const targets = [`http://${host}/?${describeNothing}`, `//?${describeNothing}`]
      for (const target of targets) {
        const answer = await ask(port, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nX-Auth-Token: `)
        expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/)
        expect(answer).toContain('\r\ncontent-type: application/json;charset=utf-8\r\n')
        expect(answer).toContain('"ImagePipelineSet":[]')
      }
    }))

  test('is answered on the same connection as the one before', () =>
    withEmulator({}, async ({ port }) => {
      const wire = await Wire.open(port)
      for (let n = 0; n < 3; n++) {
        wire.send(`GET /?${describeNothing} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
        expect(await wire.until('"NextToken":""}')).toMatch(/^HTTP\/1.1 200 OK/)
      }
      wire.close()
    }))

  test('whose client closes its half after sending is still answered', () =>
    withEmulator({}, async ({ port }) => {
      const wire = await Wire.open(port)
      wire.send(`GET /?${describeNothing} HTTP/1.1\r\nHost: localhost\r\n\r\n`).finish()
      expect(await wire.rest()).toMatch(/^HTTP\/1.1 200 OK/)
    }))

  test('for another host, or by a page of another origin, is refused', () =>
    withEmulator({}, async ({ port }) => {
      const get = `GET /?${describeNothing} HTTP/1.1`
      const refused: readonly string[] = [
        'Host: evil.example',
        'Host: page.oss-cn-hangzhou.aliyuncs.com',
        'Host: 127.0.0.1\r\nHost: evil.example',
        `Host: localhost:${port}\r\nOrigin: http://evil.example`,
        `Host: localhost:${port}\r\nOrigin: null`,
        `Host: localhost:${port}\r\nSec-Fetch-Site: cross-site`,
      ]
      for (const headers of refused) {
        expect(await ask(port, `${get}\r\n${headers}`), headers).toMatch(/^HTTP\/1.1 40[03] /)
      }
      const ours = `Host: localhost:${port}\r\nOrigin: http://localhost:${port}`
      expect(await ask(port, `${get}\r\n${ours}`)).toMatch(/^HTTP\/1.1 200 /)
      const absolute = `GET http://evil.example/?${describeNothing} HTTP/1.1\r\nHost: localhost`
      expect(await ask(port, absolute)).toMatch(/^HTTP\/1.1 403 /)
    }))
})

describe('a client that takes its time', () => {
  const patience = { headMs: 150, requestMs: 300, idleMs: 200, checkMs: 30 }

  test.each([
    ['says nothing', ''],
    ['stops in the middle of its head', 'GET / HTTP/1.1\r\nHost: local'],
    [
      'stops in the middle of its body',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nAct',
    ],
  ])('and %s is let go', (_, bytes) =>
    withEmulator({ patience }, async ({ port }) => {
      const wire = await Wire.open(port)
      const answer = await wire.send(bytes).rest()
      expect(answer).toMatch(/^(HTTP\/1.1 408 Request Timeout\r\n.*"Code":"RequestTimeout".*)?$/s)
    }),
  )

  test('and closes its half in the middle is let go at once', () =>
    withEmulator({}, async ({ port }) => {
      const wire = await Wire.open(port)
      wire.send('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nAct').finish()
      expect(await wire.rest()).not.toMatch(/ 200 /)
      const other = await ask(port, `GET /?${describeNothing} HTTP/1.1\r\nHost: localhost`)
      expect(other).toMatch(/ 200 OK/)
    }))

  test('does not keep the emulator from closing', () =>
    withEmulator({}, async ({ port, close }) => {
      const wires = await Promise.all([Wire.open(port), Wire.open(port)])
      wires[0]?.send('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nAct')
      await close()
      for (const wire of wires) expect(await wire.rest()).not.toMatch(/ 200 /)
    }))
})

describe('too much of a request', () => {
  test('a body over a mebibyte is refused before all of it has come', () =>
    withEmulator({}, async ({ port }) => {
      const size = 64 * 1024 * 1024
      const wire = await Wire.open(port)
      wire.send(
        'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n' +
          `Content-Length: ${size}\r\n\r\n${'a'.repeat(2 * 1024 * 1024)}`,
      )
      const answer = await wire.rest()
      expect(answer).toMatch(/^HTTP\/1.1 413 /)
      expect(answer).toContain('"Code":"RequestTooLarge"')
    }))

  test('a query of a template with two long contents is read', () =>
    withEmulator({}, async ({ port }) => {
      const content = encodeURIComponent(`RUN ${'ä'.repeat(8_000)}`)
      const long = `${describeNothing.replace('DescribeImagePipelines', 'CreateImagePipeline')}`
      const target = `/?${long}&BuildContent=${content}&TestContent=${content}`
      expect(target.length).toBeGreaterThan(90_000)
      const answer = await ask(
        port,
        `POST ${target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0`,
      )
      expect(answer).toMatch(/"Code":"(MissingParameter|InvalidParameter)/)
    }))

  test('a head without end is refused in JSON', () =>
    withEmulator({}, async ({ port }) => {
      const wire = await Wire.open(port)
      wire.send(`GET /?${'a'.repeat(600 * 1024)} HTTP/1.1\r\n`)
      const answer = await wire.rest()
      expect(answer).toMatch(/^HTTP\/1.1 431 /)
      expect(answer).toContain('"Code":"RequestTooLarge"')
    }))

  test('what is no HTTP is refused in JSON', () =>
    withEmulator({}, async ({ port }) => {
      const wire = await Wire.open(port)
      const answer = await wire.send('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n').rest()
      expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n.*"Code":"InvalidParameter"/s)
    }))
})

const key = {
  AccessKeyId: 'LTAI5tTestTestTestTest01',
  AccessKeySecret: 'secretsecretsecretsecret000001',
  account: '1234567890123456',
}
const world = { accessKeys: [key] }

describe('with access keys in the world', () => {
  const accessKeyId = key.AccessKeyId
  const accessKeySecret = key.AccessKeySecret

  test.each(['v3', 'v2'] as const)('the SDK is let in by its signature %s', (signature) =>
    withEmulator({ world }, async (emulator) => {
      const request = new models.DescribeImagePipelinesRequest({
        regionId: RegionId,
        tag: [new models.DescribeImagePipelinesRequestTag({ key: 'k', value: "a b*c~(d)'!ä+" })],
      })
      const client = sdk(emulator, { signature, accessKeyId, accessKeySecret })
      expect((await client.describeImagePipelines(request)).body?.totalCount).toBe(0)
      const wrong = sdk(emulator, { signature, accessKeyId, accessKeySecret: 'wrong' })
      expect(await thrownBy(wrong.describeImagePipelines(request))).toMatchObject({
        code: 'SignatureDoesNotMatch',
        statusCode: 400,
      })
      expect(await thrownBy(sdk(emulator).describeImagePipelines(request))).toMatchObject({
        code: 'InvalidAccessKeyId.NotFound',
        statusCode: 404,
      })
    }),
  )

  test.each(['GET', 'POST'] as const)('pop-core is refused without its secret, by %s', (method) =>
    withEmulator({ world }, async (emulator) => {
      const call = pop(emulator, accessKeyId).request(
        'DescribeImagePipelines',
        { RegionId },
        { method },
      )
      expect((await thrownBy(call)).code).toBe('SignatureDoesNotMatch')
    }),
  )

  test('a body is signed to the byte, and so are repeated spaces in a header', () =>
    withEmulator({ world }, async ({ port }) => {
      const body = `RegionId=${RegionId}&Tag.1.Key=%E4%BD%A0+b`
      const hash = createHash('sha256').update(body).digest('hex')
      const headers: Record<string, string> = {
        'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
        host: `127.0.0.1:${port}`,
        'x-acs-action': 'DescribeImagePipelines',
        'x-acs-content-sha256': hash,
        'x-acs-date': `${new Date().toISOString().slice(0, 19)}Z`,
        'x-acs-note': 'two  spaces',
        'x-acs-signature-nonce': randomUUID(),
        'x-acs-version': '2014-05-26',
      }
      const names = Object.keys(headers).sort()
      const lines = names.map((name) => `${name}:${headers[name]}\n`).join('')
      const canonical = `POST\n/\n\n${lines}\n${names.join(';')}\n${hash}`
      const text = `ACS3-HMAC-SHA256\n${createHash('sha256').update(canonical).digest('hex')}`
      const signature = createHmac('sha256', accessKeySecret).update(text).digest('hex')
      const head = names.map((name) => `${name}: ${headers[name]}`).join('\r\n')
      const answer = await ask(
        port,
        `POST / HTTP/1.1\r\n${head}\r\nContent-Length: ${body.length}\r\n` +
          `Authorization: ACS3-HMAC-SHA256 Credential=${accessKeyId},` +
          `SignedHeaders=${names.join(';')},Signature=${signature}`,
        body,
      )
      expect(answer).toMatch(/^HTTP\/1.1 200 OK/)
    }))
})
