import { type Call, sent } from '../operation.js'
import type { Signed } from '../sign.js'

/** A text as one word of a shell. */
export function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** The call with the aliyun CLI, which takes the flat names of the wire. */
export function aliyunCode({ operation, values, host }: Call): string {
  const options = sent(values).map(([name, value]) => `--${name} ${word(value)}`)
  const region = values['RegionId'] === undefined ? ['--region cn-hangzhou'] : []
  const lines = [
    `aliyun ${operation.product.toLowerCase()} ${operation.action}`,
    `--endpoint ${host} --protocol http --force`,
    ...region,
    ...options,
  ]
  return `${lines.join(' \\\n  ')}\n`
}

/**
 * The call with curl. Without a signature where any key will do; with one it is the request that was
 * signed, which the service takes once, within a quarter of an hour.
 */
export function curlCode(call: Call, signed: Signed | null): string {
  const { operation, values, host } = call
  if (signed !== null) {
    const headers = signed.headers.filter(([name]) => name !== 'host')
    return `${[
      `curl -X ${signed.method} ${word(`http://${host}${signed.target}`)}`,
      ...headers.map(([name, value]) => `-H ${word(`${name}: ${value}`)}`),
    ].join(' \\\n  ')}\n`
  }
  const fixed = [
    ['Action', operation.action],
    ['Version', operation.version],
    ['AccessKeyId', 'bakeline'],
  ] as const
  const data = [...fixed, ...sent(values)].map(
    ([name, value]) => `--data-urlencode ${word(`${name}=${value}`)}`,
  )
  return `${[`curl http://${host}/`, ...data].join(' \\\n  ')}\n`
}
