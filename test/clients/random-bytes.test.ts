import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEmulator } from '../../src/index.js'
import { Wire } from './wire.js'

const junk = fc.uint8Array({ maxLength: 80 }).map((each) => Buffer.from(each).toString('latin1'))

/** Pieces that lead deeper into a parser than chance would. */
const piece = fc.constantFrom(
  'GET ',
  'POST ',
  '/?Action=DescribeRegions&Version=2014-05-26&AccessKeyId=x',
  '/_bakeline/health',
  '//?',
  'http://ecs.aliyuncs.com/?',
  ' HTTP/1.1\r\n',
  ' HTTP/1.0\r\n',
  'Host: localhost\r\n',
  'Host: evil.example\r\n',
  'Content-Length: 5\r\n',
  'Content-Length: 5, 6\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Content-Type: application/x-www-form-urlencoded\r\n',
  'Authorization: ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=b\r\n',
  'Expect: 100-continue\r\n',
  'Upgrade: websocket\r\nConnection: Upgrade\r\n',
  '\r\n',
  '5\r\nhello\r\n0\r\n\r\n',
  '%',
  '&Format=XML',
)

const bytes = fc.array(fc.oneof(piece, junk), { maxLength: 14 }).map((all) => all.join(''))

test('random bytes on a connection are answered or refused, and it is let go', async () => {
  const logged: unknown[] = []
  const emulator = await createEmulator({ log: (...line) => logged.push(line) })
  let answered = 0
  await fc.assert(
    fc.asyncProperty(bytes, async (text) => {
      const wire = await Wire.open(emulator.port)
      const said = await wire.send(text).finish().rest()
      if (said === '') return
      answered += 1
      expect(said).toMatch(/^HTTP\/1\.1 [1-5]\d\d /)
      expect(said).not.toMatch(/^HTTP\/1\.1 5/)
    }),
    { numRuns: 300 },
  )
  expect(answered).toBeGreaterThan(100)
  const health = await fetch(`${emulator.url}/_bakeline/health`)
  expect(health.status).toBe(200)
  await emulator.close()
  expect(logged).toEqual([])
})
