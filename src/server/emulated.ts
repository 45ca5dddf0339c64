import type { Context } from 'hono'
import { principals } from '../gateway/principals.js'
import type { Answer } from '../gateway/wire/answer.js'
import type { RawRequest } from '../gateway/wire/request.js'
import { worldOf } from '../imagebuilder/world-setting.js'
import type { ServerEnv } from './bindings.js'
import { isLoopback } from './guard/host.js'
import { isCut, rawRequest } from './raw-request.js'
import { refusal } from './refusal.js'
import type { Running, Service } from './service.js'

/** Answers for the service itself: everything that is not the control API is its business. */
export function emulated(service: Service): (c: Context<ServerEnv>) => Promise<Response> {
  return async (c) => {
    const raw = await rawRequest(c, service.wall.now())
    const answer = await answerFor(service, raw)
    if (answer === null) return refusal(403, 'Forbidden.Unkeyed', unkeyed)
    if (answer === 'drop') return dropped(c)
    // What is left of the body is not waited for.
    return written(answer, isCut(raw) ? { connection: 'close' } : {})
  }
}

/** What the service answers; null for a caller who may not ask. */
export function answerFor(service: Service, raw: RawRequest): Promise<Answer | 'drop' | null> {
  return service.use((running) => {
    if (isLoopback(raw.remoteAddress)) return running.gateway.handle(raw)
    return hasKeys(running).then((keyed) => (keyed ? running.gateway.handle(raw) : null))
  })
}

export const unkeyed =
  'Callers from other machines are answered only while the world names access keys: add accessKeys ' +
  'to the world, or call from this machine.'

/** Any key is let in while the world names none: then only from this machine. */
async function hasKeys({ builder }: Running): Promise<boolean> {
  return principals(await builder.engine.read(worldOf)).keys.byId.size > 0
}

/** Closes the connection without an answer; without a connection there is a sign instead. */
function dropped({ env }: Context<ServerEnv>): Response {
  env?.incoming?.socket.destroy()
  return new Response(null, { status: 502, statusText: 'Dropped' })
}

function written(answer: Answer, more: Readonly<Record<string, string>>): Response {
  return new Response(answer.body, {
    status: answer.status,
    headers: { ...answer.headers, ...more },
  })
}
