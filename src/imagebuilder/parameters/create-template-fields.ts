import {
  clientToken,
  contentRule,
  descriptionRule,
  imageFamilyRule,
  imageNameRule,
  legacy,
  malformedDescription,
  malformedImageName,
  malformedName,
  nameRule,
  plainText,
  regionId,
  resourceGroupId,
  tags,
} from './common.js'
import { fault, invalidParameter, missingParameter } from './fault.js'
import type { Fields } from './field.js'
import { importImageOptions } from './import-image.js'

/** What can be repaired on its own, by operating system; for RepairMode Customized. */
export const repairItems = {
  linux: [
    'fstab',
    'grub',
    'dhcp',
    'selinux',
    'growpart',
    'cloudinit',
    'aegis',
    'nvme',
    'virtio',
    'standardizedtimezone',
  ],
  windows: [
    'bcd',
    'hotfix',
    'disk',
    'update',
    'server',
    'bootmgr',
    'vminit',
    'osloader',
    'virtio',
    'standardizedtimezone',
  ],
} as const

const imageFamily = {
  type: 'text',
  docs: 'The image family of the new image.',
  ...imageFamilyRule,
  refused: fault(
    'InvalidImageFamily.Malformed',
    'The format of the specified image family is invalid.',
  ),
} as const

const imageName = {
  type: 'text',
  docs: 'The start of the name of the new image; the ExecutionId follows it.',
  ...imageNameRule,
  refused: malformedImageName,
} as const

const nvmeSupport = {
  type: 'choice',
  docs: 'Whether the new image supports NVMe.',
  values: ['supported', 'unsupported', 'auto'],
  refused: fault(
    'InvalidParameter.NvmeSupport',
    'The specified parameter NvmeSupport is invalid. The correct value should be in [{values}].',
  ),
} as const

const imageOptions = {
  type: 'object',
  docs: 'What the new image is like.',
  fields: {
    ImageName: imageName,
    ImageFamily: imageFamily,
    Description: {
      type: 'text',
      docs: 'The description of the new image.',
      ...descriptionRule,
      refused: fault('InvalidImageOptions.Description'),
    },
    ImageFeatures: {
      type: 'object',
      docs: 'What the new image supports.',
      fields: { NvmeSupport: nvmeSupport },
    },
    ImageTags: tags('The tags of the new image.'),
  },
} as const

const advancedOptions = {
  type: 'object',
  docs: 'Finer points of the build.',
  fields: {
    RetainCloudAssistant: {
      type: 'boolean',
      docs: 'Whether Cloud Assistant, installed for the build, stays in the image.',
      default: false,
      refused: invalidParameter,
    },
    ImageNameSuffix: {
      type: 'choice',
      docs: 'Takes the ExecutionId off the name of the new image.',
      values: ['disable'],
      refused: fault(
        'InvalidAdvancedOptions.ImageNameSuffix',
        'The specified parameter AdvancedOptions.ImageNameSuffix is invalid. ' +
          'The correct value should be in [{values}].',
      ),
    },
  },
} as const

/** Every parameter of CreateImagePipeline. */
export const createTemplateFields = {
  RegionId: regionId,
  BaseImageType: {
    type: 'choice',
    docs: 'What BaseImage names: an image, an image family, or nothing for an import from OSS.',
    values: ['IMAGE', 'IMAGE_FAMILY', 'OSS'],
    required: missingParameter,
    refused: fault('InvalidBaseImageType.NotSupportedValue'),
  },
  BaseImage: plainText('The image, or the image family, to build from.'),
  Name: {
    type: 'text',
    docs: 'The name of the template.',
    otherwise: 'the ImagePipelineId',
    ...nameRule,
    refused: malformedName,
  },
  Description: {
    type: 'text',
    docs: 'The description of the template.',
    ...descriptionRule,
    refused: malformedDescription,
  },
  ImageName: { ...imageName, deprecated: 'ImageOptions.ImageName' },
  ImageFamily: { ...imageFamily, deprecated: 'ImageOptions.ImageFamily' },
  NvmeSupport: { ...nvmeSupport, deprecated: 'ImageOptions.ImageFeatures.NvmeSupport' },
  VSwitchId: {
    ...plainText('The vSwitch of the intermediate instance.'),
    otherwise: 'a VPC and a vSwitch are made for the build',
  },
  InstanceType: {
    ...plainText('The type of the intermediate instance.'),
    otherwise: 'the smallest type in stock',
  },
  SystemDiskSize: {
    type: 'integer',
    docs: 'The system disk of the intermediate instance.',
    min: 20,
    max: 500,
    unit: 'GiB',
    default: 40,
    refused: fault('InvalidSystemDiskSize.NotSupportedValue'),
  },
  InternetMaxBandwidthOut: {
    type: 'integer',
    docs: 'The outbound bandwidth of the intermediate instance to the internet.',
    min: 0,
    max: 100,
    unit: 'Mbit/s',
    default: 0,
    refused: fault('InvalidInternetMaxBandwidthOut.NotSupportedValue'),
  },
  DeleteInstanceOnFailure: {
    type: 'boolean',
    docs: 'Whether the intermediate instance is released when the build fails.',
    default: true,
    refused: invalidParameter,
  },
  BuildContent: {
    type: 'text',
    docs: 'What to do on the intermediate instance before the image is made of it.',
    ...contentRule,
    refused: fault('InvalidBuildContent.LengthExceeded'),
  },
  TestContent: {
    type: 'text',
    docs: 'What to do on an instance of the new image to test it.',
    ...contentRule,
    refused: fault('InvalidParameter.TestContent'),
  },
  RepairMode: {
    type: 'choice',
    docs: 'Which repairs the source image gets before the build.',
    values: ['Standard', 'All', 'Customized'],
    otherwise: 'no repair',
    refused: fault('InvalidParameter.RepairMode', 'The specified parameter RepairMode is invalid.'),
  },
  RepairItem: {
    type: 'list',
    docs: 'What to repair; for RepairMode Customized.',
    item: {
      type: 'choice',
      docs: 'One thing to repair.',
      values: [...repairItems.linux, ...repairItems.windows.slice(0, 8)],
      refused: invalidParameter,
    },
    max: 20,
    tooMany: invalidParameter,
  },
  ResourceGroupId: resourceGroupId,
  AddAccount: {
    type: 'list',
    docs: 'The accounts that the image is shared with.',
    item: { type: 'long', docs: 'An account id.', refused: invalidParameter },
    max: 20,
    tooMany: fault('InvalidAddAccountSize.ExceededMaxNumber'),
  },
  ToRegionId: {
    type: 'list',
    docs: 'The regions that the image is copied to.',
    otherwise: 'the image stays in its own region',
    item: plainText('A region.'),
    max: 20,
    tooMany: fault('InvalidToRegionIdSize.ExceededMaxNumber'),
  },
  Tag: tags('The tags of the template.'),
  ClientToken: clientToken,
  ImageOptions: imageOptions,
  AdvancedOptions: advancedOptions,
  ImportImageOptions: importImageOptions,
  ...legacy,
} as const satisfies Fields
