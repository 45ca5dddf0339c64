import { checkRegion } from '../../../imagebuilder/checks.js'
import { tagResources as tag } from '../../../imagebuilder/labels/tags.js'
import { fault } from '../../../imagebuilder/parameters/fault.js'
import { tagResources as request } from '../../../imagebuilder/parameters/tag-resources.js'
import { never, noSuchRegion } from '../../documented.js'
import { noSuchParameter, ownershipErrors, unavailable } from '../../documented-tags.js'
import { wireOperation } from '../../operation.js'

export const tagResources = wireOperation({
  product: 'Ecs',
  request,
  kind: 'write',
  access: {
    action: 'ecs:TagResources',
    resources: ({ ResourceType, ResourceId }) => ResourceId.map((id) => `${ResourceType}/${id}`),
  },
  errors: [
    noSuchRegion,
    ...ownershipErrors,
    fault('QuotaExceed.Tags', undefined, 403),
    fault('TagKey.Duplication', undefined, 403),
    ...never(
      'QuotaExceed.Tags says the same',
      fault('OperationDenied.QuotaExceed'),
      fault('InvalidTagCount'),
    ),
    ...never('a value without its key is InvalidTagKey.Malformed', fault('InvalidTag.Mismatch')),
    ...noSuchParameter,
    ...unavailable,
  ],
  sample: {},
  run(tx, { parameters, caller }) {
    const { RegionId: region } = parameters
    checkRegion(caller, region)
    tag(tx, parameters, { ...caller, region })
    return {}
  },
})
