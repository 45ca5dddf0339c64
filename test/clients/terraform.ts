import { createHmac, randomUUID } from 'node:crypto'

/** Encodes as RFC 3986 has it, which is what the signature is over. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** What the provider is answered: the body, and the status that decides what it does next. */
export interface TeaAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * Sends what the Terraform provider sends through tea-rpc: a POST whose query has the gateway's
 * parameters and whose form has the operation's, signed together as V1.
 */
export async function teaRpc(
  url: string,
  action: string,
  form: Readonly<Record<string, string>>,
  version = '2014-05-26',
): Promise<TeaAnswer> {
  const query: Record<string, string> = {
    Action: action,
    Format: 'json',
    Version: version,
    Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
    SignatureNonce: randomUUID(),
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    AccessKeyId: 'bakeline',
  }
  const canonical = Object.entries({ ...query, ...form })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
  const text = `POST&${encode('/')}&${encode(canonical)}`
  query['Signature'] = createHmac('sha1', 'bakeline&').update(text).digest('base64')
  const response = await fetch(`${url}/?${new URLSearchParams(query).toString()}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-acs-action': action,
      'x-acs-version': version,
    },
    body: new URLSearchParams(form).toString(),
  })
  return {
    status: response.status,
    body: (await response.json()) as Readonly<Record<string, unknown>>,
  }
}

/** A list flattened as tea-rpc does: `{ 'ToRegionId.1': … }`. */
export function flat(name: string, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(values.map((value, index) => [`${name}.${index + 1}`, value]))
}

/** How the provider waits for a status. */
export interface Wait {
  readonly status: () => Promise<string>
  readonly target: readonly string[]
  readonly fail: readonly string[]
  /** Between two looks, and in all, in seconds. */
  readonly interval: number
  readonly timeout: number
  readonly pass: (seconds: number) => Promise<unknown>
}

/** Waits as the provider's StateChangeConf does when nothing is pending: any other value polls on. */
export async function waitFor({
  status,
  target,
  fail,
  interval,
  timeout,
  pass,
}: Wait): Promise<string> {
  for (let waited = 0; waited <= timeout; waited += interval) {
    const now = await status()
    if (fail.includes(now)) throw new Error(`failed: ${now}`)
    if (target.includes(now)) return now
    await pass(interval)
  }
  throw new Error('timeout while waiting for state')
}
