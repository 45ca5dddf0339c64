import { expect, it } from 'vitest'
import { ImageBuilder } from '../../src/imagebuilder/image-builder.js'
import {
  account,
  baked,
  codeOf,
  everything,
  overStores,
  plain,
  refusal,
  region,
  started,
  template,
} from './operations.js'

overStores('a template', (open) => {
  it('is stored as it was given, with its defaults', async () => {
    const builder = await open()
    const id = await template(builder, { Name: 'web', AddAccount: [1284387915995949] })
    expect(id).toMatch(/^ip-bp1[0-9a-z]{17}$/)
    expect(await builder.templates({ id })).toMatchObject([
      {
        ImagePipelineId: id,
        Name: 'web',
        Region: region,
        Account: account,
        CreationTime: '2026-01-05T02:00:00Z',
        BaseImageIsOwn: false,
        Parameters: {
          ...plain,
          SystemDiskSize: 40,
          InternetMaxBandwidthOut: 0,
          DeleteInstanceOnFailure: true,
          AddAccount: ['1284387915995949'],
        },
      },
    ])
  })

  it('is named after its id when it has no name', async () => {
    const builder = await open()
    const id = await template(builder)
    expect((await builder.templates({ name: id })).map(({ Name }) => Name)).toEqual([id])
  })

  it('is found by region, name and id, all that are given together', async () => {
    const builder = await open()
    const here = await template(builder, { Name: 'web' })
    const there = await template(builder, { Name: 'web', RegionId: 'cn-beijing' })
    const ids = async (filter: object): Promise<readonly string[]> =>
      (await builder.templates(filter)).map(({ ImagePipelineId }) => ImagePipelineId).sort()
    expect(there).toMatch(/^ip-2ze/)
    expect(await ids({ name: 'web' })).toEqual([here, there].sort())
    expect(await ids({ name: 'web', region })).toEqual([here])
    expect(await ids({ id: here, region: 'cn-beijing' })).toEqual([])
    expect(await new ImageBuilder(builder.engine, '42').templates()).toEqual([])
  })

  it.each([
    ['a region that is not there', { RegionId: 'cn-atlantis' }, 'InvalidRegionId.NotFound'],
    ['a base image that is not there', { BaseImage: 'm-none' }, 'InvalidImage.NotFound'],
    [
      'a family that is not there',
      { BaseImageType: 'IMAGE_FAMILY', BaseImage: 'acs:none' },
      'InvalidImage.NotFound',
    ],
    ['an instance type', { InstanceType: 'ecs.none' }, 'InvalidInstanceType.NotFound'],
    ['a vSwitch', { VSwitchId: 'vsw-none' }, 'InvalidVSwitchId.NotFound'],
    [
      'a vSwitch of another region',
      { VSwitchId: 'vsw-2zedefaultcnbeijing0' },
      'InvalidVSwitchId.NotFound',
    ],
    ['a target region', { ToRegionId: ['cn-beijing', 'cn-none'] }, 'InvalidRegionId.NotFound'],
    ['a component', { BuildContent: 'COMPONENT ic-none' }, 'ImageComponent.NotFound'],
    [
      'content that cannot be read',
      { TestContent: 'DANCE' },
      'InvalidImageTemplateCommand.NotSupported',
    ],
  ])('is refused with %s', async (_, more, code) => {
    const builder = await open()
    const before = await everything(builder)
    expect(await codeOf(template(builder, more))).toBe(code)
    expect(await everything(builder)).toEqual(before)
  })

  it('is refused beyond the quota of its account and region, also when many come at once', async () => {
    const builder = await open()
    await builder.editWorld({ quotas: { templates: 3 } })
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => template(builder)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    const error = await refusal(template(builder))
    expect(error).toMatchObject({ status: 400, code: 'QuotaExceed.ImagePipeline' })
    expect(await template(builder, { RegionId: 'cn-beijing' })).toMatch(/^ip-/)
    expect(await template(new ImageBuilder(builder.engine, '42'))).toMatch(/^ip-/)
    const [first] = await builder.templates({ region })
    await builder.deleteTemplate({ RegionId: region, ImagePipelineId: first?.ImagePipelineId })
    expect(await template(builder)).toMatch(/^ip-/)
  })
})

overStores('the deletion of a template', (open) => {
  it('is refused while an execution lives, whatever it does', async () => {
    const builder = await open()
    const id = await template(builder, { ToRegionId: ['cn-beijing'], AddAccount: ['42'] })
    const run = await started(builder, id)
    const remove = () => builder.deleteTemplate({ RegionId: region, ImagePipelineId: id })
    for (let minute = 0; minute < 7; minute++) {
      const error = await refusal(remove())
      expect(error).toMatchObject({ status: 403, details: { ExecutionId: run } })
      expect(error.message).toContain('it cannot be deleted before that has ended')
      await builder.engine.advance('1m')
    }
    await builder.engine.advance('1m')
    await remove()
  })

  it('takes its executions, their history and its references along, but no image', async () => {
    const builder = await open()
    const content = { BuildContent: 'COMPONENT ic-bp122acttbs2sxdyq2ky' }
    const id = await template(builder, { ...content, AddAccount: ['42'] })
    const kept = await baked(builder, await template(builder, content))
    const runs = [await baked(builder, id), await baked(builder, id)]
    await builder.deleteTemplate({ RegionId: region, ImagePipelineId: id })
    for (const run of runs) expect(await builder.execution(run)).toBeUndefined()
    expect((await builder.engine.list()).map((each) => each.id)).toEqual([kept])
    expect((await builder.images()).map(({ Status }) => Status)).toEqual([
      'Available',
      'Available',
      'Available',
    ])
    const references = await builder.engine.read((reader) =>
      reader.catalogFind({ kind: 'reference' }),
    )
    expect(references).toHaveLength(1)
    expect(await builder.engine.verify()).toEqual([])
  })

  it('is refused for a template of another region, account, or none', async () => {
    const builder = await open()
    const id = await template(builder)
    const stranger = new ImageBuilder(builder.engine, '42')
    const request = { RegionId: region, ImagePipelineId: id }
    const code = 'InvalidImagePipeline.NotFound'
    expect(await codeOf(builder.deleteTemplate({ ...request, RegionId: 'cn-beijing' }))).toBe(code)
    expect(await codeOf(stranger.deleteTemplate(request))).toBe(code)
    expect(await codeOf(builder.deleteTemplate({ ...request, ImagePipelineId: 'ip-1' }))).toBe(code)
    expect(await codeOf(builder.deleteTemplate({ ...request, RegionId: 'cn-none' }))).toBe(
      'InvalidRegionId.NotFound',
    )
    await builder.deleteTemplate(request)
    expect(await codeOf(builder.deleteTemplate(request))).toBe(code)
    expect(await codeOf(started(builder, id))).toBe(code)
  })
})
