import { legacy, plainText, regionId } from './common.js'
import { fault } from './fault.js'
import { operation } from './field.js'
import { tagFilters } from './tag-filter.js'
import { tokenPageFields } from './token-page.js'

export const describeImageComponents = operation({
  action: 'DescribeImageComponents',
  docs: 'Lists components, newest first.',
  fields: {
    RegionId: regionId,
    ImageComponentId: {
      type: 'list',
      docs: 'The components to list; unknown ones are passed over.',
      item: plainText('A component.'),
      max: 20,
      tooMany: fault('InvalidImageComponentIdSize.ExceededMaxNumber'),
    },
    Name: plainText('The whole name of the components to list.'),
    Owner: {
      type: 'choice',
      docs: "Whether to list the account's own components or the service's.",
      values: ['SELF', 'ALIYUN'],
      otherwise: 'both',
      refused: fault('InvalidParameter.Owner', 'The specified parameter "Owner" is not valid.'),
    },
    ComponentType: {
      type: 'choice',
      docs: 'Whether the components build or test.',
      values: ['Build', 'Test'],
      refused: fault('InvalidComponentType.NotSupportedValue'),
    },
    SystemType: {
      type: 'choice',
      docs: 'The kind of operating system that the components are for.',
      values: ['Linux', 'Windows'],
      refused: fault('InvalidSystemType.NotSupportedValue'),
    },
    ComponentVersion: {
      type: 'text',
      docs: 'The version of the components, with a Name only; "*" stands for any number.',
      pattern: {
        matches: /^(?:0|[1-9]\d{0,8}|\*)(?:\.(?:0|[1-9]\d{0,8}|\*)){2}$/,
        says: 'be major.minor.patch, each a number or "*"',
      },
      refused: fault(
        'InvalidParameter.ComponentVersion',
        'The specified ComponentVersion is invalid.',
      ),
    },
    Tag: tagFilters('Tags that the components must have, all of them.'),
    ResourceGroupId: plainText('The resource group that the components must be in.'),
    ...tokenPageFields,
    ...legacy,
  },
})
