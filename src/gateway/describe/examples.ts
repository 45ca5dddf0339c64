/**
 * What a reader may type into a parameter of text: by operation and name where an operation needs its
 * own, else by name, else by the name's last word. A test holds every one against its field.
 */
const examples: Readonly<Record<string, string>> = {
  'CreateImageComponent.Name': 'install-nginx',
  'CreateImageComponent.Description': 'Installs nginx.',
  'DescribeImageComponents.Name': 'install-nginx',
  'DescribeImageComponents.ComponentVersion': '1.0.*',
  'DescribeImages.Status': 'Available',
  'DescribeImages.ImageId': 'm-bp167acfmxazb4p1c3k9,m-2ze67acfmxazb4p1c3k9',
  'DescribeImagePipelineExecutions.Status': 'BUILDING,DISTRIBUTING',
  'Filter.N.Value': '2026-01-05T02:00Z',
  'ImportImageOptions.Description': 'Imported from OSS.',
  AddAccount: '1284387915995949',
  BaseImage: 'aliyun_3_x64_20G_alibase_20240819.vhd',
  BuildContent: 'RUN yum update -y',
  ClientToken: '0c593ea1-3bea-11e9-b96b-88e9fe637760',
  ComponentVersion: '1.0.0',
  Content: 'RUN yum install -y nginx',
  Description: 'The web servers of the shop.',
  DestinationDescription: 'A copy of the golden image.',
  DestinationImageName: 'web-copy',
  DestinationRegionId: 'cn-beijing',
  Device: '/dev/xvda',
  ExecutionId: 'exec-5fb8facb8ed7427c0a1b',
  ImageComponentId: 'ic-bp122acttbs2sxdyq2ky',
  ImageFamily: 'web',
  ImageId: 'm-bp167acfmxazb4p1c3k9',
  ImageName: 'web',
  ImagePipelineId: 'ip-2ze5tsl5bp6nf2b3a1c4',
  ImageVersion: '2026-01',
  InstanceId: 'i-default0instance0000',
  InstanceType: 'ecs.g6.large',
  KMSKeyId: '0e478b7a-4262-4802-b8cb-00d3fb40826X',
  Key: 'Created',
  LaunchPermission: 'all',
  Name: 'web',
  NextToken: 'AAAAAdDWBF2',
  OSSBucket: 'golden-images',
  OSSObject: 'disks/web.raw',
  RegionId: 'cn-hangzhou',
  RemoveAccount: '1284387915995949',
  ResourceGroupId: 'rg-acfmdefault0000',
  ResourceId: 'ip-2ze5tsl5bp6nf2b3a1c4',
  ResourceType: 'imagepipeline',
  RoleName: 'AliyunECSImageImportDefaultRole',
  SecureBootSupport: 'supported',
  SnapshotId: 's-default0snapshot0000',
  Status: 'Available',
  TagKey: 'Created',
  TagValues: 'TF',
  TestContent: 'RUN nginx -t',
  ToRegionId: 'cn-beijing',
  VSwitchId: 'vsw-bp1defaultcnhangzhou',
  Value: 'TF',
}

/** An example of a text; undefined where nobody wrote one. */
export function exampleText(action: string, name: string): string | undefined {
  const plain = name.replace(/(\.N)+$/, '')
  const [last = ''] = plain.split('.').slice(-1)
  return examples[`${action}.${plain}`] ?? examples[plain] ?? examples[last]
}
