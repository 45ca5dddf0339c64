import { component, linux, region, type Service, template } from '../service.js'
import { calling, longKey, longTag, manyTags, type Refusals, twinTags } from './refusals.js'

const of = { RegionId: region, ResourceType: 'imagepipeline', ResourceId: ['ip-none'] }
const system = { ResourceType: 'image', ResourceId: [linux] }
const fuzzy = (TagFilter: readonly object[]) => ({ TagFilter })

/** What the three operations on tags refuse alike. */
function shared(request: (more: object) => Refusals[string]): Refusals {
  return {
    'MissingParameter.RegionId': request({ RegionId: '' }),
    'MissingParameter.ResourceType': request({ ResourceType: '' }),
    'NumberExceed.ResourceIds': request({ ResourceId: Array(51).fill('ip-1') }),
    InvalidParameter: request({ Scope: 'all' }),
    'InvalidRegionId.NotFound': request({ RegionId: 'cn-atlantis' }),
    'InvalidResourceType.NotFound': request({ ResourceType: 'ImagePipeline' }),
    'InvalidResourceId.NotFound': request({}),
    'InvalidResourceId.NotSupported': request(system),
    'NoPermission.Tag': async (service) => {
      const owner = '42'
      const shares = { ImageId: 'm-1', owner, sharedWith: ['1234567890123456'] }
      await service.edit({ images: [shares] })
      await request({ ResourceType: 'image', ResourceId: ['m-1'] })(service)
    },
  }
}

const tag = calling('TagResources', { ...of, Tag: [{ Key: 'k', Value: 'v' }] })

async function tagTwice(service: Service, first: object, second: object): Promise<unknown> {
  const ResourceId = [await template(service)]
  await service.call('TagResources', { ...of, ResourceId, ...first })
  return service.call('TagResources', { ...of, ResourceId, ...second })
}

export const tagResources: Refusals = {
  ...shared(tag),
  'MissingParameter.ResourceIds': tag({ ResourceId: [] }),
  'MissingParameter.Tags': tag({ Tag: [] }),
  'NumberExceed.Tags': tag({ Tag: manyTags }),
  'Duplicate.TagKey': tag({ Tag: twinTags }),
  'InvalidTagKey.Malformed': tag({ Tag: longKey }),
  'InvalidTagValue.Malformed': tag({ Tag: longTag }),
  'QuotaExceed.Tags': (service) =>
    tagTwice(service, { Tag: manyTags.slice(0, 20) }, { Tag: [{ Key: 'one-more' }] }),
  'TagKey.Duplication': (service) =>
    tagTwice(service, { Tag: [{ Key: 'env' }] }, { Tag: [{ Key: 'Env' }] }),
}

const untag = calling('UntagResources', { ...of, TagKey: ['k'] })
export const untagResources: Refusals = {
  ...shared(untag),
  'MissingParameter.ResourceIds': untag({ ResourceId: [] }),
  'MissingParameter.Tags': untag({ TagKey: [] }),
  'NumberExceed.Tags': untag({ TagKey: manyTags.map(({ Key }) => Key) }),
  'InvalidTagKey.Malformed': untag({ TagKey: ['k'.repeat(129)] }),
  'Param.Conflict': untag({ All: true }),
}

const list = calling('ListTagResources', of)
const search = calling('ListTagResources', { RegionId: region, ResourceType: 'imagepipeline' })
export const listTagResources: Refusals = {
  ...shared(list),
  'NumberExceed.Tags': search({ Tag: manyTags }),
  'Duplicate.TagKey': search({ Tag: twinTags }),
  'InvalidTagKey.Malformed': search({ Tag: longKey }),
  'InvalidTagValue.Malformed': search({ Tag: longTag }),
  'InvalidParameter.TagValue': search({ Tag: [{ Value: 'v' }] }),
  'InvalidTag.NotSupported': search({
    Tag: [{ Key: 'acs:rm:rgId', Value: 'rg-1' }, { Key: 'k' }],
  }),
  'InvalidDefaultResourceGroup.NotSupported': search({
    Tag: [{ Key: 'acs:rm:rgId', Value: 'rg-acfmdefault0000' }],
  }),
  'BothEmpty.TagsAndResources': search({}),
  'InvalidTags.MalFormed': search({ Tag: [{ Key: 'k' }], ...fuzzy([{ TagKey: 'k' }]) }),
  'InvalidTagFilter.Malformed': search(fuzzy([{ TagKey: 'k*', TagValues: ['v'] }])),
  'NumberExceed.TagValues': search(fuzzy([{ TagKey: 'k', TagValues: Array(6).fill('v') }])),
  'Invalid.NextToken': search({ Tag: [{ Key: 'k' }], NextToken: 'AAAA' }),
}

const join = calling('JoinResourceGroup', {
  RegionId: region,
  ResourceType: 'imagecomponent',
  ResourceId: 'ic-none',
  ResourceGroupId: 'rg-acfmdefault0000',
})
export const joinResourceGroup: Refusals = {
  MissingParameter: join({ ResourceId: '' }),
  InvalidParameter: join({ Force: true }),
  'InvalidRegionId.NotFound': join({ RegionId: 'cn-atlantis' }),
  'InvalidResourceType.NotFound': join({ ResourceType: '' }),
  'InvalidResourceId.NotFound': join({}),
  'InvalidResourceGroup.NotFound': async (service) => {
    await join({ ResourceId: await component(service), ResourceGroupId: 'rg-none' })(service)
  },
}
