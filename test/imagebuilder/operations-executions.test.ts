import { expect, it } from 'vitest'
import { ImageBuilder } from '../../src/imagebuilder/image-builder.js'
import { baked, codeOf, overStores, refusal, region, started, template } from './operations.js'

const everywhere = {
  RepairMode: 'Standard',
  TestContent: 'RUN true',
  ToRegionId: ['cn-beijing'],
  AddAccount: ['42'],
}

const cancel = (builder: ImageBuilder, id: string, more: object = {}): Promise<void> =>
  builder.cancelExecution({ RegionId: region, ExecutionId: id, ...more })

overStores('a cancel', (open) => {
  it.each([
    ['PREPARING', '0s'],
    ['REPAIRING', '90s'],
    ['BUILDING', '3m'],
  ])('is accepted while the execution is %s, and ends it without an image', async (status, by) => {
    const builder = await open()
    const id = await started(builder, await template(builder, everywhere))
    await builder.engine.advance(by)
    expect((await builder.execution(id))?.Status).toBe(status)
    await cancel(builder, id)
    expect((await builder.execution(id))?.Status).toBe('CANCELLING')
    await builder.engine.advance('20s')
    expect(await builder.execution(id)).toMatchObject({ Status: 'CANCELLED', ImageId: '' })
    expect(await builder.images()).toEqual([])
  })

  it.each([
    ['TESTING', '6m30s'],
    ['DISTRIBUTING', '8m'],
    ['DISTRIBUTING', '9m5s'],
    ['RELEASING', '9m15s'],
  ])('is refused while the execution is %s (after %s)', async (status, by) => {
    const builder = await open()
    const id = await started(builder, await template(builder, everywhere))
    await builder.engine.advance(by)
    expect((await builder.execution(id))?.Status).toBe(status)
    const error = await refusal(cancel(builder, id))
    expect(error).toMatchObject({ status: 403, code: 'InvalidStatus.ImagePipelineExecution' })
    expect(error.message).toBe(
      `The execution ${id} is ${status}; it can be cancelled while it is PREPARING, REPAIRING, BUILDING.`,
    )
    await builder.engine.advance('1h')
    expect((await builder.execution(id))?.Status).toBe('SUCCESS')
  })

  it('is refused while it is cancelled already, and after every end', async () => {
    const builder = await open()
    const id = await started(builder, await template(builder))
    await cancel(builder, id)
    expect(await codeOf(cancel(builder, id))).toBe('InvalidStatus.ImagePipelineExecution')
    await builder.engine.advance('1h')
    const error = await refusal(cancel(builder, id))
    expect(error).toMatchObject({
      status: 400,
      code: 'InvalidStatus.CancelFailed',
      message: 'Failed to cancel execution,status is success, failed or cancelled.',
      details: { ExecutionId: id, Status: 'CANCELLED' },
    })
    const good = await baked(builder, await template(builder))
    expect(await codeOf(cancel(builder, good))).toBe('InvalidStatus.CancelFailed')
  })

  it('is refused for an execution of another region, account, or none', async () => {
    const builder = await open()
    const id = await started(builder, await template(builder))
    const code = 'InvalidImagePipelineExecutionId.NotFound'
    expect(await codeOf(cancel(builder, 'exec-1'))).toBe(code)
    expect(await codeOf(cancel(builder, id, { RegionId: 'cn-beijing' }))).toBe(code)
    expect(await codeOf(cancel(new ImageBuilder(builder.engine, '42'), id))).toBe(code)
    expect(await codeOf(cancel(builder, id, { RegionId: 'cn-none' }))).toBe(
      'InvalidRegionId.NotFound',
    )
  })
})

overStores('an execution as callers see it', (open) => {
  it('has ids, times, status, image and message', async () => {
    const builder = await open()
    const web = await template(builder, { ToRegionId: ['cn-beijing'] })
    const id = await started(builder, web)
    const described = {
      ExecutionId: id,
      ImagePipelineId: web,
      RegionId: region,
      CreationTime: '2026-01-05T02:00:00Z',
      ErrorCode: '',
    }
    expect(await builder.execution(id)).toMatchObject({
      ...described,
      Status: 'PREPARING',
      ImageId: '',
      Message: 'Preparing an instance to build on.',
      ModifiedTime: '2026-01-05T02:00:00Z',
    })
    await builder.engine.advance('1h')
    expect(await builder.execution(id)).toMatchObject({
      ...described,
      Status: 'SUCCESS',
      ImageId: expect.stringMatching(/^m-bp1\w{17}$/),
      Message: 'The image is in 2 regions, shared with 0 accounts.',
      ModifiedTime: '2026-01-05T02:07:20Z',
    })
    expect(await builder.execution('exec-none')).toBeUndefined()
  })

  it('is CANCELLED when the engine ended it by force', async () => {
    const builder = await open()
    const web = await template(builder)
    const id = await started(builder, web)
    await builder.engine.cancel(id)
    expect(await builder.execution(id)).toMatchObject({
      Status: 'CANCELLED',
      Message: 'The execution was ended by force.',
    })
    expect((await builder.engine.get(id))?.status).toBe('CANCELLED')
    expect(await started(builder, web)).toMatch(/^exec-/)
  })
})

overStores('what an execution leaves behind', (open) => {
  it('is an image in each region, known by its execution, with its source', async () => {
    const builder = await open()
    const family = { ImageOptions: { ImageFamily: 'golden' }, ToRegionId: ['cn-beijing', region] }
    const id = await baked(builder, await template(builder, family))
    const images = await builder.images()
    const [own, copy] = ['cn-hangzhou', 'cn-beijing'].map((at) =>
      images.find(({ Region }) => Region === at),
    )
    expect(images).toHaveLength(2)
    expect(own).toMatchObject({
      Status: 'Available',
      ExecutionId: id,
      SourceImageId: '',
      ImageFamily: 'golden',
      OSType: 'linux',
      CreationTime: '2026-01-05T02:01:00Z',
    })
    expect(copy).toMatchObject({ SourceImageId: own?.ImageId, ImageName: own?.ImageName })
    expect(copy?.ImageId).toMatch(/^m-2ze/)
    expect(copy?.CreationTime).toBe('2026-01-05T02:05:00Z')
  })

  it('is shared with whom the template names, once, and not with its own account', async () => {
    const builder = await open()
    const AddAccount = ['42', '7', '42', '1234567890123456']
    await baked(builder, await template(builder, { AddAccount, ToRegionId: ['cn-beijing'] }))
    for (const { ImageId, Region } of await builder.images()) {
      const shares = await builder.shares(ImageId)
      expect(shares.map(({ Account }) => Account).sort()).toEqual(['42', '7'])
      expect(shares[0]).toMatchObject({ Region, SharedTime: '2026-01-05T02:07:10Z' })
    }
  })

  it('is not shared with a closed account, whatever the plan says of the others', async () => {
    const fail = { code: 'Forbidden', message: 'No.' }
    const builder = await open([{ task: 'shareImage', account: '7', fail }])
    await builder.editWorld({ accounts: [{ AccountId: '666', closed: true }] })
    const id = await baked(builder, await template(builder, { AddAccount: ['7', '666', '42'] }))
    const seen = await builder.execution(id)
    expect(seen).toMatchObject({
      Status: 'PARTITION_SUCCESS',
      ErrorCode: 'Forbidden',
      Message: 'Sharing in cn-hangzhou with 7 failed: No.',
    })
    const shares = await builder.shares(seen?.ImageId ?? '')
    expect(shares.map(({ Account }) => Account)).toEqual(['42'])
    const run = await builder.engine.get(id)
    expect(run?.context.problems).toHaveLength(2)
  })

  it('is nothing shared when sharing fails as a whole, for good', async () => {
    const builder = await open([{ task: 'shareImage', fail: 'The service is down.' }])
    await builder.editWorld({ accounts: [{ AccountId: '666', closed: true }] })
    const id = await baked(builder, await template(builder, { AddAccount: ['42', '666'] }))
    expect(await builder.execution(id)).toMatchObject({
      Status: 'PARTITION_SUCCESS',
      Message: 'Sharing in cn-hangzhou with 42, 666 failed: The service is down.',
    })
    const [image] = await builder.images()
    expect(await builder.shares(image?.ImageId ?? '')).toEqual([])
  })
})

overStores('the world of a file', (open) => {
  it('is the default one until it is edited, and then stays edited', async () => {
    const builder = await open()
    expect((await builder.world()).account).toBe('1234567890123456')
    const edited = await builder.editWorld({ account: '42', quotas: { templates: 7 } })
    expect(await builder.world()).toEqual(edited)
    expect(edited).toMatchObject({ account: '42', quotas: { templates: 7, components: 100 } })
    const web = await template(builder)
    expect((await builder.templates({ id: web }))[0]?.Account).toBe('42')
  })

  it('is not changed by an edit that does not fit', async () => {
    const builder = await open()
    const before = await builder.world()
    await expect(builder.editWorld({ remove: { regions: ['cn-none'] } })).rejects.toThrow(
      /There is no "cn-none"/,
    )
    expect(await builder.world()).toEqual(before)
  })

  it('may lose what a running execution uses: that goes on', async () => {
    const builder = await open()
    const web = await template(builder, { ToRegionId: ['cn-beijing'] })
    const id = await started(builder, web)
    await builder.editWorld({ remove: { regions: ['cn-beijing'] } })
    await builder.engine.advance('1h')
    expect((await builder.execution(id))?.Status).toBe('SUCCESS')
  })
})
