import { checkRegion } from '../../../imagebuilder/checks.js'
import { joinResourceGroup as join } from '../../../imagebuilder/labels/join.js'
import { fault } from '../../../imagebuilder/parameters/fault.js'
import { noSuchResourceType } from '../../../imagebuilder/parameters/tag-fields.js'
import { joinResourceGroup as request } from '../../../imagebuilder/parameters/join-resource-group.js'
import { never, noSuchGroup, noSuchRegion } from '../../documented.js'
import { noSuchResource } from '../../documented-tags.js'
import { wireOperation } from '../../operation.js'

export const joinResourceGroup = wireOperation({
  product: 'Ecs',
  request,
  kind: 'write',
  access: {
    action: 'ecs:JoinResourceGroup',
    resources: ({ ResourceType, ResourceId }) => [`${ResourceType}/${ResourceId}`],
  },
  errors: [
    noSuchRegion,
    noSuchResourceType,
    noSuchGroup,
    noSuchResource,
    ...never(
      'a resource moves from group to group, as the Terraform provider has it',
      fault('InvalidResourceGroup.Duplicate', undefined, 403),
    ),
  ],
  sample: {},
  run(tx, { parameters, caller }) {
    const { RegionId: region } = parameters
    checkRegion(caller, region)
    join(tx, parameters, { ...caller, region })
    return {}
  },
})
