import { describe, expect, it } from 'vitest'
import { products } from '../../../src/gateway/operation.js'
import { find, operations } from '../../../src/gateway/operations/index.js'
import { parameterRows } from '../../../src/imagebuilder/parameters/rows.js'
import { component, region, service, started, template } from './service.js'

const mine = operations.filter(({ request }) =>
  /Pipeline|Execution|Component|agResources|JoinResourceGroup/.test(request.action),
)

describe.each(mine.map((operation) => [operation.request.action, operation] as const))(
  '%s',
  (action, operation) => {
    it('is found by product, version and action', () => {
      expect(find('Ecs', products.Ecs, action)).toBe(operation)
      expect(find('Ecs', '2016-04-28', action)).toBeUndefined()
      expect(find('Vpc', products.Vpc, action)).toBeUndefined()
    })

    it('can be read by a stranger', () => {
      expect(operation.request.docs).toMatch(/^[A-Z].*\.$/)
      for (const { name, docs } of parameterRows(operation.request)) {
        expect(docs, name).toMatch(/^[A-Z].*\.$/)
      }
      expect(operation.access.action).toBe(`ecs:${action}`)
    })

    it('takes the parameters that old clients send along', () => {
      for (const name of ['OwnerId', 'OwnerAccount', 'ResourceOwnerId', 'ResourceOwnerAccount']) {
        expect(operation.request.fields[name]?.type).toBe('ignored')
      }
    })
  },
)

/** The shape of an answer: names and types, of lists the first entry's. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])]
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, shapeOf(each)]),
  )
}

describe('the sample of an answer has the shape of the answers', () => {
  const Tag = [{ Key: 'Created', Value: 'TF' }]
  const samples = (action: string) => shapeOf(find('Ecs', products.Ecs, action)?.sample)

  it.each([
    ['DescribeImagePipelines', { RegionId: region }],
    ['DescribeImageComponents', { RegionId: region, Owner: 'ALIYUN', Name: 'check-port' }],
    ['ListTagResources', { RegionId: region, ResourceType: 'imagepipeline', Tag }],
  ])('of %s', async (action, parameters) => {
    const ecs = await service()
    await template(ecs, { Tag, ToRegionId: ['cn-beijing'], AddAccount: [1284387915995949] })
    expect(shapeOf(await ecs.call(action, parameters))).toEqual(samples(action))
  })

  it('of the operations that make something, and of executions', async () => {
    const ecs = await service()
    const ImagePipelineId = await template(ecs)
    expect(samples('CreateImagePipeline')).toEqual(shapeOf({ ImagePipelineId }))
    const ImageComponentId = await component(ecs)
    expect(samples('CreateImageComponent')).toEqual(shapeOf({ ImageComponentId }))
    const ExecutionId = await started(ecs, ImagePipelineId)
    expect(samples('StartImagePipelineExecution')).toEqual(shapeOf({ ExecutionId }))
    const query = { RegionId: region, ImagePipelineId }
    expect(shapeOf(await ecs.call('DescribeImagePipelineExecutions', query))).toEqual(
      samples('DescribeImagePipelineExecutions'),
    )
  })
})

describe('what a request is authorised on', () => {
  const authorised = async (action: string, parameters: object) => {
    const ecs = await service()
    const id = await started(ecs, await template(ecs))
    const prepared = find('Ecs', products.Ecs, action)?.prepare({
      RegionId: region,
      ...Object.fromEntries(
        Object.entries(parameters).map(([k, v]) => [k, v === 'execution' ? id : v]),
      ),
    })
    const run = await ecs.builder.engine.get(id)
    const resources = await ecs.builder.engine.transact((tx) => prepared?.resources(tx))
    const templateId = String(run?.singletonKey)
    return resources?.map((each) =>
      each.replace(id, '<execution>').replace(templateId, '<template>'),
    )
  }

  it.each([
    ['DescribeImagePipelines', {}, ['imagepipeline/*']],
    [
      'DescribeImagePipelines',
      { ImagePipelineId: ['ip-1', 'ip-2'] },
      ['imagepipeline/ip-1', 'imagepipeline/ip-2'],
    ],
    ['StartImagePipelineExecution', { ImagePipelineId: 'ip-1' }, ['imagepipeline/ip-1']],
    ['DescribeImagePipelineExecutions', { ImagePipelineId: 'ip-1' }, ['imagepipeline/ip-1']],
    [
      'DescribeImagePipelineExecutions',
      { ExecutionId: 'execution' },
      ['imagepipelineexecution/<execution>'],
    ],
    ['CancelImagePipelineExecution', { ExecutionId: 'execution' }, ['imagepipeline/<template>']],
    ['CancelImagePipelineExecution', { ExecutionId: 'exec-none' }, ['imagepipeline/*']],
    ['DescribeImageComponents', {}, ['imagecomponent/*']],
    ['DeleteImageComponent', { ImageComponentId: 'ic-1' }, ['imagecomponent/ic-1']],
    ['ListTagResources', { ResourceType: 'image', Tag: [{ Key: 'k' }] }, ['image/*']],
    ['UntagResources', { ResourceType: 'image', ResourceId: ['m-1'], All: true }, ['image/m-1']],
    [
      'JoinResourceGroup',
      { ResourceType: 'imagecomponent', ResourceId: 'ic-1', ResourceGroupId: 'rg-1' },
      ['imagecomponent/ic-1'],
    ],
  ])('%s with %j: %j', async (action, parameters, expected) => {
    expect(await authorised(action, parameters)).toEqual(expected)
  })
})
