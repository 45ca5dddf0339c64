import { openImageBuilder } from '../../../src/compose.js'
import type { Json } from '../../../src/core/json.js'
import { type Answer, type Pages, products } from '../../../src/gateway/operation.js'
import { find } from '../../../src/gateway/operations/index.js'
import { pageTokens } from '../../../src/gateway/wire/page-token.js'
import { EcsError } from '../../../src/imagebuilder/errors.js'
import type { ImageBuilder } from '../../../src/imagebuilder/image-builder.js'
import type { WorldPatch } from '../../../src/imagebuilder/world/types.js'
import { worldOf } from '../../../src/imagebuilder/world-setting.js'
import { planSetting, type Rule } from '../../../src/simulate/plan/rule.js'
import { memory } from '../../../src/store/memory/memory.js'

export const region = 'cn-hangzhou'
export const account = '1234567890123456'
export const linux = 'aliyun_3_x64_20G_alibase_20240819.vhd'
/** The least that a template needs. */
export const least = { RegionId: region, BaseImageType: 'IMAGE', BaseImage: linux }

type Parameters = Readonly<Record<string, unknown>>

/** Operations without a socket: nested parameters in, the answer's fields out. */
export interface Service {
  readonly builder: ImageBuilder
  call(action: string, parameters: Parameters, as?: { readonly account: string }): Promise<Answer>
  edit(patch: WorldPatch): Promise<unknown>
  /** Lets what runs run to its end. */
  settle(): Promise<unknown>
}

/** A file in memory at a virtual time that stands still. */
export async function service(plan: readonly Rule[] = []): Promise<Service> {
  const settings = { seed: '1', [planSetting]: JSON.stringify(plan) }
  const now = Date.parse('2026-01-05T02:00:00Z')
  const db = memory({ clock: { mode: 'virtual', now }, settings })
  const builder = await openImageBuilder({ db, worker: false })
  const tokens = pageTokens('secret of a test')
  return {
    builder,
    edit: (patch) => builder.editWorld(patch),
    settle: () => builder.engine.advance('1h'),
    call: async (action, raw, as = { account }) => {
      const operation = find('Ecs', products.Ecs, action)
      if (!operation) throw new Error(`there is no ${action}`)
      const prepared = operation.prepare(raw)
      const { parameters } = prepared
      const query = { account: as.account, action, parameters }
      return builder.engine.transact((tx) => {
        const token = parameters.NextToken
        const pages: Pages = {
          cursor: typeof token === 'string' ? (tokens.open(query, token) as string) : null,
          next: (cursor) => (cursor === null ? '' : tokens.seal(query, cursor)),
        }
        const caller = { account: as.account, world: worldOf(tx) }
        const name = as.account
        const identity = { accessKeyId: 'any', account: name, type: 'Account', name } as const
        const from = { identity, authority: '127.0.0.1:4526' }
        return prepared.run(tx, { caller, from, pages })
      })
    },
  }
}

/** What a call is refused with; it must be. */
export async function refusal(call: Promise<unknown>): Promise<EcsError> {
  const error = await call.then(
    (answer) => new Error(`nothing was refused: ${JSON.stringify(answer)}`),
    (thrown: unknown) => thrown,
  )
  if (error instanceof EcsError) return error
  throw error
}

/** Creates a template and gives its id. */
export async function template(
  { call }: Service,
  more: Parameters = {},
  as = { account },
): Promise<string> {
  const answer = await call('CreateImagePipeline', { ...least, ...more }, as)
  return answer.ImagePipelineId as string
}

/** Creates a component and gives its id. */
export async function component(
  { call }: Service,
  more: Parameters = {},
  as = { account },
): Promise<string> {
  const parameters = { RegionId: region, Content: 'RUN true', ...more }
  return (await call('CreateImageComponent', parameters, as)).ImageComponentId as string
}

/** Starts a template and gives the execution's id. */
export async function started(
  { call }: Service,
  ImagePipelineId: string,
  more: Parameters = {},
  as = { account },
): Promise<string> {
  const parameters = { RegionId: region, ImagePipelineId, ...more }
  return (await call('StartImagePipelineExecution', parameters, as)).ExecutionId as string
}

/** The entries of a list in an answer: `entries(answer, 'ImagePipeline.ImagePipelineSet')`. */
export function entries(answer: Answer, path: string): readonly { readonly [f: string]: Json }[] {
  const found = path
    .split('.')
    .reduce<Json>((at, step) => (at as { readonly [f: string]: Json })[step] ?? null, answer)
  return found as readonly { readonly [f: string]: Json }[]
}

/** The code that a call is refused with. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  return (await refusal(call)).code
}
