import { decodeParameters, tooMany } from './decode.js'
import type { Parameters } from './decode.js'
import { malformed, missing, noSuchAction, tooLarge } from './errors.js'
import { unsupportedFormat, unsupportedMethod } from './errors.js'
import { limits } from './limits.js'
import { splitTarget } from './target.js'

/** A request as the socket gives it. */
export interface RawRequest {
  readonly method: string
  /** Path and query, or the absolute form that a client sends to a proxy; one character a byte. */
  readonly target: string
  /** Names in lower case; one character a byte. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** The address of the caller, IPv4 or IPv6. */
  readonly remoteAddress: string
  /** Wall time, in milliseconds since 1970. */
  readonly receivedAt: number
}

export type Format = 'JSON' | 'XML'

/** A request that could be read: decoded, but neither authenticated nor checked. */
export interface WireRequest extends RawRequest {
  readonly method: 'GET' | 'POST'
  /** `/`, or more slashes. */
  readonly path: string
  /** Host and port of an absolute target. */
  readonly authority: string | undefined
  /** As sent, decoded. */
  readonly query: Parameters
  readonly form: Parameters
  /** Query and form together: what V1 signs and operations read. */
  readonly parameters: Parameters
  readonly action: string
  readonly version: string
  readonly format: Format
  /** Which signature it carries; `v3` when there is an ACS Authorization header, whatever else. */
  readonly signature: 'v3' | 'v1' | 'none'
}

/**
 * Reads a request: GET or POST, at `/`, with its parameters from the query and, with content type
 * `application/x-www-form-urlencoded`, from the body. Action and Version are parameters, else the
 * headers x-acs-action and x-acs-version. The same parameter may stand in both places with the same
 * value, as clients do that merge before they sign.
 *
 * @throws EcsError with the gateway's code; `formatOf` says how to write it
 */
export function readRequest(raw: RawRequest): WireRequest {
  const { method } = raw
  if (method !== 'GET' && method !== 'POST') throw unsupportedMethod(method)
  boundsOf(raw)
  const { path, query: text, authority } = splitTarget(raw.target)
  if (!/^\/+$/.test(path)) throw noSuchAction()
  const query = decodeParameters(text, 'query')
  const form = isForm(raw.headers) ? decodeParameters(textOf(raw.body), 'body') : none
  const parameters = merge(query, form)
  const given = (name: string) => parameters.get(name) || undefined
  const action = given('Action') ?? headerOf(raw.headers, 'x-acs-action')
  const version = given('Version') ?? headerOf(raw.headers, 'x-acs-version')
  const format = readFormat(given('Format'))
  if (!action) throw missing('Action')
  if (!version) throw missing('Version')
  const { target, headers, body, remoteAddress, receivedAt } = raw
  return {
    method,
    target,
    headers,
    body,
    remoteAddress,
    receivedAt,
    path,
    authority,
    query,
    form,
    parameters,
    action,
    version,
    format,
    signature: signatureOf(raw.headers, parameters),
  }
}

/**
 * The format to answer a request in that may be unreadable; never throws. JSON unless the request
 * plainly says XML.
 */
export function formatOf(raw: Pick<RawRequest, 'target' | 'headers' | 'body'>): Format {
  const { query } = splitTarget(raw.target.slice(0, limits.target))
  const form = isForm(raw.headers) ? textOf(raw.body.subarray(0, limits.body)) : ''
  return /(?:^|&)Format=xml(?:&|$)/i.test(`${query}&${form}`) ? 'XML' : 'JSON'
}

/** A header's value; `undefined` when it was not sent. */
export function headerOf(headers: RawRequest['headers'], name: string): string | undefined {
  // What every object has, such as `constructor`, is no text, and so no header.
  const value: unknown = headers[name]
  return typeof value === 'string' ? value : undefined
}

function boundsOf({ target, headers, body }: RawRequest): void {
  if (target.length > limits.target) {
    throw tooLarge('target', target.length, limits.target, 'characters')
  }
  if (body.length > limits.body) throw tooLarge('body', body.length, limits.body, 'bytes')
  const names = Object.keys(headers)
  if (names.length > limits.headers) throw tooLarge('head', names.length, limits.headers, 'headers')
  for (const name of names) {
    const length = headers[name]?.length ?? 0
    if (length <= limits.header) continue
    throw tooLarge(`header ${name.slice(0, 100)}`, length, limits.header, 'characters')
  }
}

const none: Parameters = new Map()

function isForm(headers: RawRequest['headers']): boolean {
  const [type = ''] = (headerOf(headers, 'content-type') ?? '').split(';', 1)
  return type.trim().toLowerCase() === 'application/x-www-form-urlencoded'
}

/** Bytes as text of one character a byte. */
function textOf(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
}

function merge(query: Parameters, form: Parameters): Parameters {
  if (form.size === 0) return query
  const merged = new Map(query)
  for (const [name, value] of form) {
    const other = merged.get(name)
    if (other !== undefined && other !== value) {
      throw malformed(`The parameter "${name}" stands in the query and in the body, and differs.`)
    }
    merged.set(name, value)
  }
  if (merged.size > limits.parameters) throw tooMany(merged.size)
  return merged
}

function readFormat(given: string | undefined): Format {
  const word = given?.toUpperCase() ?? 'JSON'
  if (word === 'JSON' || word === 'XML') return word
  throw unsupportedFormat()
}

function signatureOf(
  headers: RawRequest['headers'],
  parameters: Parameters,
): WireRequest['signature'] {
  if (headerOf(headers, 'authorization')?.startsWith('ACS')) return 'v3'
  return parameters.has('Signature') ? 'v1' : 'none'
}
