import { type Call, sent } from './operation.js'

/** Whom a request is from. */
export interface AccessKey {
  readonly id: string
  readonly secret: string
  /** Of a key that STS gave. */
  readonly token?: string
}

/** A request as it goes onto the wire, and how its signature came about. */
export interface Signed {
  readonly method: 'POST'
  /** Path and query. */
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** What is hashed (V3), or the query in its canonical form (V1). */
  readonly canonical: string
  readonly stringToSign: string
  readonly signature: string
  readonly at: number
}

export interface Signing {
  readonly key: AccessKey
  readonly format: 'JSON' | 'XML'
  /** Wall time, in milliseconds: the service refuses what is a quarter of an hour off. */
  readonly now: number
  /** Never the same twice. */
  readonly nonce: string
}

type Pairs = readonly (readonly [string, string])[]

/** Signs by V3: ACS3-HMAC-SHA256 over the whole request, in its headers. */
export async function signV3(call: Call, signing: Signing): Promise<Signed> {
  const { key, format, now, nonce } = signing
  const { operation, host } = call
  const query: Pairs =
    format === 'XML' ? [...sent(call.values), ['Format', 'XML']] : sent(call.values)
  const hash = await sha256('')
  const token: Pairs =
    key.token === undefined
      ? []
      : [
          ['x-acs-accesskey-id', key.id],
          ['x-acs-security-token', key.token],
        ]
  const headers: Pairs = sorted([
    ['host', host],
    ['x-acs-action', operation.action],
    ['x-acs-version', operation.version],
    ['x-acs-date', timestamp(now)],
    ['x-acs-signature-nonce', nonce],
    ['x-acs-content-sha256', hash],
    ...token,
  ])
  const names = headers.map(([name]) => name).join(';')
  const lines = headers.map(([name, value]) => `${name}:${value}\n`).join('')
  const canonical = ['POST', '/', queryText(query), lines, names, hash].join('\n')
  const stringToSign = `ACS3-HMAC-SHA256\n${await sha256(canonical)}`
  const signature = hex(await hmac('SHA-256', key.secret, stringToSign))
  const authorization = `ACS3-HMAC-SHA256 Credential=${key.id},SignedHeaders=${names},Signature=${signature}`
  return {
    method: 'POST',
    target: targetOf(query),
    headers: [...headers, ['authorization', authorization]],
    canonical,
    stringToSign,
    signature,
    at: now,
  }
}

/** Signs by V1: HMAC-SHA1 over the parameters, and among them. */
export async function signV1(call: Call, signing: Signing): Promise<Signed> {
  const { key, format, now, nonce } = signing
  const { operation, host } = call
  const query: Pairs = [
    ...sent(call.values),
    ['Action', operation.action],
    ['Version', operation.version],
    ['Format', format],
    ['Timestamp', timestamp(now)],
    ['SignatureNonce', nonce],
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureVersion', '1.0'],
    ['AccessKeyId', key.id],
    ...(key.token === undefined ? [] : ([['SecurityToken', key.token]] as const)),
  ]
  const canonical = queryText(query)
  const stringToSign = `POST&${encoded('/')}&${encoded(canonical)}`
  const bytes = await hmac('SHA-1', `${key.secret}&`, stringToSign)
  const signature = btoa(String.fromCharCode(...bytes))
  return {
    method: 'POST',
    target: targetOf([...query, ['Signature', signature]]),
    headers: [['host', host]],
    canonical,
    stringToSign,
    signature,
    at: now,
  }
}

/** RFC 3986: everything but letters, digits, `-`, `_`, `.` and `~`. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function queryText(pairs: Pairs): string {
  return sorted(pairs)
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&')
}

function targetOf(pairs: Pairs): string {
  return pairs.length === 0 ? '/' : `/?${queryText(pairs)}`
}

function sorted(pairs: Pairs): Pairs {
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
}

/** `2026-03-14T09:41:27Z` */
function timestamp(now: number): string {
  return new Date(now).toISOString().replace(/\.\d+Z$/, 'Z')
}

async function sha256(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

async function hmac(hash: 'SHA-1' | 'SHA-256', secret: string, text: string): Promise<Uint8Array> {
  const encoder = new TextEncoder()
  // An empty key is none to WebCrypto; HMAC fills up with zeros, so one zero is the same key.
  const bytes = secret === '' ? new Uint8Array(1) : encoder.encode(secret)
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
