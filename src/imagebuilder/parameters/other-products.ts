import { plainText } from './common.js'
import { invalidParameter, missingParameter } from './fault.js'
import { operation } from './field.js'
import { pageNumber } from './image-fields.js'
import { anyOf, pageOf, sentByClients, tagsOfNone } from './world-fields.js'

/** Reads of other products that clients make before and between their calls of ECS. */

export const getCallerIdentity = operation({
  action: 'GetCallerIdentity',
  docs: 'Tells who makes the request.',
  fields: { RegionId: sentByClients },
})

export const listResourceGroups = operation({
  action: 'ListResourceGroups',
  docs: 'Lists the resource groups of an account.',
  fields: {
    Status: {
      type: 'choice',
      docs: 'The status of the groups; every group of the world is OK.',
      values: ['Creating', 'OK', 'PendingDelete'],
      refused: invalidParameter,
    },
    ResourceGroupId: plainText('The group.'),
    ResourceGroupIds: anyOf('The groups.', 100),
    Name: plainText('The name.'),
    DisplayName: plainText('The name that people see.'),
    Tag: tagsOfNone,
    IncludeTags: {
      type: 'boolean',
      docs: 'Whether the answer has tags.',
      default: false,
      refused: invalidParameter,
    },
    PageNumber: pageNumber,
    PageSize: pageOf(100),
    RegionId: sentByClients,
  },
})

export const describeEndpoints = operation({
  action: 'DescribeEndpoints',
  docs: 'Tells where a product is spoken: here, for the products that are.',
  fields: {
    Id: { ...plainText('The region.'), required: missingParameter },
    ServiceCode: { ...plainText('The product, such as ecs.'), required: missingParameter },
    Type: {
      type: 'choice',
      docs: 'The kind of endpoint; there are no others than those of the API.',
      values: ['openAPI', 'innerAPI'],
      default: 'openAPI',
      refused: invalidParameter,
    },
    Namespace: { type: 'ignored', docs: 'Not looked at.' },
    RegionId: sentByClients,
  },
})

export const queryAvailableInstances = operation({
  action: 'QueryAvailableInstances',
  docs: 'Lists what an account has bought: nothing.',
  fields: {
    ProductCode: plainText('The product.'),
    ProductType: plainText('The type of the product.'),
    SubscriptionType: plainText('How it is paid.'),
    InstanceIDs: plainText('Instances by their ids, with commas between.'),
    Region: plainText('The region.'),
    RenewStatus: plainText('How it is renewed.'),
    CreateTimeStart: plainText('The earliest time that it was bought at.'),
    CreateTimeEnd: plainText('The latest time that it was bought at.'),
    EndTimeStart: plainText('The earliest time that it ends at.'),
    EndTimeEnd: plainText('The latest time that it ends at.'),
    PageNum: pageNumber,
    PageSize: { ...pageOf(300), default: 20 },
    OwnerId: sentByClients,
    RegionId: sentByClients,
  },
})
