import { createRequire } from 'node:module'
import type * as Models from '@alicloud/ecs20140526'
import type PopCore from '@alicloud/pop-core'
import type { Emulator } from '../../src/index.js'

export const RegionId = 'cn-hangzhou'

// Both are CommonJS whose default export Node and the compiler see differently.
const require = createRequire(import.meta.url)
export const models = require('@alicloud/ecs20140526') as typeof Models.default
const Ecs = models.default

type EcsClient = InstanceType<typeof Ecs>
const Pop = require('@alicloud/pop-core') as typeof PopCore

type Config = ConstructorParameters<typeof Ecs>[0]

/** The official SDK, as its README makes one, pointed at an emulator. */
export function sdk(
  { endpoint }: Pick<Emulator, 'endpoint'>,
  { signature = 'v3', ...more }: { readonly signature?: 'v3' | 'v2' } & Partial<Config> = {},
): EcsClient {
  const config = {
    accessKeyId: 'bakeline',
    accessKeySecret: 'bakeline',
    regionId: RegionId,
    endpoint,
    protocol: 'HTTP',
    ...(signature === 'v2' ? { signatureAlgorithm: 'v2' } : {}),
    ...more,
  }
  return new Ecs(config as unknown as Config)
}

/** The core SDK for calls of any product. */
export function pop({ url }: Pick<Emulator, 'url'>, key = 'bakeline'): PopCore {
  return new Pop({
    accessKeyId: key,
    accessKeySecret: key,
    endpoint: url,
    apiVersion: '2014-05-26',
  })
}

/** What a client throws: the fields that its users read. */
export interface Thrown {
  readonly code?: string
  readonly statusCode?: number
  readonly message: string
  readonly data?: Readonly<Record<string, unknown>>
  readonly entry?: { readonly response?: { readonly statusCode?: number } }
}

/** The error that a call ends with. */
export async function thrownBy(call: Promise<unknown>): Promise<Thrown> {
  try {
    await call
  } catch (error) {
    return error as Thrown
  }
  throw new Error('it did not fail')
}
