import { beforeEach, describe, expect, it } from 'vitest'
import {
  account,
  component,
  entries,
  region,
  type Service,
  service,
  started,
  template,
} from './service.js'

let ecs: Service
beforeEach(async () => {
  ecs = await service()
})

type Tags = Readonly<Record<string, string>>

const listOf = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

function tag(ResourceType: string, ResourceId: readonly string[], tags: Tags) {
  const parameters = { RegionId: region, ResourceType, ResourceId, Tag: listOf(tags) }
  return ecs.call('TagResources', parameters)
}

function untag(ResourceType: string, ResourceId: readonly string[], more: object) {
  return ecs.call('UntagResources', { RegionId: region, ResourceType, ResourceId, ...more })
}

/** Every tag that is listed, as `id key=value`. */
async function listed(
  ResourceType: string,
  more: object,
  as?: { readonly account: string },
): Promise<string[]> {
  const parameters = { RegionId: region, ResourceType, ...more }
  const answer = await ecs.call('ListTagResources', parameters, as)
  return entries(answer, 'TagResources.TagResource').map((each) => {
    expect(each.ResourceType).toBe(ResourceType)
    return `${String(each.ResourceId)} ${String(each.TagKey)}=${String(each.TagValue)}`
  })
}

/** One resource of each type that has tags. */
async function one(type: string): Promise<string> {
  if (type === 'imagecomponent') return component(ecs)
  if (type === 'imagepipeline') return template(ecs)
  const id = await started(ecs, await template(ecs, { Name: 'baked' }))
  await ecs.settle()
  if (type === 'imagepipelineexecution') return id
  const answer = await ecs.call('DescribeImagePipelineExecutions', {
    RegionId: region,
    ExecutionId: id,
  })
  const [execution] = entries(answer, 'ImagePipelineExecution.ImagePipelineExecutionSet')
  return execution?.ImageId as string
}

const types = ['imagepipeline', 'imagecomponent', 'imagepipelineexecution', 'image']

describe.each(types)('the tags of an %s', (type) => {
  it('are given, changed, listed and taken off', async () => {
    const id = await one(type)
    expect(await tag(type, [id], { b: '2', a: '1' })).toEqual({})
    await tag(type, [id], { b: 'two', c: '' })
    const all = [`${id} a=1`, `${id} b=two`, `${id} c=`]
    expect(await listed(type, { ResourceId: [id] })).toEqual(all)
    expect(await untag(type, [id], { TagKey: ['a', 'a', 'unknown'] })).toEqual({})
    expect(await listed(type, { ResourceId: [id] })).toEqual(all.slice(1))
    await untag(type, [id], { All: true })
    expect(await listed(type, { ResourceId: [id] })).toEqual([])
    expect(await listed(type, { Tag: [{ Key: 'b' }] })).toEqual([])
  })

  it('survive that it joins a resource group, and its group survives them', async () => {
    await ecs.edit({
      resourceGroups: [{ ResourceGroupId: 'rg-team' }, { ResourceGroupId: 'rg-next' }],
    })
    const id = await one(type)
    const join = (ResourceGroupId: string) =>
      ecs.call('JoinResourceGroup', {
        RegionId: region,
        ResourceType: type,
        ResourceId: id,
        ResourceGroupId,
      })
    const inGroup = (Value: string) => listed(type, { Tag: [{ Key: 'acs:rm:rgId', Value }] })
    await tag(type, [id], { k: 'v' })
    expect(await join('rg-team')).toEqual({})
    expect(await inGroup('rg-team')).toEqual([`${id} acs:rm:rgId=rg-team`])
    await untag(type, [id], { All: true })
    expect(await inGroup('rg-team')).toEqual([`${id} acs:rm:rgId=rg-team`])
    await tag(type, [id], { k: 'v' })
    await join('rg-next')
    expect(await inGroup('rg-team')).toEqual([])
    expect(await listed(type, { ResourceId: [id] })).toEqual([`${id} k=v`])
  })

  it('are nobody else’s to see or to change', async () => {
    const id = await one(type)
    await tag(type, [id], { k: 'v' })
    const other = { account: '42' }
    expect(await listed(type, { Tag: [{ Key: 'k' }] }, other)).toEqual([])
    await expect(listed(type, { ResourceId: [id] }, other)).rejects.toMatchObject({ status: 404 })
  })
})

describe('TagResources', () => {
  it('tags all of the resources or none', async () => {
    const known = await component(ecs)
    await expect(tag('imagecomponent', [known, 'ic-none'], { k: 'v' })).rejects.toMatchObject({
      code: 'InvalidResourceId.NotFound',
    })
    expect(await listed('imagecomponent', { ResourceId: [known] })).toEqual([])
    const second = await component(ecs)
    await tag('imagecomponent', [known, second, known], { k: 'v' })
    expect(await listed('imagecomponent', { Tag: [{ Key: 'k' }] })).toEqual(
      [`${known} k=v`, `${second} k=v`].sort(),
    )
  })

  it('tags an image of the world in one region, where its account owns it', async () => {
    await ecs.edit({ images: [{ ImageId: 'm-world', owner: account }] })
    await tag('image', ['m-world'], { k: 'v' })
    expect(await listed('image', { ResourceId: ['m-world'] })).toEqual(['m-world k=v'])
    const beijing = { RegionId: 'cn-beijing', ResourceId: ['m-world'] }
    expect(await listed('image', beijing)).toEqual([])
  })

  it('knows that the other resources of ECS are not here', async () => {
    await expect(tag('instance', ['i-1'], { k: 'v' })).rejects.toMatchObject({
      code: 'InvalidResourceId.NotFound',
    })
    expect(await listed('instance', { Tag: [{ Key: 'k' }] })).toEqual([])
  })
})

describe('ListTagResources', () => {
  it('finds by several tags, all of which a resource must have', async () => {
    const a = await component(ecs)
    const b = await component(ecs)
    await tag('imagecomponent', [a], { env: 'prod', team: 'x' })
    await tag('imagecomponent', [b], { env: 'prod', team: 'y' })
    const Tag = [
      { Key: 'env', Value: 'prod' },
      { Key: 'team', Value: 'y' },
    ]
    expect(await listed('imagecomponent', { Tag })).toEqual([`${b} env=prod`, `${b} team=y`])
    expect(await listed('imagecomponent', { Tag, ResourceId: [a] })).toEqual([])
  })

  it.each([
    [[{ TagKey: 'environment' }], true],
    [[{ TagKey: 'env' }], false],
    [[{ TagKey: 'env*' }], true],
    [[{ TagKey: '*iron*' }], true],
    [[{ TagKey: '*ment' }], true],
    [[{ TagKey: '*men' }], false],
    [[{ TagKey: '*' }], true],
    [[{ TagKey: 'environment', TagValues: ['prod'] }], false],
    [[{ TagKey: 'environment', TagValues: ['test*', 'prod*'] }], true],
    [[{ TagKey: 'environment', TagValues: ['*duct*'] }], true],
    [[{ TagKey: 'environment' }, { TagKey: 'other' }], false],
  ])('with the wildcards %j finds: %s', async (TagFilter, found) => {
    const id = await component(ecs, { Tag: [{ Key: 'environment', Value: 'production' }] })
    expect(await listed('imagecomponent', { TagFilter })).toEqual(
      found ? [`${id} environment=production`] : [],
    )
  })

  it('goes on page by page until everything was told once', async () => {
    const Tag = Array.from({ length: 20 }, (_, n) => ({ Key: `k${n}`, Value: 'v' }))
    for (let n = 0; n < 6; n++) await component(ecs, { Tag })
    const query = { RegionId: region, ResourceType: 'imagecomponent', Tag: [{ Key: 'k0' }] }
    const seen: unknown[] = []
    let NextToken = ''
    do {
      const answer = await ecs.call('ListTagResources', { ...query, NextToken })
      const page = entries(answer, 'TagResources.TagResource')
      expect(page.length).toBeLessThanOrEqual(50)
      seen.push(...page)
      NextToken = answer.NextToken as string
    } while (NextToken !== '')
    expect(seen).toHaveLength(120)
    expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(120)
  })
})
