import { clientToken, legacy, plainText, regionId, resourceGroupId, tags } from './common.js'
import { createImageRules } from './create-image-rules.js'
import { fault, invalidParameter } from './fault.js'
import { type Checked, operation } from './field.js'
import {
  bootMode,
  description,
  dryRun,
  imageFamily,
  imageName,
  imdsSupport,
} from './image-fields.js'

/** Disks of an image: one system disk and sixteen data disks. */
const mostDisks = 17

const platforms = [
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
  'Windows Server 2022',
  'Windows Server 2019',
  'Windows Server 2016',
  'Windows Server 2012',
  'Windows Server 2008',
  'Windows Server 2003',
] as const

const disks = {
  type: 'list',
  docs: 'The disks of the image, when it is made from snapshots.',
  item: {
    type: 'object',
    docs: 'A disk.',
    fields: {
      SnapshotId: { ...plainText('The snapshot.'), otherwise: 'an empty data disk' },
      Size: {
        type: 'integer',
        docs: 'The size of the disk.',
        min: 1,
        max: 32_768,
        unit: 'GiB',
        otherwise: 'the size of the snapshot, or 20 GiB',
        refused: fault(
          'InvalidSize.ValueNotSupported',
          'The specified parameter DiskDeviceMapping.n.Size beyond the permitted range.',
        ),
      },
      Device: {
        type: 'text',
        docs: 'The device name; the system disk is /dev/xvda.',
        otherwise: 'the next free one',
        pattern: { matches: /^\/dev\/x?vd[a-z]$/, says: 'be /dev/xvda to /dev/xvdz' },
        refused: fault(
          'InvalidDevice.Malformed',
          'The specified parameter DiskDeviceMapping.n.Device is not valid.',
        ),
      },
      DiskType: {
        type: 'choice',
        docs: 'What the disk becomes.',
        values: ['system', 'data'],
        otherwise: 'as the disk that the snapshot was taken of',
        refused: fault(
          'InvalidDiskType.ValueNotSupported',
          'The specified disk type is not supported.',
        ),
      },
    },
  },
  max: mostDisks,
  tooMany: invalidParameter,
} as const

const fields = {
  RegionId: regionId,
  InstanceId: {
    ...plainText('The instance to make the image from; the others are then not looked at.'),
  },
  DiskDeviceMapping: disks,
  SnapshotId: plainText('The snapshot of a system disk to make the image from.'),
  ImageName: { ...imageName, otherwise: 'the ImageId' },
  ImageFamily: imageFamily('The format of the specified image family is invalid.'),
  ImageVersion: {
    type: 'text',
    docs: 'A version, for people.',
    max: 40,
    refused: fault(
      'InvalidImageVersion.Malformed',
      'The specified ImageVersion is wrongly formed.',
    ),
  },
  Description: description,
  Architecture: {
    type: 'choice',
    docs: 'The architecture of the system disk.',
    values: ['i386', 'x86_64', 'arm64'],
    otherwise: 'that of what the image is made from',
    refused: fault(
      'InvalidArchitecture.Malformed',
      'The specified Architecture is wrongly formed.',
    ),
  },
  Platform: {
    type: 'choice',
    docs: 'The distribution on the system disk.',
    values: platforms,
    otherwise: 'that of what the image is made from',
    refused: fault('InvalidPlatform.Malformed', 'The specified Platform is wrongly formed.'),
  },
  BootMode: { ...bootMode, otherwise: 'that of what the image is made from' },
  DetectionStrategy: {
    type: 'choice',
    docs: 'How the image is checked.',
    values: ['Standard'],
    otherwise: 'not at all',
    refused: invalidParameter,
  },
  Features: {
    type: 'object',
    docs: 'What the image supports.',
    fields: { ImdsSupport: imdsSupport },
  },
  SecureBootOptions: {
    type: 'object',
    docs: 'Secure boot.',
    fields: {
      SecureBootSupport: plainText('Whether the image supports secure boot; kept as given.'),
    },
  },
  ResourceGroupId: resourceGroupId,
  Tag: tags('The tags of the image.'),
  DryRun: dryRun,
  ClientToken: clientToken,
  ...legacy,
} as const

export const createImage = operation({
  action: 'CreateImage',
  docs: 'Makes an image from an instance or from snapshots.',
  fields,
  rules: createImageRules,
})

/** What CreateImage was asked for, in normal form. */
export type CreateImageParameters = Checked<typeof fields>
