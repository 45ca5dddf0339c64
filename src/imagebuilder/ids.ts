import { derivedId, type IdFormat, lowerAlphanumeric } from '../ids/ids.js'
import { regionCode } from './world/regions.js'

/** Prefixes by kind; `template/cn-hangzhou` is a template's id in that region. */
const prefixes: Readonly<Record<string, string>> = {
  template: 'ip-',
  component: 'ic-',
  image: 'm-',
}

/** One for each kind and region that the world has, and so few. */
const formats = new Map<string, IdFormat>()

/** How the service's ids look: `ip-bp1…`, `ic-2ze…`, `m-…` with 20 letters, `exec-` with 20 hex. */
export function ecsIdFormat(kind: string): IdFormat {
  const known = formats.get(kind)
  if (known !== undefined) return known
  const format = formatOf(kind)
  formats.set(kind, format)
  return format
}

function formatOf(kind: string): IdFormat {
  const [name = '', region] = kind.split('/')
  const prefix = prefixes[name]
  if (prefix === undefined || region === undefined) {
    return { prefix: 'exec-', alphabet: '0123456789abcdef', size: 20 }
  }
  const code = regionCode(region) ?? ''
  return { prefix: prefix + code, alphabet: lowerAlphanumeric, size: 20 - code.length }
}

/** An image's id follows from its execution and its region alone. */
export function imageIdOf(executionId: string, region: string): string {
  const name = `image/${region}`
  return derivedId(ecsIdFormat(name), { seed: 'image', name, n: executionId })
}
