import { beforeEach, describe, expect, it } from 'vitest'
import { codeOf, entries, region, type Service, service, started, template } from './service.js'

const set = 'ImagePipelineExecution.ImagePipelineExecutionSet'
let ecs: Service
beforeEach(async () => {
  ecs = await service()
})

async function ids(parameters: object, as?: { readonly account: string }): Promise<unknown[]> {
  const all = { RegionId: region, ...parameters }
  const answer = await ecs.call('DescribeImagePipelineExecutions', all, as)
  expect(answer.TotalCount).toBe(entries(answer, set).length)
  return entries(answer, set).map(({ ExecutionId }) => ExecutionId)
}

async function one(ExecutionId: string) {
  const answer = await ecs.call('DescribeImagePipelineExecutions', {
    RegionId: region,
    ExecutionId,
  })
  return entries(answer, set)[0]
}

describe('DescribeImagePipelineExecutions', () => {
  it('tells an execution from its start to its end', async () => {
    await ecs.edit({ resourceGroups: [{ ResourceGroupId: 'rg-team' }] })
    const ImagePipelineId = await template(ecs, { ResourceGroupId: 'rg-team' })
    const ExecutionId = await started(ecs, ImagePipelineId, { Tag: [{ Key: 'k', Value: 'v' }] })
    const begun = await one(ExecutionId)
    expect(begun).toEqual({
      ExecutionId,
      ImagePipelineId,
      Status: 'PREPARING',
      CreationTime: '2026-01-05T02:00:00Z',
      ModifiedTime: '2026-01-05T02:00:00Z',
      ResourceGroupId: 'rg-team',
      ImageId: '',
      Message: expect.stringContaining('Preparing'),
      ErrorCode: '',
      ErrorInfo: '',
      Tags: { Tag: [{ TagKey: 'k', TagValue: 'v' }] },
    })
    await ecs.settle()
    expect(await one(ExecutionId)).toMatchObject({
      Status: 'SUCCESS',
      ImageId: expect.stringMatching(/^m-bp1[a-z0-9]{17}$/),
      Tags: begun?.Tags,
    })
  })

  it('tells what failed, as code and as text', async () => {
    ecs = await service([{ task: 'buildImage', fail: { code: 'Broken', message: 'It broke.' } }])
    const id = await started(ecs, await template(ecs))
    await ecs.settle()
    expect(await one(id)).toMatchObject({
      Status: 'FAILED',
      ErrorCode: 'Broken',
      ErrorInfo: 'It broke.',
      Message: 'It broke.',
    })
  })

  it('finds by template, by ids between commas, by statuses and by tags', async () => {
    const web = await template(ecs)
    const first = await started(ecs, web, { Tag: [{ Key: 'n', Value: '1' }] })
    await ecs.settle()
    const second = await started(ecs, web, { Tag: [{ Key: 'n', Value: '2' }] })
    const api = await template(ecs)
    const other = await started(ecs, api)
    expect(await ids({ ImagePipelineId: web })).toEqual([second, first])
    expect(await ids({ ExecutionId: `${first}, exec-none,${first}` })).toEqual([first])
    expect(await ids({ ExecutionId: other, ImagePipelineId: web })).toEqual([])
    expect(await ids({ ImagePipelineId: web, Status: 'PREPARING, BUILDING' })).toEqual([second])
    expect(await ids({ ImagePipelineId: web, Status: '' })).toEqual([second, first])
    expect(await ids({ ImagePipelineId: web, Status: 'SUCCESS' })).toEqual([first])
    expect(await ids({ ImagePipelineId: web, Tag: [{ Key: 'n', Value: '1' }] })).toEqual([first])
    expect(await ids({ ExecutionId: second, Tag: [{ Key: 'n' }] })).toEqual([second])
  })

  it('finds nothing of another account or region, and says so of a template only', async () => {
    const web = await template(ecs)
    const id = await started(ecs, web)
    const other = { account: '42' }
    expect(await ids({ ExecutionId: id }, other)).toEqual([])
    expect(await ids({ ExecutionId: id, RegionId: 'cn-beijing' })).toEqual([])
    expect(await codeOf(ids({ ImagePipelineId: web }, other))).toBe('InvalidImagePipeline.NotFound')
  })
})

describe('CancelImagePipelineExecution', () => {
  it('answers at once; the execution is CANCELLING and then CANCELLED', async () => {
    const id = await started(ecs, await template(ecs))
    const parameters = { RegionId: region, ExecutionId: id }
    expect(await ecs.call('CancelImagePipelineExecution', parameters)).toEqual({})
    expect(await one(id)).toMatchObject({ Status: 'CANCELLING' })
    await ecs.settle()
    expect(await one(id)).toMatchObject({ Status: 'CANCELLED', ErrorCode: '' })
  })

  it('is not for who does not own the execution', async () => {
    const ExecutionId = await started(ecs, await template(ecs))
    const call = ecs.call(
      'CancelImagePipelineExecution',
      { RegionId: region, ExecutionId },
      { account: '42' },
    )
    expect(await codeOf(call)).toBe('InvalidImagePipelineExecutionId.NotFound')
  })
})

describe('StartImagePipelineExecution', () => {
  it('gives a repeated token the first answer, also when that execution is over', async () => {
    const web = await template(ecs)
    const first = await started(ecs, web, { ClientToken: 'one' })
    expect(await started(ecs, web, { ClientToken: 'one' })).toBe(first)
    await ecs.settle()
    expect(await started(ecs, web, { ClientToken: 'one' })).toBe(first)
    expect(await started(ecs, web, { ClientToken: 'two' })).not.toBe(first)
  })
})
