import { checkRegion } from '../../../imagebuilder/checks.js'
import { listComponents } from '../../../imagebuilder/lists/components.js'
import { describeImageComponents as request } from '../../../imagebuilder/parameters/describe-components.js'
import { noSuchRegion } from '../../documented.js'
import { wireOperation } from '../../operation.js'
import { componentShape } from '../../shapes/component.js'

export const describeImageComponents = wireOperation({
  product: 'Ecs',
  request,
  kind: 'read',
  access: {
    action: 'ecs:DescribeImageComponents',
    resources: ({ ImageComponentId }) =>
      ImageComponentId?.map((id) => `imagecomponent/${id}`) ?? ['imagecomponent/*'],
  },
  errors: [noSuchRegion],
  sample: {
    ImageComponent: {
      ImageComponentSet: [
        {
          ImageComponentId: 'ic-bp122acttbs2sxdyq2ky',
          Name: 'update-packages',
          Description: 'Brings every package up to date.',
          CreationTime: '2024-11-07T00:00:00Z',
          ResourceGroupId: '',
          SystemType: 'Linux',
          ComponentType: 'Build',
          ComponentVersion: '1.0.0',
          Content: 'RUN yum update -y',
          Owner: 'ALIYUN',
          Parameters: { Parameter: [{ Name: 'port', Type: 'Number', DefaultValue: '22' }] },
          Tags: { Tag: [] },
        },
      ],
    },
    TotalCount: 1,
    MaxResults: 50,
    NextToken: '',
  },
  run(tx, { parameters, caller, pages }) {
    const { RegionId: region, MaxResults } = parameters
    checkRegion(caller, region)
    const { rows, total, next } = listComponents(
      { ...caller, catalog: tx, region },
      {
        ids: parameters.ImageComponentId,
        name: parameters.Name,
        version: parameters.ComponentVersion,
        owner: parameters.Owner,
        componentType: parameters.ComponentType,
        systemType: parameters.SystemType,
        tags: parameters.Tag,
        group: parameters.ResourceGroupId,
      },
      { cursor: pages.cursor, size: MaxResults },
    )
    return {
      ImageComponent: { ImageComponentSet: rows.map(componentShape) },
      TotalCount: total,
      MaxResults,
      NextToken: pages.next(next),
    }
  },
})
