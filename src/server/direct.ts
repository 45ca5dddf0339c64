import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerFor, unkeyed } from './emulated.js'
import type { GuardOptions } from './guard/guard.js'
import { isKnownHost } from './guard/host.js'
import { ClientGone, headersOf, isCut, readIncoming } from './raw-request.js'
import { internalError, refusalText } from './refusal.js'
import type { Service } from './service.js'

/** Takes a request over and answers it, or gives false and has not touched it. */
export type Direct = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean

/**
 * Answers what the clients of the service send without the app around it: its routes, and requests and
 * responses as a browser knows them, cost more than the start of an execution. Whatever is not plainly
 * a client's request, or might have to be kept out, is left to the app, which says the same for more.
 */
export function direct(service: Service, { hosts }: GuardOptions): Direct {
  return (incoming, outgoing) => {
    const headers = headersOf(incoming)
    if (!isClients(incoming, headers) || !isKnownHost(headers['host'] ?? '', hosts)) return false
    answer(service, { incoming, outgoing, headers }).catch((error: unknown) => {
      if (error instanceof ClientGone) return
      service.log('a request failed:', error)
      write(outgoing, 500, refusalText(...internalError))
    })
    return true
  }
}

/** Pages of others cannot help sending Origin or Sec-Fetch-Site; our own page is asked for as HTML. */
function isClients(
  { method, url = '' }: IncomingMessage,
  headers: Readonly<Record<string, string>>,
): boolean {
  if (url !== '/' && !url.startsWith('/?')) return false
  if ('origin' in headers || 'sec-fetch-site' in headers) return false
  return method === 'POST' || (method === 'GET' && !/text\/html/i.test(headers['accept'] ?? ''))
}

interface Exchange {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  readonly headers: Readonly<Record<string, string>>
}

async function answer(service: Service, { incoming, outgoing, headers }: Exchange): Promise<void> {
  const read = readIncoming(incoming, headers, service.wall.now())
  const raw = read instanceof Promise ? await read : read
  const given = await answerFor(service, raw)
  if (given === 'drop') incoming.socket.destroy()
  else if (given === null) write(outgoing, 403, refusalText('Forbidden.Unkeyed', unkeyed))
  else {
    // What is left of the body is not waited for.
    const more = isCut(raw) ? { connection: 'close' } : {}
    write(outgoing, given.status, given.body, given.headers, more)
  }
}

const json = { 'content-type': 'application/json;charset=utf-8' }

function write(
  outgoing: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = json,
  more: Readonly<Record<string, string>> = {},
): void {
  if (outgoing.headersSent) return
  const lines: string[] = []
  for (const given of [more, headers]) {
    for (const name in given) lines.push(name, given[name] as string)
  }
  lines.push('content-length', String(Buffer.byteLength(body)))
  outgoing.writeHead(status, lines)
  outgoing.end(body)
}
