import type { Operation } from '../operation.js'

/** `regionId`, `vSwitchId`, `OSSBucket`: how the SDKs for Node and Java spell a parameter. */
export function camel(name: string): string {
  return /^[A-Z]{3}/.test(name) ? name : `${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`
}

/** `region_id`, `v_switch_id`, `ossbucket`: how the SDK for Python spells it. */
export function snake(name: string): string {
  return camel(name)
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
}

/** `ecs20140526`: what the packages of a product are called. */
export function packageOf({ product, version }: Operation): string {
  return `${product.toLowerCase()}${version.replaceAll('-', '')}`
}

/** What must not end the text that it stands in. */
export function quoted(text: string, quote: '"' | "'"): string {
  const inner = JSON.stringify(text).slice(1, -1)
  return quote === '"' ? `"${inner}"` : `'${inner.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

export function indented(text: string, by = '  '): string {
  return text.replaceAll('\n', `\n${by}`)
}
