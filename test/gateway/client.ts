import { createHash } from 'node:crypto'
import { signV1, stringToSignV1 } from '../../src/gateway/access/signature-v1.js'
import {
  canonicalRequestV3,
  signV3,
  stringToSignV3,
} from '../../src/gateway/access/signature-v3.js'
import { encode } from '../../src/gateway/access/encode.js'
import type { Gateway } from '../../src/gateway/gateway.js'
import { flatten } from '../../src/gateway/wire/flatten.js'
import { type RawRequest, readRequest } from '../../src/gateway/wire/request.js'
import type { ManualWall } from '../helpers/manual-wall.js'

/** How a client speaks. */
export interface ClientOptions {
  readonly signature?: 'v3' | 'v1'
  readonly method?: 'GET' | 'POST'
  /** Where the parameters stand; in a form only with POST. */
  readonly place?: 'query' | 'form'
  readonly format?: 'JSON' | 'XML'
  readonly version?: string
  readonly key?: { readonly AccessKeyId: string; readonly AccessKeySecret: string }
  readonly token?: string
  readonly remoteAddress?: string
  readonly host?: string
}

/** An answer as a client reads it. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The fields of JSON; of XML, what its elements say, lists in lists. */
  readonly body: Readonly<Record<string, unknown>>
}

const anyKey = { AccessKeyId: 'any', AccessKeySecret: 'thing' }

type Parameters = Readonly<Record<string, unknown>>

let nonces = 0

/** Signs requests and reads answers, as the official clients do, without a socket. */
export class Client {
  readonly #gateway: Gateway
  readonly #wall: ManualWall
  readonly #options: ClientOptions

  constructor(gateway: Gateway, wall: ManualWall, options: ClientOptions = {}) {
    this.#gateway = gateway
    this.#wall = wall
    this.#options = options
  }

  /** Calls; a dropped connection is an error. */
  async call(action: string, parameters: Parameters = {}): Promise<Reply> {
    const answer = await this.send(this.request(action, parameters))
    if (answer === 'drop') throw new Error('the connection was dropped')
    return answer
  }

  async send(raw: RawRequest): Promise<Reply | 'drop'> {
    const answer = await this.#gateway.handle(raw)
    if (answer === 'drop') return 'drop'
    const { status, headers, body: text } = answer
    const isXml = headers['content-type'] === 'text/xml;charset=utf-8'
    const body = (isXml ? readXml(text) : JSON.parse(text)) as Reply['body']
    return { status, headers, text, body }
  }

  /** A signed request. */
  request(action: string, parameters: Parameters = {}): RawRequest {
    const { signature = 'v3', format } = this.#options
    const own = [...flatten(parameters), ...(format ? [['Format', format] as const] : [])]
    return signature === 'v3' ? this.#v3(action, own) : this.#v1(action, own)
  }

  #v1(action: string, own: Flat): RawRequest {
    const { key = anyKey, token, version = '2014-05-26' } = this.#options
    const all: Flat = [
      ...own,
      ['Action', action],
      ['Version', version],
      ['AccessKeyId', key.AccessKeyId],
      ['SignatureMethod', 'HMAC-SHA1'],
      ['SignatureVersion', '1.0'],
      ['SignatureNonce', `nonce-${++nonces}`],
      ['Timestamp', this.#now()],
      ...(token === undefined ? [] : [['SecurityToken', token] as const]),
    ]
    const { method = 'POST' } = this.#options
    const signature = signV1(key.AccessKeySecret, stringToSignV1(method, all))
    return this.#raw([...all, ['Signature', signature]], {})
  }

  #v3(action: string, own: Flat): RawRequest {
    const { key = anyKey, token, version = '2014-05-26' } = this.#options
    const raw = this.#raw(own, {
      'x-acs-action': action,
      'x-acs-version': version,
      'x-acs-date': this.#now(),
      'x-acs-signature-nonce': `nonce-${++nonces}`,
      ...(token === undefined ? {} : { 'x-acs-security-token': token }),
    })
    const hash = createHash('sha256').update(raw.body).digest('hex')
    const headers = { ...raw.headers, 'x-acs-content-sha256': hash }
    const signed = Object.keys(headers).sort()
    const canonical = canonicalRequestV3(readRequest({ ...raw, headers }), signed, hash)
    const signature = signV3(key.AccessKeySecret, stringToSignV3(canonical))
    const parts = `Credential=${key.AccessKeyId},SignedHeaders=${signed.join(';')}`
    const authorization = `ACS3-HMAC-SHA256 ${parts},Signature=${signature}`
    return { ...raw, headers: { ...headers, authorization } }
  }

  #raw(parameters: Flat, headers: Readonly<Record<string, string>>): RawRequest {
    const { method = 'POST', place = 'query', remoteAddress = '127.0.0.1' } = this.#options
    const text = parameters.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
    const inForm = place === 'form'
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const { host = '127.0.0.1:4526' } = this.#options
    return {
      method,
      target: inForm ? '/' : `/?${text}`,
      headers: { host, ...headers, ...(inForm ? type : {}) },
      body: new TextEncoder().encode(inForm ? text : ''),
      remoteAddress,
      receivedAt: this.#wall.now(),
    }
  }

  #now(): string {
    return `${new Date(this.#wall.now()).toISOString().slice(0, 19)}Z`
  }
}

type Flat = readonly (readonly [string, string])[]

/** What stands in an element: text, or elements by name; a name that comes twice gives a list. */
function readXml(text: string): unknown {
  const [, inner = ''] = /^<\?xml[^>]*\?><\w+>(.*)<\/\w+>$/s.exec(text) ?? []
  return readElements(inner)
}

function readElements(text: string): unknown {
  const found = [...text.matchAll(/<(\w+)>(.*?)<\/\1>/gs)]
  if (found.length === 0) return text.replace(/^<!\[CDATA\[(.*)\]\]>$/s, '$1')
  const fields: Record<string, unknown> = {}
  for (const [, name = '', inner = ''] of found) {
    const value = readElements(inner)
    const before = fields[name]
    if (before === undefined) fields[name] = value
    else fields[name] = Array.isArray(before) ? [...(before as unknown[]), value] : [before, value]
  }
  return fields
}
