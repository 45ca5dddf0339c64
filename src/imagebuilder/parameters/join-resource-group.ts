import { legacy, plainText } from './common.js'
import { missingParameter } from './fault.js'
import { operation } from './field.js'
import { noSuchResourceType } from './tag-fields.js'

/** The operation's own table has 403 where others have 400. */
const missing = { ...missingParameter, status: 403 }

export const joinResourceGroup = operation({
  action: 'JoinResourceGroup',
  docs: 'Moves a resource to a resource group.',
  fields: {
    RegionId: { ...plainText('The region of the resource.'), required: missing },
    ResourceType: {
      ...plainText('The type of the resource, such as imagecomponent; case matters.'),
      required: noSuchResourceType,
    },
    ResourceId: { ...plainText('The resource to move.'), required: missing },
    ResourceGroupId: { ...plainText('The group to move it to.'), required: missing },
    ...legacy,
  },
})
