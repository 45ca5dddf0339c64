import { expect, it } from 'vitest'
import { ImageBuilder } from '../../src/imagebuilder/image-builder.js'
import {
  baked,
  codeOf,
  everything,
  linux,
  overStores,
  plain,
  refusal,
  region,
  started,
  template,
} from './operations.js'

/** A world in which everything that the template of the next test names has gone. */
async function breakWorld(builder: ImageBuilder): Promise<void> {
  await builder.editWorld({
    remove: {
      images: ['m-base'],
      instanceTypes: ['ecs.mine'],
      vSwitches: ['vsw-mine'],
      regions: ['cn-nanjing'],
      components: ['ic-mine'],
    },
  })
}

const named = {
  images: [{ ImageId: 'm-base' }],
  instanceTypes: [{ InstanceTypeId: 'ecs.mine' }],
  vSwitches: [{ VSwitchId: 'vsw-mine', RegionId: region }],
  regions: [{ RegionId: 'cn-nanjing' }],
  components: [{ ImageComponentId: 'ic-mine', Content: 'RUN true' }],
}

const fixedName = {
  ImageOptions: { ImageName: 'golden' },
  AdvancedOptions: { ImageNameSuffix: 'disable' },
}

overStores('a start', (open) => {
  it('is decided in one order: whatever else is wrong, the first of these answers', async () => {
    const builder = await open()
    await builder.editWorld(named)
    const web = await template(builder, {
      ...fixedName,
      BaseImage: 'm-base',
      InstanceType: 'ecs.mine',
      VSwitchId: 'vsw-mine',
      ToRegionId: ['cn-nanjing'],
      BuildContent: 'RUN true\nCOMPONENT ic-mine',
    })
    const twin = await template(builder, fixedName)
    await started(builder, await template(builder), { ClientToken: 'used' })
    const first = await started(builder, web)
    await breakWorld(builder)
    const request: Record<string, unknown> = {
      RegionId: 'cn-atlantis',
      ImagePipelineId: 'ip-none',
      ClientToken: 'used',
      Tag: [{ Key: 'a' }, { Key: 'a' }],
    }
    const codes: string[] = []
    const mended = async (mend: () => unknown): Promise<void> => {
      codes.push(await codeOf(builder.startExecution(request)))
      await mend()
    }
    const edit = (patch: object) => () => builder.editWorld(patch)

    await mended(() => delete request['Tag'])
    await mended(() => (request['RegionId'] = region))
    await mended(() => delete request['ClientToken'])
    await mended(() => (request['ImagePipelineId'] = web))
    await mended(async () => {
      await builder.cancelExecution({ RegionId: region, ExecutionId: first })
      await builder.engine.advance('1m')
      await started(builder, twin)
    })
    await mended(edit({ images: [{ ImageId: 'm-base', buildable: false, OSType: 'windows' }] }))
    await mended(edit({ images: [{ ImageId: 'm-base', buildable: true }] }))
    await mended(edit({ instanceTypes: named.instanceTypes }))
    await mended(edit({ vSwitches: named.vSwitches }))
    await mended(edit({ regions: named.regions }))
    await mended(edit({ images: [{ ImageId: 'm-base', OSType: 'linux' }] }))
    await mended(edit({ components: named.components }))
    await mended(() => builder.engine.advance('1h'))
    expect(codes).toEqual([
      'Duplicate.TagKey',
      'InvalidRegionId.NotFound',
      'IdempotentParameterMismatch',
      'InvalidImagePipeline.NotFound',
      'InvalidImagePipeline.HasRunningExecution',
      'InvalidImagePipeline.BaseImageNotFound',
      'InvalidImage.OsTypeUnsupported',
      'InvalidInstanceType.NotFound',
      'InvalidVSwitchId.NotFound',
      'InvalidRegionId.NotFound',
      'InvalidImageTemplateCommand.NotSupported',
      'ImageComponent.NotFound',
      'InvalidImageName.Duplicated',
    ])
  })

  it('that is refused writes nothing', async () => {
    const builder = await open()
    const web = await template(builder)
    await started(builder, web)
    const before = await everything(builder)
    await codeOf(started(builder, web, { ClientToken: 'token', Tag: [{ Key: 'a' }] }))
    await codeOf(started(builder, 'ip-none'))
    expect(await everything(builder)).toEqual(before)
  })

  it('is refused while one runs, with its id, its status and since when', async () => {
    const builder = await open()
    const web = await template(builder)
    const running = await started(builder, web)
    await builder.engine.advance('90s')
    const error = await refusal(started(builder, web))
    expect(error).toMatchObject({
      status: 403,
      code: 'InvalidImagePipeline.HasRunningExecution',
      details: { ImagePipelineId: web, ExecutionId: running },
    })
    expect(error.message).toBe(
      `The image pipeline ${web} has a running execution ${running} (BUILDING since ` +
        '2026-01-05T02:01:00Z); it cannot be started again before that has ended.',
    )
  })

  it('is won by one of many that come at once', async () => {
    const builder = await open()
    const web = await template(builder)
    const answers = await Promise.allSettled(
      Array.from({ length: 16 }, () => started(builder, web)),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await builder.engine.list()).toHaveLength(1)
  })

  it('finds a template in its own region and of its own account only', async () => {
    const builder = await open()
    const web = await template(builder)
    expect(await codeOf(started(builder, web, { RegionId: 'cn-beijing' }))).toBe(
      'InvalidImagePipeline.NotFound',
    )
    const stranger = new ImageBuilder(builder.engine, '42')
    expect(await codeOf(started(stranger, web))).toBe('InvalidImagePipeline.NotFound')
  })

  it('keeps the tags of the execution until its template goes', async () => {
    const builder = await open()
    const web = await template(builder)
    const id = await started(builder, web, { Tag: [{ Key: 'Created', Value: 'TF' }] })
    const tags = () => builder.engine.read((reader) => reader.catalogGet('executionTags', id))
    expect((await tags())?.body).toEqual({ Tag: [{ Key: 'Created', Value: 'TF' }] })
    await builder.engine.advance('1h')
    await builder.deleteTemplate({ RegionId: region, ImagePipelineId: web })
    expect(await tags()).toBeUndefined()
  })

  it('of an instance type that is not named takes the smallest for the base image', async () => {
    const builder = await open()
    const typeOf = async (more: object): Promise<unknown> => {
      const id = await started(builder, await template(builder, more))
      return (await builder.engine.get(id))?.context.instanceType
    }
    expect(await typeOf({})).toBe('ecs.g6.large')
    const arm = 'aliyun_3_arm64_20G_alibase_20240819.vhd'
    expect(await typeOf({ BaseImage: arm })).toBe('ecs.g8y.large')
    expect(await typeOf({ InstanceType: 'ecs.r7.large' })).toBe('ecs.r7.large')
    await builder.editWorld({
      instanceTypes: [{ InstanceTypeId: 'ecs.g6.large', regions: ['cn-beijing'] }],
    })
    expect(await typeOf({})).toBe('ecs.g7.large')
  })

  it('is refused where no instance type is in stock', async () => {
    const builder = await open()
    const web = await template(builder)
    const { instanceTypes } = await builder.world()
    await builder.editWorld({
      remove: { instanceTypes: instanceTypes.map(({ InstanceTypeId }) => InstanceTypeId) },
    })
    expect(await codeOf(started(builder, web))).toBe('InvalidInstanceType.NotFound')
  })
})

overStores('a base image that has gone', (open) => {
  const removed = async (base: object, patch: object, ids: readonly string[]): Promise<string> => {
    const builder = await open()
    await builder.editWorld(patch)
    const id = await template(builder, base)
    await builder.editWorld({ remove: { images: ids } })
    const error = await refusal(started(builder, id))
    expect(error.status).toBe(404)
    return error.code
  }

  it('was public: InvalidImage.NotFound', async () => {
    expect(await removed({ BaseImage: linux }, {}, [linux])).toBe('InvalidImage.NotFound')
  })

  it('was one of the account: InvalidImagePipeline.BaseImageNotFound', async () => {
    const own = { images: [{ ImageId: 'm-own' }] }
    expect(await removed({ BaseImage: 'm-own' }, own, ['m-own'])).toBe(
      'InvalidImagePipeline.BaseImageNotFound',
    )
  })

  it('was shared with the account: InvalidImage.NotFound', async () => {
    const shared = {
      images: [{ ImageId: 'm-their', owner: '42', sharedWith: ['1234567890123456'] }],
    }
    expect(await removed({ BaseImage: 'm-their' }, shared, ['m-their'])).toBe(
      'InvalidImage.NotFound',
    )
  })

  it('was the last of a family: InvalidImagePipeline.BaseImageNotFound', async () => {
    const base = { BaseImageType: 'IMAGE_FAMILY', BaseImage: 'acs:debian_12_6_x64' }
    expect(await removed(base, {}, ['debian_12_6_x64_20G_alibase_20240819.vhd'])).toBe(
      'InvalidImagePipeline.BaseImageNotFound',
    )
  })
})

overStores('the name of an image', (open) => {
  const nameOf = async (builder: ImageBuilder, more: object): Promise<[string, string]> => {
    const id = await baked(builder, await template(builder, more))
    const images = await builder.images()
    return [images.find(({ ExecutionId }) => ExecutionId === id)?.ImageName ?? '', id]
  }

  it('is the prefix and the execution; the template serves when there is no prefix', async () => {
    const builder = await open()
    const [prefixed, one] = await nameOf(builder, { ImageOptions: { ImageName: 'golden' } })
    expect(prefixed).toBe(`golden_${one}`)
    const [old, two] = await nameOf(builder, { ImageName: 'older' })
    expect(old).toBe(`older_${two}`)
    const [named, three] = await nameOf(builder, { Name: 'web' })
    expect(named).toBe(`web_${three}`)
    const [nameless, four] = await nameOf(builder, {})
    expect(nameless).toMatch(/^ip-\w{20}_exec-\w{20}$/)
    expect(nameless).toContain(four)
  })

  it('is the bare prefix without the suffix, and then it is unique in its region', async () => {
    const builder = await open()
    const elsewhere = { ...fixedName, RegionId: 'cn-beijing' }
    const [first, second] = [await template(builder, fixedName), await template(builder, fixedName)]
    const other = await template(builder, elsewhere)
    await started(builder, first)
    expect(await codeOf(started(builder, second))).toBe('InvalidImageName.Duplicated')
    await started(builder, other, { RegionId: 'cn-beijing' })
    await builder.engine.advance('1h')
    const named = await builder.images({ name: 'golden' })
    expect(named.map(({ Region }) => Region).sort()).toEqual(['cn-beijing', 'cn-hangzhou'])
    expect(await codeOf(started(builder, first))).toBe('InvalidImageName.Duplicated')
    expect(await codeOf(template(builder, fixedName))).toBe('InvalidImageName.Duplicated')
    const stranger = new ImageBuilder(builder.engine, '42')
    expect(await template(stranger, fixedName)).toMatch(/^ip-/)
  })

  it('without the suffix is unique in every region that gets a copy, too', async () => {
    const builder = await open()
    const spread = { ...fixedName, RegionId: 'cn-shanghai', ToRegionId: ['cn-beijing'] }
    const wide = await template(builder, spread)
    const local = await template(builder, { ...fixedName, RegionId: 'cn-beijing' })
    await started(builder, wide, { RegionId: 'cn-shanghai' })
    const error = await refusal(started(builder, local, { RegionId: 'cn-beijing' }))
    expect(error).toMatchObject({
      code: 'InvalidImageName.Duplicated',
      details: { ImageName: 'golden', RegionId: 'cn-beijing' },
    })
    await builder.engine.advance('1h')
    expect(await codeOf(template(builder, { ...fixedName, RegionId: 'cn-beijing' }))).toBe(
      'InvalidImageName.Duplicated',
    )
    expect(await template(builder, fixedName)).toMatch(/^ip-/)
  })

  it('without the suffix is not that of an own image of the world either', async () => {
    const builder = await open()
    await builder.editWorld({
      images: [
        { ImageId: 'm-own', ImageName: 'golden', regions: [region] },
        { ImageId: 'm-their', ImageName: 'silver', owner: '42', sharedWith: ['1234567890123456'] },
      ],
    })
    expect(await codeOf(template(builder, fixedName))).toBe('InvalidImageName.Duplicated')
    expect(await template(builder, { ...fixedName, RegionId: 'cn-beijing' })).toMatch(/^ip-/)
    const silver = { ...fixedName, ImageOptions: { ImageName: 'silver' } }
    expect(await template(builder, silver)).toMatch(/^ip-/)
  })

  it('with the suffix is held in its region while the execution runs', async () => {
    const builder = await open([{ task: 'buildImage', template: 'web', fail: 'x' }])
    const ImageName = `web_${await started(builder, await template(builder, { Name: 'web' }))}`
    const same = { ...fixedName, ImageOptions: { ImageName } }
    expect(await codeOf(template(builder, same))).toBe('InvalidImageName.Duplicated')
    expect(await template(builder, { ...same, RegionId: 'cn-beijing' })).toMatch(/^ip-/)
    expect(await template(new ImageBuilder(builder.engine, '42'), same)).toMatch(/^ip-/)
    const other = { ...fixedName, ImageOptions: { ImageName: ImageName.replace('web', 'wed') } }
    expect(await template(builder, other)).toMatch(/^ip-/)
    await builder.engine.advance('1h')
    expect(await template(builder, same)).toMatch(/^ip-/)
  })

  it('is free again when the build that held it has failed', async () => {
    const builder = await open([{ task: 'buildImage', template: 'unlucky', fail: 'x' }])
    const first = await template(builder, { ...fixedName, Name: 'unlucky' })
    const second = await template(builder, fixedName)
    await started(builder, first)
    expect(await codeOf(started(builder, second))).toBe('InvalidImageName.Duplicated')
    await builder.engine.advance('1h')
    expect(await started(builder, second)).toMatch(/^exec-/)
  })

  it('goes to one of two that start at once', async () => {
    const builder = await open()
    const ids = [await template(builder, fixedName), await template(builder, fixedName)]
    const answers = await Promise.allSettled(ids.map((id) => started(builder, id)))
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

overStores('a base image', (open) => {
  it('may be what an execution made, once it is there', async () => {
    const builder = await open()
    const parent = await template(builder, { ImageOptions: { ImageFamily: 'family' } })
    const id = await started(builder, parent)
    await builder.engine.advance('90s')
    const [creating] = await builder.images()
    const own = { ...plain, BaseImage: creating?.ImageId }
    const family = { ...plain, BaseImageType: 'IMAGE_FAMILY', BaseImage: 'family' }
    expect(creating?.Status).toBe('Creating')
    expect(await codeOf(builder.createTemplate(own))).toBe('InvalidImage.NotFound')
    expect(await codeOf(builder.createTemplate(family))).toBe('InvalidImage.NotFound')
    await builder.engine.advance('1h')
    expect(await builder.execution(id)).toMatchObject({ ImageId: creating?.ImageId })
    const [child, grandchild] = [await template(builder, own), await template(builder, family)]
    await started(builder, child)
    await started(builder, grandchild)
    const stranger = new ImageBuilder(builder.engine, '42')
    expect(await codeOf(stranger.createTemplate(own))).toBe('InvalidImage.NotFound')
    expect(await codeOf(builder.createTemplate({ ...own, RegionId: 'cn-beijing' }))).toBe(
      'InvalidImage.NotFound',
    )
  })

  it('may be what another account shares', async () => {
    const builder = await open()
    await baked(builder, await template(builder, { AddAccount: ['42'] }))
    const [image] = await builder.images()
    const friend = new ImageBuilder(builder.engine, '42')
    expect(await template(friend, { BaseImage: image?.ImageId })).toMatch(/^ip-/)
  })

  it('of the marketplace can be built from, but not distributed', async () => {
    const builder = await open()
    await builder.editWorld({ images: [{ ImageId: 'm-market', owner: 'marketplace' }] })
    expect(await template(builder, { BaseImage: 'm-market' })).toMatch(/^ip-/)
    for (const more of [{ ToRegionId: ['cn-beijing'] }, { AddAccount: ['42'] }]) {
      const call = builder.createTemplate({ ...plain, BaseImage: 'm-market', ...more })
      expect(await codeOf(call)).toBe('InvalidImage.ImageOwnerAliasUnsupported')
    }
  })

  it('is not needed for OSS', async () => {
    const builder = await open()
    const mapping = { OSSBucket: 'bucket', OSSObject: 'disk.vhd' }
    const oss = { BaseImageType: 'OSS', RegionId: region }
    const options = (more: object) => ({ DiskDeviceMappings: [mapping], ...more })
    const create = (more: object) =>
      builder.createTemplate({ ...oss, ImportImageOptions: options(more) })
    const { ImagePipelineId } = await create({ Architecture: 'arm64', BootMode: 'UEFI' })
    const id = await started(builder, ImagePipelineId)
    expect((await builder.engine.get(id))?.context).toMatchObject({
      baseImage: '',
      instanceType: 'ecs.g8y.large',
      osType: 'linux',
    })
    const windows = await create({ OSType: 'windows' })
    const second = await started(builder, windows.ImagePipelineId)
    expect((await builder.engine.get(second))?.context.osType).toBe('windows')
  })
})
