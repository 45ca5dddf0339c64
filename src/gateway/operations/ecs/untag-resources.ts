import { checkRegion } from '../../../imagebuilder/checks.js'
import { untagResources as untag } from '../../../imagebuilder/labels/tags.js'
import { fault } from '../../../imagebuilder/parameters/fault.js'
import { untagResources as request } from '../../../imagebuilder/parameters/untag-resources.js'
import { never, noSuchRegion } from '../../documented.js'
import { noSuchParameter, ownershipErrors } from '../../documented-tags.js'
import { wireOperation } from '../../operation.js'

export const untagResources = wireOperation({
  product: 'Ecs',
  request,
  kind: 'write',
  access: {
    action: 'ecs:UntagResources',
    resources: ({ ResourceType, ResourceId }) => ResourceId.map((id) => `${ResourceType}/${id}`),
  },
  errors: [
    noSuchRegion,
    ...ownershipErrors,
    ...never('a key given twice is taken off once', fault('Duplicate.TagKey')),
    ...never(
      'tags are taken off by key alone',
      fault('InvalidTagValue.Malformed'),
      fault('InvalidTag.Mismatch'),
    ),
    ...never(
      'taking off never makes too many',
      fault('OperationDenied.QuotaExceed'),
      fault('InvalidTagCount'),
    ),
    ...noSuchParameter,
  ],
  sample: {},
  run(tx, { parameters, caller }) {
    const { RegionId: region } = parameters
    checkRegion(caller, region)
    untag(tx, parameters, { ...caller, region })
    return {}
  },
})
