import { Hono } from 'hono'
import type { ServerEnv } from './bindings.js'
import { controlPath } from './control-path.js'
import { emulated } from './emulated.js'
import { guard, type GuardOptions } from './guard/guard.js'
import { page, pageAsset, pagePath, wantsPage } from './page/page.js'
import { ClientGone } from './raw-request.js'
import { internalError, refusal } from './refusal.js'
import type { Service } from './service.js'

export type App = Hono<ServerEnv>

export interface AppOptions extends GuardOptions {
  /** False: there is no emulated service, only the control API and the page. */
  readonly emulates?: boolean
}

/**
 * The whole server without a port: the emulated service, and beside it the control API. Its code is
 * loaded when it is first asked for, because a client of the service never needs it.
 */
export function createApp(service: Service, options: AppOptions): App {
  const app: App = new Hono<ServerEnv>()
  let control: Promise<App> | undefined
  app.use('*', guard(options))
  const ask = async (request: Request, env: ServerEnv['Bindings']): Promise<Response> => {
    control ??= import('./control/router.js').then(({ controlApp }) => controlApp(service))
    return (await control).fetch(request, env)
  }
  app.get(`${pagePath}/*`, pageAsset)
  app.all(controlPath, (c) => ask(c.req.raw, c.env))
  app.all(`${controlPath}/*`, (c) => ask(c.req.raw, c.env))
  app.get('/', (c, next) => (wantsPage(c.req.raw) ? page() : next()))
  if (options.emulates !== false) app.all('*', emulated(service))
  app.onError((error) => {
    if (!(error instanceof ClientGone)) service.log('a request failed:', error)
    return refusal(500, ...internalError)
  })
  return app
}
