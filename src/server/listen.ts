import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { BakelineError } from '../core/errors.js'
import type { App } from './app.js'
import { Arrivals } from './arrivals.js'
import type { Direct } from './direct.js'
import { isLoopback } from './guard/host.js'
import { refusal } from './refusal.js'

/** How long a client may take, in milliseconds. */
export interface Patience {
  /** From the connection, or the answer before, to the end of a request's head. */
  readonly headMs: number
  /** To the end of its body. */
  readonly requestMs: number
  /** A connection without a request on it is kept for so long. */
  readonly idleMs: number
  /** How often the first two are looked at. */
  readonly checkMs: number
}

const patience: Patience = { headMs: 10_000, requestMs: 30_000, idleMs: 65_000, checkMs: 1_000 }

/** A target of 256 KiB, the most that is read, and as much again for the headers. */
const maxHeaderSize = 512 * 1024
/** Each may hold a head and a body: this bounds what all of them can hold. */
const maxConnections = 1_024
/** How long `close` waits for answers that are under way, in milliseconds. */
const graceMs = 1_000

export interface ListenOptions {
  /** 0 picks a free one. */
  readonly port: number
  /** `127.0.0.1` when absent. */
  readonly host?: string
  /** Whether the world names access keys: without, only this machine may ask. */
  readonly keyed: boolean
  readonly patience?: Partial<Patience>
  /** Is offered every request first. */
  readonly direct?: Direct
}

/** A port that is open. */
export interface Listening {
  readonly url: string
  readonly host: string
  readonly port: number
  /** Takes no more requests, waits a second for those under way, and closes every connection. */
  close(): Promise<void>
}

/**
 * Opens a port: the only place that does.
 *
 * @throws BakelineError `INVALID_INPUT` for a host that is not this machine's own while the world
 *   names no access keys, for a port that is taken or may not be used
 */
export async function listen(app: App, options: ListenOptions): Promise<Listening> {
  const { port, host = '127.0.0.1', keyed } = options
  if (!isLoopback(host) && !keyed) throw refusedHost(host)
  const server = serverFor(app, options)
  await bound(server, port, host)
  const address = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    host,
    port: address.port,
    close: () => closed(server),
  }
}

function serverFor(
  app: App,
  { patience: wanted, direct }: Pick<ListenOptions, 'patience' | 'direct'>,
): Server {
  const { headMs, requestMs, idleMs, checkMs } = { ...patience, ...wanted }
  const arrivals = new Arrivals()
  const listener = getRequestListener((request, env) => app.fetch(request, env as never), {
    // Whoever runs this in a test keeps the globals that he has.
    overrideGlobalObjects: false,
    errorHandler: () => refusal(400, 'InvalidParameter', 'The request cannot be read.'),
  })
  const server = createServer(
    {
      maxHeaderSize,
      headersTimeout: headMs,
      requestTimeout: requestMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: checkMs,
    },
    (incoming, outgoing: ServerResponse) => {
      arrivals.whenQuiet(() => {
        // Who went away meanwhile would not be noticed any more.
        if (incoming.socket.destroyed) return
        if (direct?.(incoming, outgoing) !== true) void listener(incoming, outgoing)
      })
    },
  )
  server.on('connection', () => arrivals.came())
  server.maxConnections = maxConnections
  // Who has sent all may close that half, and is still answered: Node would hang up before the answer.
  Object.assign(server, { httpAllowHalfOpen: true })
  return server.on('clientError', refuseUnreadable)
}

const unreadable: Readonly<Record<string, readonly [status: string, code: string, text: string]>> =
  {
    HPE_HEADER_OVERFLOW: [
      '431 Request Header Fields Too Large',
      'RequestTooLarge',
      `The head of the request has more than ${maxHeaderSize} bytes.`,
    ],
    ERR_HTTP_REQUEST_TIMEOUT: [
      '408 Request Timeout',
      'RequestTimeout',
      'The request was not whole in time.',
    ],
  }

/** What is no HTTP, or too much or too slow of it; clients of the service read nothing but JSON. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, Code, Message] = unreadable[error.code ?? ''] ?? [
    '400 Bad Request',
    'InvalidParameter',
    'The request is not HTTP.',
  ]
  const body = JSON.stringify({ Code, Message })
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json;charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

function bound(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusedPort(error, port, host)))
    server.listen(port, host, resolve)
  })
}

async function closed(server: Server): Promise<void> {
  const all = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  server.closeIdleConnections()
  const late = setTimeout(() => server.closeAllConnections(), graceMs)
  await all
  clearTimeout(late)
}

function refusedHost(host: string): BakelineError {
  return new BakelineError(
    'INVALID_INPUT',
    `without access keys anybody who reaches ${host} could do anything: name accessKeys in the world ` +
      '(--world), or listen on 127.0.0.1',
    { host },
  )
}

function refusedPort({ code, message }: NodeJS.ErrnoException, port: number, host: string): Error {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} is taken: name another with --port, or 0 to have one picked`,
    EACCES: `port ${port} may not be used by this user: name one above 1023`,
    EADDRNOTAVAIL: `${host} is no address of this machine`,
    ENOTFOUND: `${host} is no address of this machine`,
  }
  const text = reasons[code ?? ''] ?? `port ${port} of ${host} cannot be opened: ${message}`
  return new BakelineError('INVALID_INPUT', text, { host, port: String(port) })
}
