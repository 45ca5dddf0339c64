import type { Gateway } from '../gateway/gateway.js'
import { products } from '../gateway/operation.js'
import { EcsError } from '../imagebuilder/errors.js'
import type { ImageBuilder } from '../imagebuilder/image-builder.js'
import { ClientTimeout, clientTimeoutMs } from '../simulate/pollers/poller.js'
import { region } from './setting.js'

export type Call = (
  action: string,
  parameters: Readonly<Record<string, string>>,
) => Promise<Readonly<Record<string, unknown>>>

/** Calls of the service as a client makes them, without a socket; it waits as long as SDKs do. */
export function callerOf({ engine }: ImageBuilder, gateway: Gateway): Call {
  return async (action, parameters) => {
    const query = new URLSearchParams({
      Action: action,
      Version: products.Ecs,
      Format: 'JSON',
      AccessKeyId: 'caller',
      RegionId: region,
      ...parameters,
    })
    const answer = await gateway.handle({
      method: 'GET',
      target: `/?${query.toString()}`,
      headers: { host: '127.0.0.1' },
      body: new Uint8Array(),
      remoteAddress: '127.0.0.1',
      receivedAt: (await engine.clock()).now,
    })
    if (answer === 'drop') {
      await engine.advance(clientTimeoutMs)
      throw new ClientTimeout(`no answer to ${action} in ${clientTimeoutMs} ms`)
    }
    const body = JSON.parse(answer.body) as Readonly<Record<string, string>>
    if (answer.status === 200) return body
    throw new EcsError(answer.status, body['Code'] ?? '', body['Message'] ?? '')
  }
}
