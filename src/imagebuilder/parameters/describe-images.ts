import { legacy, plainText, regionId } from './common.js'
import { describeImagesRules } from './describe-images-rules.js'
import { fault, invalidParameter } from './fault.js'
import { type Checked, operation } from './field.js'
import { dryRun, pageNumber, pageSize } from './image-fields.js'

/** The code of this operation for a value that has no other; spelled so by the service. */
const invalidParamter = fault('InvalidParamter', 'Invalid Parameter.')

const filter = {
  type: 'list',
  docs: 'Conditions that an image must fulfil, all of them.',
  item: {
    type: 'object',
    docs: 'A condition.',
    fields: {
      Key: {
        type: 'choice',
        docs: 'What is looked at; times are in UTC, to the minute.',
        values: [
          'CreationStartTime',
          'CreationEndTime',
          'NetworkType',
          'CpuOnlineUpgrade',
          'CpuOnlineDowngrade',
          'MemoryOnlineUpgrade',
          'MemoryOnlineDowngrade',
        ],
        required: fault('InvalidFilterKey.NotFound', 'The specified Filter Key is not found.', 404),
        refused: fault('InvalidFilterKey.NotFound', 'The specified Filter Key is not found.', 404),
      },
      Value: plainText('The value that is looked for.'),
    },
  },
  max: 20,
  tooMany: invalidParameter,
} as const

const tag = {
  type: 'list',
  docs: 'Tags that an image must have, all of them; without a value, any value does.',
  item: {
    type: 'object',
    docs: 'A tag.',
    fields: {
      Key: plainText('The key of the tag.'),
      Value: plainText('The value of the tag.'),
    },
  },
  max: 20,
  tooMany: fault('InvalidTagCount', 'The specified tags are beyond the permitted range.'),
} as const

const flag = { type: 'boolean', refused: invalidParamter } as const

const fields = {
  RegionId: regionId,
  ImageId: plainText(
    'Images by their ids, with commas between; one that is not there is left out.',
  ),
  ImageName: plainText('A part of the name; "*" stands for any run of characters.'),
  ImageFamily: plainText('The images of this family.'),
  Status: {
    ...plainText(
      'Statuses with commas between: Creating, Waiting, Available, UnAvailable, CreateFailed, ' +
        'Deprecated; or ALL alone.',
    ),
    otherwise: 'Available; with ImageId also Creating and Waiting',
    refused: invalidParamter,
  },
  Usable: { ...flag, docs: 'Whether instances can be made from the image; needs Status.' },
  ImageOwnerAlias: {
    type: 'choice',
    docs: 'Whose images: of the service, own, shared ones, of the marketplace.',
    values: ['system', 'self', 'others', 'marketplace'],
    otherwise: 'system, self and others',
    refused: fault(
      'InvalidImageOwnerAlias.ValueNotSupported',
      'The specified ImageOwnerAlias value is not supported.',
    ),
  },
  ImageOwnerId: {
    type: 'long',
    docs: 'The account that a shared or a community image belongs to.',
    refused: invalidParamter,
  },
  IsPublic: { ...flag, docs: 'True: community images, and no others.', default: false },
  OSType: {
    type: 'choice',
    docs: 'The kind of operating system.',
    values: ['windows', 'linux'],
    refused: fault('InvalidOSType', 'The specified OSType is not valid.', 404),
  },
  Architecture: {
    type: 'choice',
    docs: 'The architecture of the processor.',
    values: ['i386', 'x86_64', 'arm64'],
    refused: fault('InvalidArchitecture', 'The specified Architecture is not valid.', 404),
  },
  InstanceType: plainText('Images that instances of this type can be made from.'),
  SnapshotId: plainText('Images made from this snapshot.'),
  Usage: {
    type: 'choice',
    docs: 'Whether instances were made from the image.',
    values: ['instance', 'none'],
    refused: fault('InvalidUsage', 'The specified Usage is not valid.', 404),
  },
  ShowExpired: { ...flag, docs: 'True: expired images as well.', default: false },
  IsSupportCloudinit: { ...flag, docs: 'Whether the image supports cloud-init.' },
  IsSupportIoOptimized: { ...flag, docs: 'Whether I/O optimised instances can use the image.' },
  ActionType: {
    type: 'choice',
    docs: 'What the image is wanted for; it makes no difference here.',
    values: ['CreateEcs', 'ChangeOS'],
    default: 'CreateEcs',
    refused: invalidParamter,
  },
  DryRun: dryRun,
  ResourceGroupId: plainText('Own images of this resource group.'),
  Filter: filter,
  Tag: tag,
  PageNumber: pageNumber,
  PageSize: pageSize,
  ...legacy,
} as const

export const describeImages = operation({
  action: 'DescribeImages',
  docs: 'Describes the images that an account sees in a region.',
  fields,
  rules: describeImagesRules,
})

/** What DescribeImages was asked for, in normal form. */
export type DescribeImagesParameters = Checked<typeof fields>
