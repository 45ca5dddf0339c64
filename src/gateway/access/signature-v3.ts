import { createHmac, createSecretKey, hash as hashOf, type KeyObject } from 'node:crypto'
import { headerOf } from '../wire/request.js'
import type { WireRequest } from '../wire/request.js'
import { canonicalQuery } from './encode.js'
import { incompleteSignature, invalidSignatureMethod } from './errors.js'

const algorithm = 'ACS3-HMAC-SHA256'

/** What the Authorization header of V3 says. */
export interface Authorization {
  readonly keyId: string
  /** As sent: a name in capitals names no header. */
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

/**
 * Reads `ACS3-HMAC-SHA256 Credential=…,SignedHeaders=a;b,Signature=…`, the three in any order.
 *
 * @throws EcsError `InvalidSignatureMethod` for another algorithm, `IncompleteSignature` for a header
 *   in which something is missing, empty, doubled or unknown
 */
export function readAuthorization(header: string): Authorization {
  const [, keyId, signedHeaders, signature] = usual.exec(header) ?? []
  if (keyId === undefined || signedHeaders === undefined || signature === undefined) {
    return readUnusual(header)
  }
  return { keyId, signedHeaders: signedHeaders.split(';'), signature }
}

/** As every client writes it. */
const usual = /^ACS3-HMAC-SHA256 Credential=([^\s,]+),SignedHeaders=([^\s,]+),Signature=([^\s,]+)$/

function readUnusual(header: string): Authorization {
  const [method = '', ...rest] = header.split(' ')
  if (method !== algorithm) throw invalidSignatureMethod()
  const parts = new Map<string, string>()
  for (const part of rest.join(' ').split(',')) {
    const [, name = '', value = ''] = /^\s*(\w+)=(\S+)$/.exec(part) ?? []
    if (value === '' || parts.has(name)) throw incompleteSignature()
    parts.set(name, value)
  }
  const keyId = parts.get('Credential')
  const signedHeaders = parts.get('SignedHeaders')
  const signature = parts.get('Signature')
  if (parts.size !== 3 || !keyId || !signedHeaders || !signature) throw incompleteSignature()
  return { keyId, signedHeaders: signedHeaders.split(';'), signature }
}

const emptyHash = sha256('')

/** The hash of the body, which x-acs-content-sha256 must state. */
export function bodyHash(body: Uint8Array): string {
  return body.length === 0 ? emptyHash : sha256(body)
}

/**
 * The canonical request, as the server sees it. Every x-acs-…, host and content-type header that was
 * sent belongs to it: where the client's list lacks one, the server's list has it, and so the
 * signatures differ. Likewise `hash` is that of the body, whatever the client says.
 */
export function canonicalRequestV3(
  { method, path, query, headers }: WireRequest,
  signedHeaders: readonly string[],
  hash: string,
): string {
  const names = withLacking(signedHeaders, headers)
  let lines = ''
  for (const name of names) lines += `${name}:${trim(headerOf(headers, name) ?? '')}\n`
  return `${method}\n${path}\n${canonicalQuery(query)}\n${lines}\n${names.join(';')}\n${hash}`
}

function withLacking(
  signedHeaders: readonly string[],
  headers: WireRequest['headers'],
): readonly string[] {
  let lacking: string[] | null = null
  for (const name in headers) {
    if (mustBeSigned(name) && !signedHeaders.includes(name)) (lacking ??= []).push(name)
  }
  return lacking === null ? signedHeaders : [...new Set([...signedHeaders, ...lacking])].sort()
}

export function stringToSignV3(canonicalRequest: string): string {
  return `${algorithm}\n${sha256(canonicalRequest)}`
}

/** The V3 signature (HMAC-SHA256), in lower-case hexadecimal. */
export function signV3(secret: string, stringToSign: string): string {
  return createHmac('sha256', keyOf(secret)).update(stringToSign).digest('hex')
}

/** Those of the worlds that were served: few. */
const keys = new Map<string, KeyObject>()
const mostKeys = 1_000

/** A secret that OpenSSL has read already, which takes half of a signature's time. */
function keyOf(secret: string): KeyObject {
  const known = keys.get(secret)
  if (known !== undefined) return known
  const key = createSecretKey(Buffer.from(secret))
  if (keys.size >= mostKeys) keys.clear()
  keys.set(secret, key)
  return key
}

function mustBeSigned(name: string): boolean {
  return name.startsWith('x-acs-') || name === 'host' || name === 'content-type'
}

function sha256(data: string | Uint8Array): string {
  return hashOf('sha256', data, 'hex')
}

/** Takes off what HTTP allows around a value, blanks and tabs, and nothing else. */
function trim(value: string): string {
  let start = 0
  let end = value.length
  while (isBlank(value[start])) start += 1
  while (end > start && isBlank(value[end - 1])) end -= 1
  return value.slice(start, end)
}

function isBlank(letter: string | undefined): boolean {
  return letter === ' ' || letter === '\t'
}
