import { expect, it } from 'vitest'
import { ImageBuilder } from '../../src/imagebuilder/image-builder.js'
import { account, codeOf, overStores, refusal, region, started, template } from './operations.js'

const request = { RegionId: region, Name: 'tool', Content: 'RUN yum install -y tool' }

async function component(builder: ImageBuilder, more: object = {}): Promise<string> {
  return (await builder.createComponent({ ...request, ...more })).ImageComponentId
}

const remove = (builder: ImageBuilder, id: string, more: object = {}): Promise<void> =>
  builder.deleteComponent({ RegionId: region, ImageComponentId: id, ...more })

const arn = (version: string): string =>
  `COMPONENT acs:ecs:${region}:${account}:imagecomponent/tool/${version}`

overStores('a component', (open) => {
  it('is stored with its defaults and the parameters of its content', async () => {
    const builder = await open()
    const Content = [
      'Parameters: { port: { Type: Number, DefaultValue: 80 } }',
      'Tasks:',
      '  - { Name: t, Action: RunShellCommand, Properties: { commandContent: "echo {{ port }}" } }',
    ].join('\n')
    const id = await component(builder, { Content, Name: undefined })
    expect(await builder.components({ id })).toMatchObject([
      {
        ImageComponentId: id,
        Name: id,
        Region: region,
        Account: account,
        CreationTime: '2026-01-05T02:00:00Z',
        ComponentVersion: '1.0.0',
        ComponentType: 'Build',
        SystemType: 'Linux',
        Content,
        Parameters: [{ Name: 'port', Type: 'Number', DefaultValue: expect.anything() }],
        Description: '',
        Tag: [],
      },
    ])
  })

  it('gets the next major version of its name when it names none', async () => {
    const builder = await open()
    await component(builder)
    await component(builder, { ComponentVersion: '4.1.1' })
    await component(builder)
    await component(builder, { RegionId: 'cn-beijing' })
    const versions = (await builder.components({ name: 'tool', region })).map(
      ({ ComponentVersion }) => ComponentVersion,
    )
    expect(versions.sort()).toEqual(['1.0.0', '4.1.1', '5.0.0'])
    const error = await refusal(component(builder, { ComponentVersion: '4.1.1' }))
    expect(error).toMatchObject({ status: 403, code: 'InvalidComponentVersion.Exist' })
    const stranger = new ImageBuilder(builder.engine, '42')
    expect(await component(stranger, { ComponentVersion: '4.1.1' })).toMatch(/^ic-/)
  })

  it('is refused in a region that is not there, with bad content, and beyond the quota', async () => {
    const builder = await open()
    expect(await codeOf(component(builder, { RegionId: 'cn-none' }))).toBe(
      'InvalidRegionId.NotFound',
    )
    expect(await codeOf(component(builder, { Content: 'RUN' }))).toBe('EmptyCommandContent.RUN')
    await builder.editWorld({ quotas: { components: 1 } })
    await component(builder)
    expect(await codeOf(component(builder))).toBe('QuotaExceed.ImageComponent')
  })

  it('can be named by id, by version, or by a version with a star', async () => {
    const builder = await open()
    const old = await component(builder, { ComponentVersion: '1.0.9' })
    const latest = await component(builder, { ComponentVersion: '1.0.10' })
    const used = async (BuildContent: string): Promise<unknown[]> => {
      const id = await template(builder, { BuildContent })
      const where = { ImagePipelineId: id }
      const rows = await builder.engine.read((reader) =>
        reader.catalogFind({ kind: 'reference', where }),
      )
      return rows.map(({ body }) => body['ImageComponentId'])
    }
    expect(await used(`COMPONENT ${old}`)).toEqual([old])
    expect(await used(arn('1.0.9'))).toEqual([old])
    expect(await used(arn('1.0.*'))).toEqual([latest])
    expect(await used(`${arn('1.0.9')}\n${arn('1.0.*')}\nCOMPONENT ${old}`)).toHaveLength(2)
    const missing = [
      arn('2.0.*'),
      arn('1.0.9').replace(account, '42'),
      arn('1.0.9').replace(region, 'cn-beijing'),
    ]
    for (const BuildContent of missing) {
      expect(await codeOf(template(builder, { BuildContent }))).toBe('ImageComponent.NotFound')
    }
  })

  it('of another account or region cannot be named by its id', async () => {
    const builder = await open()
    const BuildContent = `COMPONENT ${await component(builder)}`
    const stranger = new ImageBuilder(builder.engine, '42')
    expect(await codeOf(template(stranger, { BuildContent }))).toBe('ImageComponent.NotFound')
    const elsewhere = { BuildContent, RegionId: 'cn-beijing' }
    expect(await codeOf(template(builder, elsewhere))).toBe('ImageComponent.NotFound')
  })

  it('for tests does not serve builds, nor the reverse, nor another system', async () => {
    const builder = await open()
    const test = `COMPONENT ${await component(builder, { ComponentType: 'Test' })}`
    const build = `COMPONENT ${await component(builder)}`
    const code = 'InvalidImageComponent.NotSupported'
    expect(await codeOf(template(builder, { BuildContent: test }))).toBe(code)
    expect(await codeOf(template(builder, { TestContent: build }))).toBe(code)
    const BaseImage = 'win2022_21H2_x64_dtc_en-us_40G_alibase_20241211.vhd'
    expect(await codeOf(template(builder, { BaseImage, BuildContent: build }))).toBe(code)
    expect(await template(builder, { BuildContent: build, TestContent: test })).toMatch(/^ip-/)
  })
})

overStores('the deletion of a component', (open) => {
  it('is refused while a template names it, and tells which', async () => {
    const builder = await open()
    const id = await component(builder)
    const user = await template(builder, { BuildContent: `COMPONENT ${id}` })
    const error = await refusal(remove(builder, id))
    expect(error).toMatchObject({
      status: 403,
      code: 'InvalidImageComponent.InUse',
      details: { ImageComponentId: id, ImagePipelineId: user },
    })
    await builder.deleteTemplate({ RegionId: region, ImagePipelineId: user })
    await remove(builder, id)
    expect(await builder.components()).toEqual([])
  })

  it('is refused for one of the service, another region or account, or none', async () => {
    const builder = await open()
    const id = await component(builder)
    const code = 'InvalidImageComponent.NotFound'
    expect(await codeOf(remove(builder, 'ic-bp122acttbs2sxdyq2ky'))).toBe(code)
    expect(await codeOf(remove(builder, id, { RegionId: 'cn-beijing' }))).toBe(code)
    expect(await codeOf(remove(new ImageBuilder(builder.engine, '42'), id))).toBe(code)
    expect(await codeOf(remove(builder, id, { RegionId: 'cn-none' }))).toBe(
      'InvalidRegionId.NotFound',
    )
    await remove(builder, id)
    expect(await codeOf(remove(builder, id))).toBe(code)
  })

  it('that a star pointed to leaves the template with the next best', async () => {
    const builder = await open()
    const old = await component(builder, { ComponentVersion: '1.0.0' })
    const web = await template(builder, { BuildContent: arn('1.0.*') })
    const latest = await component(builder, { ComponentVersion: '1.0.1' })
    expect(await codeOf(remove(builder, old))).toBe('InvalidImageComponent.InUse')
    await remove(builder, latest)
    expect(await started(builder, web)).toMatch(/^exec-/)
  })
})
