import { plainText, regionId } from './common.js'
import { type Fault, fault } from './fault.js'
import type { Fields } from './field.js'

/** What TagResources, UntagResources and ListTagResources have in common, and JoinResourceGroup. */

/** Something of a tag call that is missing: 404, which is no slip. */
export function missingTag(what: string, shown = what): Fault {
  return fault(`MissingParameter.${what}`, `The parameter - ${shown} should not be null.`, 404)
}

export const tooManyTags = fault(
  'NumberExceed.Tags',
  "The Tags parameter's number is exceed , Valid : 20.",
)

export const noSuchResourceType = fault(
  'InvalidResourceType.NotFound',
  'The ResourceType provided does not exist in our records.',
  404,
)

export const resourceIds = {
  type: 'list',
  docs: 'The resources, all of one type.',
  item: plainText('A resource.'),
  max: 50,
  tooMany: fault(
    'NumberExceed.ResourceIds',
    "The ResourceIds parameter's number is exceed , Valid : 50.",
  ),
} as const

export const resourceFields = {
  RegionId: { ...regionId, required: missingTag('RegionId') },
  ResourceType: {
    ...plainText(
      'The type of the resources: imagepipeline, imagecomponent, imagepipelineexecution or image.',
    ),
    required: missingTag('ResourceType'),
  },
  ResourceId: { ...resourceIds, required: missingTag('ResourceIds', 'ResourceIds.N') },
} as const satisfies Fields
