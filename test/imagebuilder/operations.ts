import { describe, expect } from 'vitest'
import { openImageBuilder } from '../../src/compose.js'
import { EcsError } from '../../src/imagebuilder/errors.js'
import type { ImageBuilder } from '../../src/imagebuilder/image-builder.js'
import { planSetting, type Rule } from '../../src/simulate/plan/rule.js'
import { memory } from '../../src/store/memory/memory.js'

export const region = 'cn-hangzhou'
export const account = '1234567890123456'
export const linux = 'aliyun_3_x64_20G_alibase_20240819.vhd'
/** Where the virtual clock of these tests begins. */
const start = '2026-01-05T02:00:00.000Z'

/** The least that a template needs. */
export const plain = { RegionId: region, BaseImageType: 'IMAGE', BaseImage: linux }

export type Open = (plan?: readonly Rule[]) => Promise<ImageBuilder>

/** Runs the same tests over the store in memory and over SQLite. */
export function overStores(name: string, tests: (open: Open) => void): void {
  describe(`${name}, in memory`, () =>
    tests((plan = []) => {
      const now = Date.parse(start)
      const settings = { seed: '1', [planSetting]: JSON.stringify(plan) }
      const db = memory({ clock: { mode: 'virtual', now }, settings })
      return openImageBuilder({ db, worker: false })
    }))
  describe(`${name}, in SQLite`, () =>
    tests((plan = []) => {
      const clock = `virtual@${start}`
      return openImageBuilder({ db: ':memory:', worker: false, clock, seed: 1, plan })
    }))
}

/** The refusal of a call; it must be one. */
export async function refusal(call: Promise<unknown>): Promise<EcsError> {
  const error = await call.then(
    () => new Error('nothing was refused'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(EcsError)
  return error as EcsError
}

/** The code of a refusal. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  return (await refusal(call)).code
}

/** Creates a template and gives its id. */
export async function template(builder: ImageBuilder, more: object = {}): Promise<string> {
  return (await builder.createTemplate({ ...plain, ...more })).ImagePipelineId
}

/** Starts a template and gives the execution's id. */
export async function started(
  builder: ImageBuilder,
  ImagePipelineId: string,
  more: object = {},
): Promise<string> {
  const request = { RegionId: region, ImagePipelineId, ...more }
  return (await builder.startExecution(request)).ExecutionId
}

/** Starts a template and lets its execution end. */
export async function baked(builder: ImageBuilder, ImagePipelineId: string): Promise<string> {
  const id = await started(builder, ImagePipelineId)
  await builder.engine.advance('1h')
  return id
}

/** What is stored, row by row, but for the clock. */
export function everything(builder: ImageBuilder): Promise<unknown> {
  const kinds = [
    'template',
    'component',
    'image',
    'share',
    'token',
    'imageName',
    'reference',
    'executionTags',
  ]
  return builder.engine.read((reader) => ({
    rows: kinds.flatMap((kind) => reader.catalogFind({ kind })),
    executions: reader.executions({ limit: 1_000 }),
    records: reader.stream(0, 1_000),
  }))
}
