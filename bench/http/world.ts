import { openImageBuilder } from '../../src/compose.js'
import type { ImageBuilder } from '../../src/imagebuilder/image-builder.js'
import { insertRow, type Template } from '../../src/imagebuilder/rows.js'
import type { WorldPatch } from '../../src/imagebuilder/world/types.js'

export const region = 'cn-hangzhou'

/** The key that requests are signed with: with it in the world, every signature is checked. */
export const measuredKey = {
  AccessKeyId: 'LTAI5tMeasured00000000',
  AccessKeySecret: 'MeasuredSecret00000000000000001',
  account: '1234567890123456',
}

/** Copied to two more regions, and shared with one account. */
export const templateRequest = {
  RegionId: region,
  Name: 'measured',
  BaseImageType: 'IMAGE',
  BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
  BuildContent: 'RUN yum update -y',
  ToRegionId: ['cn-beijing', 'cn-zhangjiakou'],
  AddAccount: ['1284387915995949'],
}

const world: WorldPatch = { accessKeys: [measuredKey] }

/** On this clock nothing of what is started falls due while it is measured. */
const measuredClock = 'system'

/** Makes a file with a keyed world and so many templates, whose ids it gives. */
export async function prepareFile(db: string, count: number): Promise<string[]> {
  const builder = await openImageBuilder({ db, clock: measuredClock, world, worker: false })
  try {
    return await makeTemplates(builder, count)
  } finally {
    await builder.engine.close()
  }
}

/**
 * Makes one template as callers make them, and the others as copies of its row: the quota of the
 * service ends long before.
 */
export async function makeTemplates(builder: ImageBuilder, count: number): Promise<string[]> {
  const { ImagePipelineId } = await builder.createTemplate(templateRequest)
  const [template] = await builder.templates({ id: ImagePipelineId })
  if (template === undefined) throw new Error('the template that was made cannot be found')
  const ids = [ImagePipelineId]
  while (ids.length < count) {
    const more = Math.min(1_000, count - ids.length)
    const made = await builder.engine.transact((tx) =>
      Array.from({ length: more }, () => {
        const id = tx.newId(`template/${region}`)
        tx.catalogWrite(insertRow('template', id, copyOf(template, id)))
        return id
      }),
    )
    ids.push(...made)
  }
  return ids
}

function copyOf(template: Template, ImagePipelineId: string): Template {
  return { ...template, ImagePipelineId }
}

/** How many executions a file has: the starts that were accepted. */
export async function executionsIn(db: string): Promise<number> {
  const builder = await openImageBuilder({ db, mustExist: true, worker: false })
  try {
    return await builder.engine.read((reader) => reader.executionCount({}))
  } finally {
    await builder.engine.close()
  }
}
