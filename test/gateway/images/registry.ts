import { openImageBuilder } from '../../../src/compose.js'
import type { Json } from '../../../src/core/json.js'
import type { Answer, From, Pages } from '../../../src/gateway/operation.js'
import { operations } from '../../../src/gateway/operations/index.js'
import { pageTokens } from '../../../src/gateway/wire/page-token.js'
import { EcsError } from '../../../src/imagebuilder/errors.js'
import type { ImageBuilder } from '../../../src/imagebuilder/image-builder.js'
import type { WorldPatch } from '../../../src/imagebuilder/world/types.js'
import { worldOf } from '../../../src/imagebuilder/world-setting.js'
import { planSetting, type Rule } from '../../../src/simulate/plan/rule.js'
import { memory } from '../../../src/store/memory/memory.js'

export const region = 'cn-hangzhou'
export const account = '1234567890123456'
export const other = '1284387915995949'
export const linux = 'aliyun_3_x64_20G_alibase_20240819.vhd'
export const instance = 'i-default0instance0000'
export const snapshot = 's-default0snapshot0000'

export type Parameters = Readonly<Record<string, unknown>>
export type Fields = { readonly [field: string]: Json }

/** The operations on images without a socket: nested parameters in, the answer's fields out. */
export interface Registry {
  readonly builder: ImageBuilder
  call(action: string, parameters: Parameters, as?: string): Promise<Answer>
  edit(patch: WorldPatch): Promise<unknown>
  advance(by: string): Promise<unknown>
}

/** An account's own key, and a server on this machine. */
function somewhere(name: string): From {
  const identity = { accessKeyId: 'any', account: name, type: 'Account', name } as const
  return { identity, authority: '127.0.0.1:4526' }
}

const tokens = pageTokens('secret of a test')

/** A file in memory at a virtual time that stands still. */
export async function registry(plan: readonly Rule[] = []): Promise<Registry> {
  const settings = { seed: '1', [planSetting]: JSON.stringify(plan) }
  const now = Date.parse('2026-01-05T02:00:00Z')
  const db = memory({ clock: { mode: 'virtual', now }, settings })
  const builder = await openImageBuilder({ db, worker: false })
  return {
    builder,
    edit: (patch) => builder.editWorld(patch),
    advance: (by) => builder.engine.advance(by),
    call: async (action, raw, as = account) => {
      const operation = operations.find(({ request }) => request.action === action)
      if (!operation) throw new Error(`there is no ${action}`)
      const prepared = operation.prepare(raw)
      const query = { account: as, action, parameters: prepared.parameters }
      const token = prepared.parameters['NextToken']
      return builder.engine.transact((tx) => {
        const pages: Pages = {
          cursor: typeof token === 'string' ? (tokens.open(query, token) as string) : null,
          next: (cursor) => (cursor === null ? '' : tokens.seal(query, cursor)),
        }
        const caller = { account: as, world: worldOf(tx) }
        return prepared.run(tx, { caller, from: somewhere(as), pages })
      })
    },
  }
}

/** What a call is refused with, `403 QuotaExceed.Image`; it must be. */
export async function refusal(call: Promise<unknown>): Promise<EcsError> {
  const error = await call.then(
    (answer) => new Error(`nothing was refused: ${JSON.stringify(answer)}`),
    (thrown: unknown) => thrown,
  )
  if (error instanceof EcsError) return error
  throw error
}

export async function codeOf(call: Promise<unknown>): Promise<string> {
  const { status, code } = await refusal(call)
  return `${status} ${code}`
}

/** Calls CreateImage for the default instance and gives the image's id. */
export async function created(
  { call }: Registry,
  more: Parameters = {},
  as = account,
): Promise<string> {
  const answer = await call('CreateImage', { RegionId: region, InstanceId: instance, ...more }, as)
  return answer['ImageId'] as string
}

/** An image that is done. */
export async function image(
  registry: Registry,
  more: Parameters = {},
  as = account,
): Promise<string> {
  const id = await created(registry, more, as)
  await registry.advance('1h')
  return id
}

/** Copies an image to Beijing and gives the copy's id. */
export async function copied(
  { call }: Registry,
  ImageId: string,
  more: Parameters = {},
): Promise<string> {
  const parameters = { RegionId: region, ImageId, DestinationRegionId: 'cn-beijing', ...more }
  return (await call('CopyImage', parameters))['ImageId'] as string
}

/** The images of an answer of DescribeImages, every status included. */
export async function images(
  { call }: Registry,
  more: Parameters = {},
  as = account,
): Promise<readonly Fields[]> {
  const asked = { RegionId: region, Status: 'ALL', PageSize: 100, ...more }
  const { Images } = (await call('DescribeImages', asked, as)) as {
    readonly Images: { readonly Image: readonly Fields[] }
  }
  return Images.Image
}

/** One image by its id; it must be there. */
export async function described(
  registry: Registry,
  ImageId: string,
  more: Parameters = {},
  as = account,
): Promise<Fields> {
  const [found, ...rest] = await images(registry, { ImageId, ...more }, as)
  if (!found || rest.length > 0) throw new Error(`${ImageId} is there ${rest.length} times`)
  return found
}

/** Shares an image with accounts. */
export function shared({ call }: Registry, ImageId: string, AddAccount: readonly string[]) {
  return call('ModifyImageSharePermission', { RegionId: region, ImageId, AddAccount })
}
