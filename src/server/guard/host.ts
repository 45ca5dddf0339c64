import { isIP } from 'node:net'

/** The products whose endpoint names may stand in a Host header: those that are spoken here. */
const products = 'ecs|vpc|sts|resourcemanager|location|business'

/**
 * `ecs.aliyuncs.com`, `ecs-cn-hangzhou.aliyuncs.com`, `ecs.cn-beijing.aliyuncs.com`. Not any name
 * below aliyuncs.com: under some of them everybody may put up web pages.
 */
const endpoint = new RegExp(`^(?:${products})(?:[.-][a-z0-9-]{1,40})?\\.aliyuncs\\.com$`)

/**
 * Whether a request may be for this host, which is the defence against web pages whose name is made
 * to point here: loopback names, the service's own endpoint names, and those that are configured.
 *
 * @param host `127.0.0.1:4526`, `[::1]`, `ecs.cn-hangzhou.aliyuncs.com`
 */
export function isKnownHost(host: string, configured: readonly string[]): boolean {
  const name = hostName(host)
  if (name === undefined) return false
  return isLoopback(name) || endpoint.test(name) || configured.includes(name)
}

/** The name of a Host header in lower case, without port and brackets; undefined for what is none. */
export function hostName(host: string): string | undefined {
  const [, v6, plain] = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::\d{1,5})?$/i.exec(host) ?? []
  return (v6 ?? plain)?.toLowerCase().replace(/\.$/, '')
}

/** A name or address by which nobody but this machine can be meant. */
export function isLoopback(name: string): boolean {
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  const address = name.replace(/^::ffff:/, '')
  if (isIP(address) === 4) return address.startsWith('127.')
  return name === '::1'
}
