import { checkRegion } from '../../../imagebuilder/checks.js'
import { listTags, type TagEntry } from '../../../imagebuilder/labels/list.js'
import { pageByKey } from '../../../imagebuilder/lists/page.js'
import { fault } from '../../../imagebuilder/parameters/fault.js'
import { listTagResources as request } from '../../../imagebuilder/parameters/list-tag-resources.js'
import { never, noSuchRegion } from '../../documented.js'
import { noSuchParameter, ownershipErrors, unavailable } from '../../documented-tags.js'
import { wireOperation } from '../../operation.js'

/** How many tags a page has; the service does not say, and callers cannot choose. */
const pageSize = 50

export const listTagResources = wireOperation({
  product: 'Ecs',
  request,
  kind: 'read',
  access: {
    action: 'ecs:ListTagResources',
    resources: ({ ResourceType, ResourceId }) =>
      ResourceId?.map((id) => `${ResourceType}/${id}`) ?? [`${ResourceType}/*`],
  },
  errors: [
    noSuchRegion,
    ...ownershipErrors,
    fault('InvalidTag.NotSupported'),
    fault('InvalidDefaultResourceGroup.NotSupported'),
    ...never('asking never makes too many', fault('OperationDenied.QuotaExceed')),
    ...never('NumberExceed.Tags says the same', fault('InvalidTagCount')),
    ...never('a value without its key is InvalidParameter.TagValue', fault('InvalidTag.Mismatch')),
    ...never(
      'BothEmpty.TagsAndResources says the same',
      fault('MissingParameter.ResourceIds', undefined, 404),
      fault('MissingParameter.Tags', undefined, 404),
    ),
    ...never(
      'InvalidTagFilter.Malformed says the same',
      fault('InvalidFilter.Malformed', undefined, 403),
    ),
    ...never(
      'everybody may ask with wildcards',
      fault('PermissionDenied.TagsFuzzyQuery', undefined, 403),
    ),
    ...never('it is about snapshots', fault('InternalError', undefined, 500)),
    ...noSuchParameter,
    ...unavailable,
  ],
  sample: {
    TagResources: {
      TagResource: [
        {
          ResourceId: 'ic-bp122acttbs2sxdyq2ky',
          ResourceType: 'imagecomponent',
          TagKey: 'Created',
          TagValue: 'TF',
        },
      ],
    },
    NextToken: '',
  },
  run(tx, { parameters, caller, pages }) {
    const { RegionId: region } = parameters
    checkRegion(caller, region)
    const all = listTags(tx, parameters, { ...caller, region })
    const { rows, next } = pageByKey(all, keyOf, { cursor: pages.cursor, size: pageSize }, 'up')
    return {
      TagResources: {
        TagResource: rows.map(({ ResourceId, ResourceType, TagKey, TagValue }) => ({
          ResourceId,
          ResourceType,
          TagKey,
          TagValue,
        })),
      },
      NextToken: pages.next(next),
    }
  },
})

/** No id has a blank in it. */
function keyOf({ ResourceId, TagKey }: TagEntry): string {
  return `${ResourceId} ${TagKey}`
}
