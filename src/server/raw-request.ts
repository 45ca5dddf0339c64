import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { limits } from '../gateway/wire/limits.js'
import type { RawRequest } from '../gateway/wire/request.js'
import type { ServerEnv } from './bindings.js'

/** The client went away before its request was whole: there is nobody to tell, and nothing to log. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone'
}

/**
 * A request as its client sent it: the signature covers target, headers and body to the byte, so none
 * of them may pass through anything that tidies up.
 *
 * The body ends one byte after its limit, which is enough to be refused for its size.
 *
 * @throws ClientGone
 */
export async function rawRequest(
  { req, env }: Context<ServerEnv>,
  receivedAt: number,
): Promise<RawRequest> {
  const incoming = env?.incoming
  if (incoming === undefined) return fromFetch(req.raw, receivedAt)
  return readIncoming(incoming, headersOf(incoming), receivedAt)
}

/** As `rawRequest`, of Node's own request; one without a body has not to be waited for. @throws ClientGone */
export function readIncoming(
  incoming: IncomingMessage,
  headers: Readonly<Record<string, string>>,
  receivedAt: number,
): RawRequest | Promise<RawRequest> {
  const { method = '', url = '/', socket } = incoming
  // Asked beforehand: it is forgotten when the client goes away.
  const remoteAddress = socket.remoteAddress ?? ''
  const request = (body: Uint8Array): RawRequest => {
    return { method, target: url, headers, body, remoteAddress, receivedAt }
  }
  const hasBody = 'transfer-encoding' in headers || (headers['content-length'] ?? '0') !== '0'
  return hasBody ? bodyOf(incoming, limits.body).then(request) : request(noBody)
}

const noBody = new Uint8Array()

/** Whether the body did not fit: the rest of it is still on the way. */
export function isCut({ body }: RawRequest): boolean {
  return body.length > limits.body
}

/** Names in lower case; a header that comes twice is one with a comma, as RFC 9110 says. */
export function headersOf({
  headers,
  rawHeaders,
}: Pick<IncomingMessage, 'headers' | 'rawHeaders'>): Readonly<Record<string, string>> {
  // Node has read them already, but says of some that come twice only what came first.
  const isWhole = 2 * Object.keys(headers).length === rawHeaders.length
  if (isWhole && headers['set-cookie'] === undefined) return headers as Record<string, string>
  return joined(rawHeaders)
}

function joined(raw: readonly string[]): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  for (let at = 0; at < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase()
    const value = raw[at + 1] ?? ''
    if (Object.hasOwn(headers, name)) headers[name] = `${headers[name]}, ${value}`
    else if (name in headers) own(headers, name, value)
    else headers[name] = value
  }
  return headers
}

/** A name that every object has, such as `__proto__`, is a header like any other. */
function own(headers: Record<string, string>, name: string, value: string): void {
  const free = { value, enumerable: true, writable: true, configurable: true }
  Object.defineProperty(headers, name, free)
}

async function bodyOf(incoming: IncomingMessage, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  await new Promise<void>((resolve, reject) => {
    const data = (chunk: Buffer): void => {
      chunks.push(chunk)
      size += chunk.length
      if (size > limit) end(() => incoming.pause())
    }
    const end = (last?: () => void): void => {
      incoming.off('data', data).off('end', whole).off('close', gone).off('error', gone)
      last?.()
      resolve()
    }
    const whole = (): void => end()
    const gone = (): void => reject(new ClientGone('the client went away'))
    incoming.on('data', data).on('end', whole).on('close', gone).on('error', gone)
  })
  return Buffer.concat(chunks).subarray(0, limit + 1)
}

async function fromFetch(request: Request, receivedAt: number): Promise<RawRequest> {
  const { pathname, search, host } = new URL(request.url)
  const body = new Uint8Array(await request.arrayBuffer())
  return {
    method: request.method,
    target: pathname + search,
    headers: { host, ...Object.fromEntries(request.headers) },
    body: body.subarray(0, limits.body + 1),
    remoteAddress: '127.0.0.1',
    receivedAt,
  }
}
