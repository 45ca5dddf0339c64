import type { ImageBuilder } from '../imagebuilder/image-builder.js'
import { EcsError } from '../imagebuilder/errors.js'
import { type Rule, taskNames } from '../simulate/plan/rule.js'
import { type Case, cancelledStages, copyRegions } from '../simulate/pollers/cases.js'
import type { Deed } from '../simulate/pollers/scenario.js'

export const region = 'cn-hangzhou'
export const imageName = 'golden'
/** More than a page of DescribeImages has. */
export const others = Array.from({ length: 12 }, (_, index) => `other-${index + 1}`)

/** The template of every case: it has every stage. */
export const stageTemplate = {
  BaseImageType: 'IMAGE',
  BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
  RepairMode: 'Standard',
  TestContent: 'RUN true',
  ToRegionId: copyRegions,
  AddAccount: ['1284387915995949'],
  ImageOptions: { ImageName: imageName },
} as const

/** A template that crowds the list of images. */
export function otherTemplate(Name: string) {
  const { BaseImageType, BaseImage } = stageTemplate
  return { Name, BaseImageType, BaseImage }
}

/** The plan of a case; the templates that crowd the list are done at once. */
export function stageRules({ plan, crowded }: Case): readonly Rule[] {
  if (!crowded) return plan
  const quick = others.flatMap((template) =>
    taskNames.map((task): Rule => ({ task, template, duration: '0s' })),
  )
  return [...plan, ...quick]
}

export interface Happening {
  /** Milliseconds after the caller began. */
  readonly at: number
  happen(): Promise<unknown>
}

/** What others do meanwhile, in order. */
export function happeningsOf(
  builder: ImageBuilder,
  { cancelIn, crowded, pace }: Case,
  { template, deeds }: { readonly template: string; readonly deeds: Deed[] },
): Happening[] {
  const happenings: Happening[] = []
  if (cancelIn !== null) {
    const at = (cancelledStages.indexOf(cancelIn) + 0.5) * pace.taskMs
    const happen = async (): Promise<void> => {
      const execution = await cancelled(builder, template)
      if (execution !== null) deeds.push({ at, do: 'cancel', execution })
    }
    happenings.push({ at, happen })
  }
  if (crowded) {
    // While it builds: its image exists by then, so that these are newer.
    const at = 2.5 * pace.taskMs
    const happen = async (): Promise<void> => {
      await crowd(builder)
      deeds.push({ at, do: 'crowd' })
    }
    happenings.push({ at, happen })
  }
  return happenings
}

/** Somebody else cancels what runs, if that is allowed. @returns the execution */
export async function cancelled(builder: ImageBuilder, template: string): Promise<string | null> {
  const [run] = await builder.engine.list({ singletonKey: template, live: true })
  if (run === undefined) return null
  try {
    await builder.cancelExecution({ RegionId: region, ExecutionId: run.id })
    return run.id
  } catch (error) {
    if (error instanceof EcsError) return null
    throw error
  }
}

export async function crowd(builder: ImageBuilder): Promise<void> {
  for (const Name of others) {
    const create = { RegionId: region, ...otherTemplate(Name) }
    const { ImagePipelineId } = await builder.createTemplate(create)
    await builder.startExecution({ RegionId: region, ImagePipelineId })
  }
}
