import { expect, it } from 'vitest'
import { ImageBuilder } from '../../src/imagebuilder/image-builder.js'
import { codeOf, overStores, plain, refusal, region, started, template } from './operations.js'

const ClientToken = 'token-1'

overStores('a ClientToken', (open) => {
  it('makes a start repeatable: while it runs, after its end, and after its template', async () => {
    const builder = await open()
    const web = await template(builder)
    const first = await started(builder, web, { ClientToken })
    expect(await started(builder, web, { ClientToken })).toBe(first)
    await builder.engine.advance('1h')
    expect(await started(builder, web, { ClientToken })).toBe(first)
    expect(await builder.engine.list()).toHaveLength(1)
    await builder.deleteTemplate({ RegionId: region, ImagePipelineId: web })
    expect(await codeOf(started(builder, web, { ClientToken }))).toBe(
      'InvalidImagePipeline.NotFound',
    )
  })

  it('gives many starts that come at once the same execution', async () => {
    const builder = await open()
    const web = await template(builder)
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => started(builder, web, { ClientToken })),
    )
    expect(new Set(answers).size).toBe(1)
  })

  it('is refused with another template or other tags', async () => {
    const builder = await open()
    const [web, api] = [await template(builder), await template(builder)]
    await started(builder, web, { ClientToken, Tag: [{ Key: 'a', Value: '1' }] })
    const error = await refusal(started(builder, api, { ClientToken }))
    expect(error).toMatchObject({
      status: 400,
      code: 'IdempotentParameterMismatch',
      message:
        'Request uses a client token in a previous request but is not identical to that request.',
    })
    const otherTags = { ClientToken, Tag: [{ Key: 'a', Value: '2' }] }
    expect(await codeOf(started(builder, web, otherTags))).toBe('IdempotentParameterMismatch')
  })

  it('is compared by what the request says, not by how it is written', async () => {
    const builder = await open()
    const web = await template(builder)
    const tags = [{ Value: '', Key: 'a' }]
    const first = await started(builder, web, { ClientToken, Tag: [{ Key: 'a' }] })
    expect(await started(builder, web, { ClientToken, Tag: tags, OwnerId: 7 })).toBe(first)
  })

  it('is of one operation, one region and one account, and minds its case', async () => {
    const builder = await open()
    const create = (more: object = {}, caller = builder): Promise<string> =>
      template(caller, { ClientToken, ...more })
    const first = await create()
    expect(await create()).toBe(first)
    const others = [
      await create({ ClientToken: ClientToken.toUpperCase() }),
      await create({ RegionId: 'cn-beijing' }),
      await create({}, new ImageBuilder(builder.engine, '42')),
    ]
    expect(new Set([first, ...others]).size).toBe(4)
    expect(await started(builder, first, { ClientToken })).toMatch(/^exec-/)
    const component = { RegionId: region, ClientToken, Content: 'RUN true' }
    const { ImageComponentId } = await builder.createComponent(component)
    expect(await builder.createComponent(component)).toEqual({ ImageComponentId })
    expect(await codeOf(builder.createComponent({ ...component, Content: 'RUN false' }))).toBe(
      'IdempotentParameterMismatch',
    )
    expect(await codeOf(create({ SystemDiskSize: 50 }))).toBe('IdempotentParameterMismatch')
  })

  it('is not used up by a refusal', async () => {
    const builder = await open()
    const request = { ...plain, ClientToken, InstanceType: 'ecs.later' }
    expect(await codeOf(builder.createTemplate(request))).toBe('InvalidInstanceType.NotFound')
    await builder.editWorld({ instanceTypes: [{ InstanceTypeId: 'ecs.later' }] })
    const { ImagePipelineId: web } = await builder.createTemplate(request)
    const blocker = await started(builder, web)
    expect(await codeOf(started(builder, web, { ClientToken }))).toBe(
      'InvalidImagePipeline.HasRunningExecution',
    )
    await builder.engine.advance('1h')
    expect(await started(builder, web, { ClientToken })).not.toBe(blocker)
  })

  it('answers a creation again although the world has changed since', async () => {
    const builder = await open()
    const first = await template(builder, { ClientToken })
    await builder.editWorld({ remove: { images: [plain.BaseImage] } })
    expect(await template(builder, { ClientToken })).toBe(first)
  })
})
