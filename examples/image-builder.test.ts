/**
 * Code that drives image pipelines must cope with a region that is slow, a copy that fails and a
 * build that somebody else runs already, and none of these comes when it is wanted. Here they come
 * on order, in a test, in virtual time: an hour passes in milliseconds.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
// In a project of your own: from 'bakeline'.
import { EcsError, type ImageBuilder, openImageBuilder } from '../src/index.js'

const RegionId = 'cn-hangzhou'

/** The code under test: bakes an image and says where it has got to. */
async function bake(builder: ImageBuilder, ImagePipelineId: string): Promise<string> {
  try {
    const request = { RegionId, ImagePipelineId }
    return (await builder.startExecution(request)).ExecutionId
  } catch (error) {
    const running = error instanceof EcsError && error.details['ExecutionId']
    if (running) return running
    throw error
  }
}

describe('baking an image', () => {
  let builder: ImageBuilder
  let web: string

  beforeEach(async () => {
    builder = await openImageBuilder({
      db: ':memory:',
      clock: 'virtual',
      worker: false,
      plan: [
        { task: 'copyImage', region: 'cn-beijing', duration: '25m' },
        { task: 'copyImage', region: 'cn-qingdao', fail: 'The region has no capacity.' },
      ],
    })
    const { ImagePipelineId } = await builder.createTemplate({
      RegionId,
      BaseImageType: 'IMAGE',
      BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
      BuildContent: 'RUN yum update -y',
      ToRegionId: ['cn-beijing', 'cn-qingdao'],
    })
    web = ImagePipelineId
  })

  afterEach(() => builder.engine.close())

  it('joins the execution that somebody else has started', async () => {
    const theirs = await bake(builder, web)
    await builder.engine.advance('2m')
    expect(await bake(builder, web)).toBe(theirs)
  })

  it('still distributes after half an hour, because Beijing is slow', async () => {
    const id = await bake(builder, web)
    await builder.engine.advance('29m')
    expect(await builder.execution(id)).toMatchObject({ Status: 'DISTRIBUTING' })
    await builder.engine.advance('2m')
    expect(await builder.execution(id)).toMatchObject({ Status: 'PARTITION_SUCCESS' })
  })

  it('ends with an image in Beijing and a failed one in Qingdao', async () => {
    const id = await bake(builder, web)
    await builder.engine.advance('1h')
    const images = await builder.images()
    expect(Object.fromEntries(images.map((image) => [image.Region, image.Status]))).toEqual({
      'cn-hangzhou': 'Available',
      'cn-beijing': 'Available',
      'cn-qingdao': 'CreateFailed',
    })
    expect((await builder.execution(id))?.Message).toBe(
      'Copying to cn-qingdao failed: The region has no capacity.',
    )
  })
})
