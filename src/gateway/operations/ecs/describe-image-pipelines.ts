import { checkRegion } from '../../../imagebuilder/checks.js'
import { listTemplates } from '../../../imagebuilder/lists/templates.js'
import { describeImagePipelines as request } from '../../../imagebuilder/parameters/describe-templates.js'
import { noSuchRegion } from '../../documented.js'
import { wireOperation } from '../../operation.js'
import { templateShape } from '../../shapes/template.js'

export const describeImagePipelines = wireOperation({
  product: 'Ecs',
  request,
  kind: 'read',
  access: {
    action: 'ecs:DescribeImagePipelines',
    resources: ({ ImagePipelineId }) =>
      ImagePipelineId?.map((id) => `imagepipeline/${id}`) ?? ['imagepipeline/*'],
  },
  errors: [noSuchRegion],
  sample: {
    ImagePipeline: {
      ImagePipelineSet: [
        {
          ImagePipelineId: 'ip-2ze5tsl5bp6nf2b3a1c4',
          Name: 'web',
          Description: '',
          CreationTime: '2026-01-05T02:00:00Z',
          ResourceGroupId: '',
          BaseImageType: 'IMAGE',
          BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
          BuildContent: 'RUN yum update -y',
          TestContent: '',
          RepairMode: '',
          RepairItems: { RepairItem: [] },
          InstanceType: '',
          VSwitchId: '',
          SystemDiskSize: 40,
          InternetMaxBandwidthOut: 0,
          DeleteInstanceOnFailure: true,
          ImageName: 'web',
          ImageFamily: '',
          NvmeSupport: '',
          ToRegionIds: { ToRegionId: ['cn-beijing'] },
          AddAccounts: { AddAccount: ['1284387915995949'] },
          Tags: { Tag: [{ TagKey: 'Created', TagValue: 'TF' }] },
          AdvancedOptions: { RetainCloudAssistant: false, ImageNameSuffix: '' },
          ImageOptions: {
            ImageName: 'web',
            ImageFamily: '',
            Description: '',
            ImageFeatures: { NvmeSupport: '' },
            ImageTags: { ImageTag: [] },
          },
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
    const { rows, total, next } = listTemplates(
      { ...caller, catalog: tx, region },
      {
        ids: parameters.ImagePipelineId,
        name: parameters.Name,
        tags: parameters.Tag,
        group: parameters.ResourceGroupId,
      },
      { cursor: pages.cursor, size: MaxResults },
    )
    return {
      ImagePipeline: { ImagePipelineSet: rows.map(templateShape) },
      TotalCount: total,
      MaxResults,
      NextToken: pages.next(next),
    }
  },
})
