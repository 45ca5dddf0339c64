import { listResourceGroups as request } from '../../../imagebuilder/parameters/other-products.js'
import type { ResourceGroup } from '../../../imagebuilder/world/types.js'
import { type Answer, wireOperation } from '../../operation.js'
import { numberedPage } from '../../wire/page.js'

export const listResourceGroups = wireOperation({
  product: 'ResourceManager',
  request,
  kind: 'read',
  access: { action: 'resourcemanager:ListResourceGroups', resources: () => ['resourcegroup/*'] },
  errors: [],
  sample: {
    PageNumber: 1,
    PageSize: 10,
    TotalCount: 1,
    ResourceGroups: {
      ResourceGroup: [
        shapeOf(
          {
            ResourceGroupId: 'rg-acfmdefault0000',
            Name: 'default',
            DisplayName: 'default resource group',
          },
          '1234567890123456',
          false,
        ),
      ],
    },
  },
  run(_, { parameters, caller: { account, world } }) {
    const { Status, ResourceGroupId: id, ResourceGroupIds: ids, Name, DisplayName } = parameters
    const found = world.resourceGroups.filter(
      (group) =>
        (group.account ?? account) === account &&
        (Status ?? 'OK') === 'OK' &&
        (id ?? group.ResourceGroupId) === group.ResourceGroupId &&
        (ids?.includes(group.ResourceGroupId) ?? true) &&
        (Name ?? group.Name) === group.Name &&
        (DisplayName ?? group.DisplayName) === group.DisplayName &&
        parameters.Tag === undefined,
    )
    const { rows, ...page } = numberedPage(found, parameters)
    const groups = rows.map((group) => shapeOf(group, account, parameters.IncludeTags))
    return { ...page, ResourceGroups: { ResourceGroup: groups } }
  },
})

function shapeOf(group: ResourceGroup, account: string, withTags: boolean): Answer {
  const { ResourceGroupId, Name, DisplayName } = group
  return {
    Id: ResourceGroupId,
    Name,
    DisplayName,
    AccountId: account,
    Status: 'OK',
    CreateDate: '2024-01-01T00:00:00+08:00',
    ...(withTags ? { Tags: { Tag: [] } } : {}),
  }
}
