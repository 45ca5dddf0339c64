import { describe, expect, it } from 'vitest'
import { EcsError } from '../../src/imagebuilder/errors.js'
import type { RawRequest } from '../../src/gateway/wire/request.js'
import { accessFor, admit, recordedKey, recordedRequests } from './requests.js'
import type { Recorded } from './requests.js'

const all = recordedRequests()

/** What a signature covers, decoded by other means than ours; equal texts mean equal requests. */
function meaning({ raw, signature }: Recorded): string {
  const [path = '', query = ''] = raw.target.split(/\?(.*)/s)
  const body = Buffer.from(raw.body).toString('latin1')
  const pairs = (text: string) => [...new URLSearchParams(text)].sort()
  if (signature === 'v1') {
    const form = raw.headers['content-type']?.startsWith('application/x-www-form') ? body : ''
    return JSON.stringify([raw.method, pairs(`${query}&${form}`)])
  }
  const signed = Object.entries(raw.headers).filter(
    ([name]) => name.startsWith('x-acs-') || ['host', 'content-type'].includes(name),
  )
  const headers = signed.map(([name, value]) => [name, value.replace(/^[ \t]+|[ \t]+$/g, '')])
  return JSON.stringify([raw.method, path, pairs(query), headers, body])
}

/** Texts that differ from the given one by one character: put in, taken out, changed, in case. */
function* oneOff(text: string): Generator<string> {
  for (let at = 0; at <= text.length; at++) {
    const [before, letter, after] = [text.slice(0, at), text[at], text.slice(at + 1)]
    yield `${before}x${text.slice(at)}`
    if (letter === undefined) continue
    yield before + after
    yield before + String.fromCharCode(letter.charCodeAt(0) ^ 1) + after
    const turned = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
    if (turned !== letter) yield before + turned + after
  }
}

function outcome(raw: RawRequest): string {
  try {
    admit(raw)
    return 'accepted'
  } catch (error) {
    if (error instanceof EcsError) return error.code
    throw error
  }
}

/** Tries every one-off of a text; gives what was let in wrongly and how many were refused. */
function tryAll(original: Recorded, text: string, change: (text: string) => Partial<RawRequest>) {
  const meant = meaning(original)
  const wrong: string[] = []
  let refused = 0
  for (const changed of oneOff(text)) {
    const raw = { ...original.raw, ...change(changed) }
    if (outcome(raw) !== 'accepted') refused += 1
    else if (meaning({ ...original, raw }) !== meant) wrong.push(changed)
  }
  return { wrong, refused }
}

describe('the recorded requests of real clients', () => {
  it('are 77 and every one is let in', () => {
    expect(all.map(({ raw }) => outcome(raw))).toEqual(Array.from({ length: 77 }, () => 'accepted'))
  })

  it.each([
    ['the SDK', 'v3'],
    ['the SDK', 'v1'],
    ['pop-core', 'v1'],
  ])('of %s in %s are refused with any change of the target', (client, signature) => {
    const own = all.filter((each) => each.signature === signature)
    const theirs = own.filter(
      (each) => each.client.includes('pop-core') === (client === 'pop-core'),
    )
    expect(theirs.length).toBeGreaterThan(10)
    for (const each of theirs) {
      const { wrong, refused } = tryAll(each, each.raw.target, (target) => ({ target }))
      expect(wrong).toEqual([])
      expect(refused).toBeGreaterThan(each.raw.target.length)
    }
  })

  it('are refused with any change of the body', () => {
    for (const each of all.filter(({ raw }) => raw.body.length > 0)) {
      const text = Buffer.from(each.raw.body).toString('latin1')
      const { wrong, refused } = tryAll(each, text, (body) => ({
        body: Buffer.from(body, 'latin1'),
      }))
      expect(wrong).toEqual([])
      expect(refused).toBeGreaterThan(text.length)
    }
  })

  it('are refused with any change of a signed header, or of the signature', () => {
    for (const each of all.filter(({ signature }) => signature === 'v3')) {
      const signed = Object.keys(each.raw.headers).filter(
        (name) => name.startsWith('x-acs-') || ['host', 'content-type'].includes(name),
      )
      for (const name of [...signed, 'authorization']) {
        const value = each.raw.headers[name] ?? ''
        for (const changed of oneOff(value)) {
          const headers = { ...each.raw.headers, [name]: changed }
          expect(outcome({ ...each.raw, headers }), `${name}: ${changed}`).not.toBe('accepted')
        }
      }
    }
  })

  it('are refused with a signed header taken away or another method', () => {
    for (const each of all) {
      const method = each.raw.method === 'GET' ? 'POST' : 'GET'
      expect(outcome({ ...each.raw, method })).toBe('SignatureDoesNotMatch')
      if (each.signature === 'v1') continue
      for (const name of Object.keys(each.raw.headers).filter((key) => key.startsWith('x-acs-'))) {
        const { [name]: _, ...headers } = each.raw.headers
        expect(outcome({ ...each.raw, headers })).not.toBe('accepted')
      }
    }
  })

  it('are refused with a header that belongs into the signature and is not listed', () => {
    for (const each of all.filter(({ signature }) => signature === 'v3')) {
      const headers = { ...each.raw.headers, 'x-acs-extra': '1' }
      expect(outcome({ ...each.raw, headers })).toBe('SignatureDoesNotMatch')
    }
  })

  it('are refused the second time, also in another encoding', () => {
    const access = accessFor([recordedKey])
    const again = (raw: RawRequest): string => {
      try {
        admit(raw, access)
        return 'accepted'
      } catch (error) {
        return error instanceof EcsError ? error.code : 'thrown'
      }
    }
    expect(new Set(all.map(({ raw }) => again(raw)))).toEqual(new Set(['accepted']))
    for (const { raw } of all) {
      const encoded = { ...raw, target: raw.target.replaceAll('%20', '+') }
      expect([again(raw), again(encoded)]).toEqual(['SignatureNonceUsed', 'SignatureNonceUsed'])
    }
  })

  it('are accepted for fifteen minutes either way, and then refused as stale', () => {
    const minute = 60_000
    for (const { raw } of all) {
      const at = (ms: number): string => outcome({ ...raw, receivedAt: raw.receivedAt + ms })
      expect([at(-15 * minute), at(15 * minute)]).toEqual(['accepted', 'accepted'])
      for (const ms of [-15 * minute - 1, 15 * minute + 1, 24 * 60 * minute]) {
        expect(at(ms)).toBe('InvalidTimeStamp.Expired')
      }
    }
  })

  it('do not care for headers outside of the signature', () => {
    for (const each of all) {
      const headers = { ...each.raw.headers, 'user-agent': 'another', accept: '*/*', via: 'proxy' }
      expect(outcome({ ...each.raw, headers })).toBe('accepted')
    }
  })
})

describe('another encoding of the same request', () => {
  const encodings: Readonly<Record<string, (text: string) => string>> = {
    'space as +': (text) => text.replaceAll('%20', '+'),
    'lower-case hexadecimal': (text) =>
      text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
    "*~!'() raw": (text) =>
      text.replace(/%(2A|7E|21|27|28|29)/g, (escape) => decodeURIComponent(escape)),
    'every letter encoded': (text) =>
      text.replace(/%[0-9A-F]{2}|[^=&]/g, (one) =>
        one.startsWith('%') ? one : `%${one.charCodeAt(0).toString(16)}`,
      ),
    'the parameters in another order': (text) => text.split('&').reverse().join('&'),
    'empty places between parameters': (text) => `&&${text.replaceAll('&', '&&')}&`,
  }

  it.each(Object.entries(encodings))('is accepted: %s', (_, encodeAnew) => {
    let changed = 0
    for (const { raw, signature } of all) {
      const [path, query] = raw.target.split(/\?(.*)/s)
      const target = query === undefined ? raw.target : `${path}?${encodeAnew(query)}`
      // V3 signs the bytes of the body, not what they mean.
      const text = Buffer.from(raw.body).toString('latin1')
      const body = signature === 'v1' ? Buffer.from(encodeAnew(text), 'latin1') : raw.body
      if (target !== raw.target || !Buffer.from(raw.body).equals(body)) changed += 1
      expect(outcome({ ...raw, target, body }), target).toBe('accepted')
    }
    expect(changed).toBeGreaterThanOrEqual(10)
  })

  it('is accepted with an absolute target, and V1 with more slashes', () => {
    for (const { raw, signature } of all) {
      const target = `http://127.0.0.1:18481${raw.target}`
      expect(outcome({ ...raw, target })).toBe('accepted')
      const slashes = outcome({ ...raw, target: `/${raw.target}` })
      expect(slashes).toBe(signature === 'v1' ? 'accepted' : 'SignatureDoesNotMatch')
    }
  })
})
