import { type Context, Hono } from 'hono'
import type { ServerEnv } from '../bindings.js'
import type { App } from '../app.js'
import { controlPath } from '../control-path.js'
import { isLoopback } from '../guard/host.js'
import { refusal } from '../refusal.js'
import type { Running, Service } from '../service.js'
import type { AnyEndpoint } from './endpoint.js'
import { endpoints } from './endpoints.js'
import { inputOf } from './input.js'
import { openApi } from './openapi.js'
import { refusalOf } from './refusals.js'

/** The control API, described by an OpenAPI document that comes from the same declarations. */
export function controlApp(service: Service): App {
  const app: App = new Hono<ServerEnv>().basePath(controlPath)
  app.use('*', async (c, next) => {
    const remote = c.env?.incoming?.socket.remoteAddress ?? '127.0.0.1'
    const isPublic = c.req.path === `${controlPath}/health`
    return isPublic || isLoopback(remote) ? next() : refusal(403, 'Forbidden.Remote', remoteCaller)
  })
  for (const each of endpoints) {
    const path = each.path.replace(/\{(\w+)\}/g, ':$1')
    app.on(each.method.toUpperCase(), path, (c) => perform(c, each, service))
  }
  app.get('/openapi.json', (c) => c.json(openApi(endpoints, service.version)))
  app.all('*', (c) => refusal(404, 'NOT_FOUND', unknown(c.req.method, c.req.path)))
  app.onError((error) => refusalOf(error, service.log))
  return app
}

async function perform(
  c: Context<ServerEnv>,
  endpoint: AnyEndpoint,
  service: Service,
): Promise<Response> {
  const input = await inputOf(c, endpoint)
  const run = (running: Running): Promise<unknown> =>
    endpoint.run({
      service,
      running,
      path: c.req.param() as never,
      query: input.query as never,
      body: input.body as never,
      header: (name) => c.req.header(name),
    })
  const value = await (endpoint.alone === true
    ? service.current().then(run)
    : service.use((running) => run(running)))
  if (value instanceof Response) return value
  return value === undefined ? c.body(null, 204) : c.json(value as object)
}

const remoteCaller =
  'The control API answers this machine only: whoever can call it can change everything.'

function unknown(method: string, path: string): string {
  const shown = path.slice(0, 100)
  return `There is no ${method} ${shown}; ${controlPath}/openapi.json says what there is.`
}
