import { descriptionRule, malformedDescription, malformedImageName, nameRule } from './common.js'
import { plainText, tags } from './common.js'
import { fault, invalidParameter, missingNotFound } from './fault.js'
import type { Fault } from './fault.js'
import type { ObjectField } from './field.js'

/** How a source image is imported from OSS: `ImportImageOptions` of a template. */

const mappings = 'ImportImageOptionsDiskDeviceMappings'

export const platforms = {
  linux: [
    'Aliyun',
    'Anolis',
    'CentOS',
    'Ubuntu',
    'CoreOS',
    'SUSE',
    'Debian',
    'OpenSUSE',
    'FreeBSD',
    'RedHat',
    'Kylin',
    'UOS',
    'Fedora',
    'Fedora CoreOS',
    'CentOS Stream',
    'AlmaLinux',
    'Rocky Linux',
    'Gentoo',
    'Customized Linux',
    'Others Linux',
  ],
  windows: [
    'Windows Server 2022',
    'Windows Server 2019',
    'Windows Server 2016',
    'Windows Server 2012',
    'Windows Server 2008',
    'Windows Server 2003',
    'Other Windows',
  ],
} as const

/** The service names each of these codes after the field, and lists the legal words. */
function listed(field: string, dotted: string): Fault {
  return fault(
    `InvalidParameter.ImportImageOptions${field}`,
    `The specified parameter ImportImageOptions.${dotted} is invalid. ` +
      'The correct value should be in [{values}].',
  )
}

export const invalidBootMode = listed('BootMode', 'BootMode')
export const invalidPlatform = listed('Platform', 'Platform')

const diskDeviceMapping = {
  type: 'object',
  docs: 'A disk of the image; the first is the system disk.',
  fields: {
    OSSBucket: {
      type: 'text',
      docs: 'The bucket that holds the file.',
      required: missingNotFound(`${mappings}OSSBucket`),
      max: 63,
      pattern: {
        matches: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
        says: 'consist of lower-case letters, digits and "-", with no "-" at either end',
      },
      refused: fault(`InvalidParameter.${mappings}OSSBucket`),
    },
    OSSObject: {
      type: 'text',
      docs: 'The file in the bucket.',
      required: missingNotFound(`${mappings}OSSObject`),
      max: 1023,
      notStarting: ['http://', 'https://'],
      refused: fault(`InvalidParameter.${mappings}OSSObject`),
    },
    Format: {
      type: 'choice',
      docs: 'The format of the file.',
      values: ['RAW', 'VHD', 'QCOW2'],
      otherwise: 'found out from the file',
      refused: listed('DiskDeviceMappingsFormat', 'DiskDeviceMappings.Format'),
    },
    DiskImageSize: {
      type: 'integer',
      docs: 'The size of the disk after the import.',
      min: 1,
      max: 2048,
      unit: 'GiB',
      refused: fault('InvalidOperation.DiskImageSizeExceeded'),
    },
  },
} as const

export const importImageOptions = {
  type: 'object',
  docs: 'How to import the source image; for BaseImageType OSS.',
  fields: {
    Architecture: {
      type: 'choice',
      docs: 'The architecture of the image.',
      values: ['x86_64', 'arm64'],
      default: 'x86_64',
      refused: listed('Architecture', 'Architecture'),
    },
    OSType: {
      type: 'choice',
      docs: 'The kind of operating system.',
      values: ['linux', 'windows'],
      default: 'linux',
      refused: listed('OSType', 'OSType'),
    },
    Platform: {
      type: 'choice',
      docs: 'The distribution or version of the operating system.',
      values: [...platforms.linux, ...platforms.windows],
      otherwise: 'Others Linux or Other Windows, by OSType',
      refused: invalidPlatform,
    },
    BootMode: {
      type: 'choice',
      docs: 'How the image boots.',
      values: ['BIOS', 'UEFI'],
      otherwise: 'BIOS, or UEFI for arm64',
      refused: invalidBootMode,
    },
    LicenseType: {
      type: 'choice',
      docs: 'Where the licence of the operating system comes from.',
      values: ['Auto', 'Aliyun', 'BYOL'],
      default: 'Auto',
      refused: listed('LicenseType', 'LicenseType'),
    },
    ImageName: {
      type: 'text',
      docs: 'The name of the imported image.',
      ...nameRule,
      refused: malformedImageName,
    },
    Description: {
      type: 'text',
      docs: 'The description of the imported image.',
      ...descriptionRule,
      refused: malformedDescription,
    },
    RoleName: plainText('The RAM role that reads the bucket.'),
    RetentionStrategy: {
      type: 'choice',
      docs: 'When the imported image outlives the execution.',
      values: ['RetainOnlySuccessful', 'RetainOnlyFailed', 'RetainAlways', 'RetainNever'],
      otherwise: 'RetainNever',
      refused: invalidParameter,
    },
    RetainImportedImage: {
      type: 'boolean',
      docs: 'Whether the imported image outlives the execution.',
      deprecated: 'ImportImageOptions.RetentionStrategy',
      refused: invalidParameter,
    },
    Features: {
      type: 'object',
      docs: 'What the imported image supports.',
      fields: {
        NvmeSupport: {
          type: 'choice',
          docs: 'Whether the imported image supports NVMe.',
          values: ['supported', 'unsupported'],
          default: 'unsupported',
          refused: listed('FeaturesNvmeSupport', 'Features.NvmeSupport'),
        },
        ImdsSupport: {
          type: 'choice',
          docs: 'Which access to instance metadata the imported image supports.',
          values: ['v1', 'v2'],
          default: 'v1',
          refused: invalidParameter,
        },
      },
    },
    ImportImageTags: tags('The tags of the imported image.'),
    DiskDeviceMappings: {
      type: 'list',
      docs: 'The disks of the image: the system disk first, then up to 16 data disks.',
      item: diskDeviceMapping,
      max: 17,
      tooMany: fault('InvalidImportImageOptionsDiskDeviceMappings.LengthLimitExceeded'),
    },
  },
} as const satisfies ObjectField
