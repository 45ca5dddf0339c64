import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { splitTarget } from '../../gateway/wire/target.js'
import type { ServerEnv } from '../bindings.js'
import { refusal } from '../refusal.js'
import { hostName, isKnownHost } from './host.js'

export interface GuardOptions {
  /** Host names that are let in beside the loopback and endpoint names, in lower case. */
  readonly hosts: readonly string[]
}

/**
 * Keeps web pages of others out of every route: a page that a browser shows can send requests to this
 * machine, but not choose what the browser says of it in Host, Origin and Sec-Fetch-Site.
 */
export function guard({ hosts }: GuardOptions): MiddlewareHandler<ServerEnv> {
  return createMiddleware<ServerEnv>(async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host
    const named = [host, ...targetHosts(c.env?.incoming?.url)]
    const foreign = named.find((each) => !isKnownHost(each, hosts))
    if (foreign !== undefined) return refusal(403, 'Forbidden.Host', foreignHost(foreign))
    const origin = c.req.header('origin')
    if (origin !== undefined && origin !== `http://${host}`) {
      return refusal(403, 'Forbidden.Origin', foreignOrigin(origin))
    }
    const site = c.req.header('sec-fetch-site')
    if (site !== undefined && site !== 'same-origin' && site !== 'none') {
      return refusal(403, 'Forbidden.Origin', foreignOrigin(`a ${site} page`))
    }
    return next()
  })
}

/** Whom an absolute target names; it goes before the Host header, so it is looked at too. */
function targetHosts(target: string | undefined): readonly string[] {
  const authority = target === undefined ? undefined : splitTarget(target).authority
  return authority === undefined ? [] : [authority]
}

function foreignHost(host: string): string {
  const name = hostName(host) ?? host.slice(0, 100)
  return (
    `Requests for the host "${name}" are not answered here: use 127.0.0.1, localhost or an endpoint ` +
    `name such as ecs.cn-hangzhou.aliyuncs.com, or start with --allow-host ${name}.`
  )
}

function foreignOrigin(origin: string): string {
  return `Requests that ${origin.slice(0, 100)} makes a browser send are not answered here.`
}
