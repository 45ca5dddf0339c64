import { describe, expect, it } from 'vitest'
import {
  account,
  codeOf,
  image,
  images,
  linux,
  other,
  type Parameters,
  region,
  registry,
  shared,
} from './registry.js'

const beijing = { RegionId: 'cn-beijing' }

describe('the images of an execution', () => {
  const template = {
    ToRegionId: ['cn-beijing'],
    ImageOptions: {
      Description: 'the web server',
      ImageFamily: 'web',
      ImageFeatures: { NvmeSupport: 'unsupported' },
      ImageTags: [{ Key: 'team', Value: 'web' }],
    },
    SystemDiskSize: 60,
    BaseImage: 'ubuntu_24_04_arm64_20G_alibase_20250527.vhd',
  }

  async function run(shop: Awaited<ReturnType<typeof registry>>, more: Parameters = {}) {
    const least = { RegionId: region, BaseImageType: 'IMAGE', BaseImage: linux }
    const { ImagePipelineId } = await shop.call('CreateImagePipeline', { ...least, ...more })
    await shop.call('StartImagePipelineExecution', { RegionId: region, ImagePipelineId })
    return ImagePipelineId as string
  }

  it('are like its base image, with what the template says, in every region', async () => {
    const shop = await registry()
    await run(shop, template)
    await shop.advance('1h')
    for (const RegionId of [region, 'cn-beijing']) {
      const [found] = await images(shop, { RegionId, ImageOwnerAlias: 'self' })
      expect(found).toMatchObject({
        Description: 'the web server',
        ImageFamily: 'web',
        Architecture: 'arm64',
        BootMode: 'UEFI',
        Platform: 'Ubuntu',
        OSName: 'Ubuntu 24.04 64-bit for ARM',
        Size: 60,
        Features: { NvmeSupport: 'unsupported' },
        Tags: { Tag: [{ TagKey: 'team', TagValue: 'web' }] },
        Status: 'Available',
        IsCopied: RegionId !== region,
      })
    }
  })

  it('get on with the clock while they are built and copied', async () => {
    const shop = await registry()
    await run(shop, { ToRegionId: ['cn-beijing'] })
    await shop.advance('1m')
    const own = async () => (await images(shop, { ImageOwnerAlias: 'self' }))[0]
    expect(await own()).toMatchObject({ Status: 'Creating', Progress: '0%' })
    await shop.advance('1m')
    expect(await own()).toMatchObject({ Status: 'Creating', Progress: '25%' })
    await shop.advance('3m30s')
    const [copy] = await images(shop, { ...beijing, ImageOwnerAlias: 'self' })
    expect(copy).toMatchObject({ Status: 'Creating', Progress: '25%' })
  })

  it('wait while others are copied to their region', async () => {
    const shop = await registry()
    for (let n = 0; n < 7; n++) {
      await run(shop, { ToRegionId: n === 0 ? ['cn-shanghai', 'cn-beijing'] : ['cn-beijing'] })
    }
    await shop.advance('5m30s')
    const found = await images(shop, { ...beijing, ImageOwnerAlias: 'self' })
    const counted = (word: string) => found.filter(({ Status }) => Status === word).length
    expect([counted('Creating'), counted('Waiting')]).toEqual([5, 2])
  })

  it('cannot be deleted or cancelled before the execution is done with them', async () => {
    const shop = await registry()
    await run(shop, { ToRegionId: ['cn-beijing'], TestContent: 'RUN true' })
    await shop.advance('5m30s')
    const [own] = await images(shop, { ImageOwnerAlias: 'self' })
    expect(own).toMatchObject({ Status: 'Available' })
    const remove = () => shop.call('DeleteImage', { RegionId: region, ImageId: own?.['ImageId'] })
    expect(await codeOf(remove())).toBe('403 InvalidStatus.ImageIsCreating')
    await shop.advance('1h')
    await remove()
    expect(await images(shop, { ImageOwnerAlias: 'self' })).toEqual([])
  })

  it('may be shared by a call with an account that the template shares them with', async () => {
    const shop = await registry()
    const id = await run(shop, { ToRegionId: ['cn-beijing'], AddAccount: [other] })
    await shop.advance('6m')
    const [own] = await images(shop, { ImageOwnerAlias: 'self' })
    await shared(shop, own?.['ImageId'] as string, [other])
    await shop.advance('1h')
    const [run1] = await shop.builder.engine.list({ singletonKey: id })
    expect(run1).toMatchObject({ status: 'SUCCESS', stuck: null })
    const shares = await shop.builder.shares(own?.['ImageId'] as string)
    expect(shares.map(({ Account }) => Account)).toEqual([other])
  })

  it('outlive their template, and leave nothing behind when they are deleted', async () => {
    const shop = await registry()
    const ImagePipelineId = await run(shop, template)
    await shop.advance('1h')
    await shop.call('DeleteImagePipeline', { RegionId: region, ImagePipelineId })
    const traits = () =>
      shop.builder.engine.read((reader) => reader.catalogFind({ kind: 'imageTraits' }))
    for (const RegionId of [region, 'cn-beijing']) {
      const [found] = await images(shop, { RegionId, ImageOwnerAlias: 'self' })
      expect(found).toMatchObject({ Platform: 'Ubuntu' })
      expect(await traits()).toHaveLength(1)
      await shop.call('DeleteImage', { RegionId, ImageId: found?.['ImageId'] })
    }
    expect(await traits()).toEqual([])
  })

  it('may be built on an image of a call, and on one that another account shares', async () => {
    const shop = await registry()
    const BaseImage = await image(shop, { Architecture: 'arm64' }, other)
    const start = { RegionId: region, BaseImageType: 'IMAGE', BaseImage }
    const refused = shop.call('CreateImagePipeline', start)
    expect(await codeOf(refused)).toBe('404 InvalidImage.NotFound')
    const share = { RegionId: region, ImageId: BaseImage, AddAccount: [account] }
    await shop.call('ModifyImageSharePermission', share, other)
    await run(shop, { BaseImage })
    await shop.advance('1h')
    const [built] = await images(shop, { ImageOwnerAlias: 'self' })
    expect(built).toMatchObject({ Architecture: 'arm64', Status: 'Available' })
  })
})
