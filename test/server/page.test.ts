import { describe, expect, test } from 'vitest'
import { wantsPage } from '../../src/server/page/page.js'
import { Served } from './server.js'

const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }

function asks(path: string, init: RequestInit = { headers: browser }): boolean {
  return wantsPage(new Request(`http://127.0.0.1:4526${path}`, init))
}

describe('who gets the page at /', () => {
  test('a browser that opens the address does', () => {
    expect(asks('/')).toBe(true)
    expect(asks('/?theme=dark')).toBe(true)
    expect(asks('/', { method: 'HEAD', headers: browser })).toBe(true)
  })

  test('a call of the service never does, whatever it accepts', () => {
    expect(asks('/?Action=DescribeImages')).toBe(false)
    expect(asks('/?action=DescribeImages')).toBe(false)
    expect(asks('/?Version=2014-05-26')).toBe(false)
    expect(asks('/?Signature=x')).toBe(false)
    expect(asks('/', { headers: { ...browser, 'x-acs-action': 'DescribeImages' } })).toBe(false)
    expect(asks('/', { headers: { ...browser, authorization: 'ACS3-HMAC-SHA256 x' } })).toBe(false)
    expect(asks('/', { method: 'POST', headers: browser, body: 'Action=DescribeImages' })).toBe(
      false,
    )
  })

  test('a client that does not name HTML does not', () => {
    expect(asks('/', {})).toBe(false)
    expect(asks('/', { headers: { accept: '*/*' } })).toBe(false)
    expect(asks('/', { headers: { accept: 'application/json' } })).toBe(false)
  })

  test('no other path is the page', () => {
    expect(asks('/executions')).toBe(false)
  })
})

describe('what is sent', () => {
  test('a call at / is answered by the service as before', async () => {
    const server = await Served.open()
    const { status, body } = await server.ecs('DescribeImagePipelines')
    expect(status).toBe(200)
    expect(body).toHaveProperty('RequestId')
    const nothing = await server.ask('/', {})
    expect(nothing.body).toMatchObject({ Code: 'MissingParameter' })
  })

  test('the page lets nothing in or out but this server', async () => {
    const server = await Served.open()
    const { status, headers, text } = await server.ask('/', { headers: browser })
    expect(status).toBe(200)
    expect(text).toContain('<title>Bakeline</title>')
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
        "img-src 'self' data:; worker-src 'self'; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'none'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('scripts and styles are found under their hashed names, and kept by the browser', async () => {
    const server = await Served.open()
    const { text } = await server.ask('/', { headers: browser })
    const names = [...text.matchAll(/(?:src|href)="(\/_bakeline\/ui\/[^"]+)"/g)].map(([, n]) => n)
    expect(names.length).toBeGreaterThanOrEqual(3)
    for (const name of names) {
      const { status, headers } = await server.ask(String(name), {})
      expect([name, status]).toEqual([name, 200])
      expect(headers.get('cache-control')).toContain('immutable')
    }
  })

  test('nothing outside the built page can be reached', async () => {
    const server = await Served.open()
    for (const name of ['..%2fpackage.json', 'nothing.js', 'index.html', '.env', '%2e%2e/x.js']) {
      const { status } = await server.ask(`/_bakeline/ui/${name}`, {})
      expect([name, status]).toEqual([name, 404])
    }
  })
})
