import { expect, onTestFinished, test } from 'vitest'
import { LiveService } from '../../src/emulator/service.js'
import { createApp } from '../../src/server/app.js'
import { direct } from '../../src/server/direct.js'
import { type Listening, listen } from '../../src/server/listen.js'
import { Wire } from '../clients/wire.js'
import { start } from './server.js'

/** A server on a port that takes the short way, or only the one through its app. */
async function listening({ short }: { readonly short: boolean }): Promise<Listening> {
  const service = await LiveService.open({ clock: start, seed: 1, log: () => undefined })
  const app = createApp(service, { hosts: [] })
  const first = short ? { direct: direct(service, { hosts: [] }) } : {}
  const open = await listen(app, { port: 0, keyed: false, ...first })
  onTestFinished(async () => {
    await open.close()
    await service.close()
  })
  return open
}

const asked = 'Action=DescribeRegions&Version=2014-05-26&AccessKeyId=x'
const form = 'Content-Type: application/x-www-form-urlencoded'
const host = 'Host: 127.0.0.1:1'

const requests: readonly (readonly [what: string, head: string, body?: string])[] = [
  ['a GET', `GET /?${asked} HTTP/1.1\r\n${host}`],
  ['a GET of an older HTTP', `GET /?${asked} HTTP/1.0\r\n${host}`],
  ['a POST without a body', `POST /?${asked} HTTP/1.1\r\n${host}`],
  ['a POST with an empty body', `POST /?${asked} HTTP/1.1\r\n${host}\r\nContent-Length: 0`],
  ['a form', `POST / HTTP/1.1\r\n${host}\r\n${form}\r\nContent-Length: ${asked.length}`, asked],
  [
    'a form in chunks',
    `POST / HTTP/1.1\r\n${host}\r\n${form}\r\nTransfer-Encoding: chunked`,
    `${asked.length.toString(16)}\r\n${asked}\r\n0\r\n\r\n`,
  ],
  ['one for XML', `GET /?${asked}&Format=XML HTTP/1.1\r\n${host}`],
  ['an unknown action', `GET /?${asked.replace('Regions', 'Nothing')} HTTP/1.1\r\n${host}`],
  ['a query that cannot be read', `GET /?a=%zz HTTP/1.1\r\n${host}`],
  [
    'headers with odd names',
    `GET /?${asked} HTTP/1.1\r\n${host}\r\n__proto__: 1\r\nconstructor: 2`,
  ],
  ['a HEAD', `HEAD /?${asked} HTTP/1.1\r\n${host}`],
  ['another method', `PUT /?${asked} HTTP/1.1\r\n${host}`],
  ['another path', `GET /elsewhere?${asked} HTTP/1.1\r\n${host}`],
  ['an absolute target', `GET http://127.0.0.1:1/?${asked} HTTP/1.1\r\n${host}`],
  ['an absolute target elsewhere', `GET http://evil.example/?${asked} HTTP/1.1\r\n${host}`],
  ['another host', `GET /?${asked} HTTP/1.1\r\nHost: evil.example`],
  ['two hosts', `GET /?${asked} HTTP/1.1\r\n${host}\r\nHost: evil.example`],
  ['a page of others', `GET /?${asked} HTTP/1.1\r\n${host}\r\nOrigin: http://evil.example`],
  ['a page elsewhere', `POST /?${asked} HTTP/1.1\r\n${host}\r\nSec-Fetch-Site: cross-site`],
  ['a browser', `GET / HTTP/1.1\r\n${host}\r\nAccept: text/html`],
  [
    'too large a body',
    `POST /?${asked} HTTP/1.1\r\n${host}\r\nContent-Length: 1100000`,
    'a'.repeat(1_100_000),
  ],
]

test.each(requests)(
  '%s is answered the short way as the app answers it, to the byte',
  async (_, head, body = '') => {
    const answers: string[] = []
    for (const short of [true, false]) {
      const { port } = await listening({ short })
      const wire = await Wire.open(port)
      const text = await wire.send(`${head}\r\nConnection: close\r\n\r\n${body}`).rest()
      answers.push(text.replace(/^Date: .*$/m, 'Date:'))
    }
    expect(answers[0]).toMatch(/^HTTP\/1\.1 \d{3} /)
    expect(answers[0]).toBe(answers[1])
  },
)

test('a request that is dropped the short way gets no answer', async () => {
  const service = await LiveService.open({ clock: start, seed: 1 })
  onTestFinished(() => service.close())
  service.running.gateway.faults.add({ operation: 'DescribeRegions', drop: 'request' })
  const app = createApp(service, { hosts: [] })
  const open = await listen(app, { port: 0, keyed: false, direct: direct(service, { hosts: [] }) })
  onTestFinished(() => open.close())
  const wire = await Wire.open(open.port)
  expect(await wire.send(`GET /?${asked} HTTP/1.1\r\n${host}\r\n\r\n`).rest()).toBe('')
})

test('what goes wrong here is told to the log and to nobody else', async () => {
  const told: unknown[] = []
  const service = await LiveService.open({ clock: start, log: (...line) => told.push(...line) })
  onTestFinished(() => service.close())
  service.use = () => Promise.reject(new Error('a secret'))
  const app = createApp(service, { hosts: [] })
  const open = await listen(app, { port: 0, keyed: false, direct: direct(service, { hosts: [] }) })
  onTestFinished(() => open.close())
  const wire = await Wire.open(open.port)
  const get = `GET /?${asked} HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`
  const answer = await wire.send(get).rest()
  expect(answer).toMatch(/^HTTP\/1\.1 500 /)
  expect(answer).toContain('"Code":"InternalError"')
  expect(answer).not.toContain('secret')
  expect(told).toContainEqual(new Error('a secret'))
})

test.each([
  ['the short way', 'POST'],
  ['through the app', 'PUT'],
])(
  'a client that goes away before its request is whole is nothing to log, %s',
  async (_, method) => {
    const told: unknown[] = []
    const service = await LiveService.open({ clock: start, log: (...line) => told.push(...line) })
    onTestFinished(() => service.close())
    const app = createApp(service, { hosts: [] })
    const open = await listen(app, {
      port: 0,
      keyed: false,
      direct: direct(service, { hosts: [] }),
    })
    const wire = await Wire.open(open.port)
    wire.send(
      `${method} / HTTP/1.1\r\n${host}\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n`,
    )
    await wire.until('100 Continue')
    wire.close()
    // By the time that another client has its answer, the first is known to be gone.
    const other = await Wire.open(open.port)
    await other.send(`GET /?${asked} HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`).rest()
    await open.close()
    expect(told).toEqual([])
  },
)
