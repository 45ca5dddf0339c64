import { legacy, regionId } from './common.js'
import { fault, invalidParameter } from './fault.js'
import { type Checked, operation } from './field.js'
import {
  bootMode,
  description,
  dryRun,
  imageFamily,
  imageId,
  imageName,
  imdsSupport,
} from './image-fields.js'

const fields = {
  RegionId: regionId,
  ImageId: imageId,
  ImageName: { ...imageName, otherwise: 'it stays' },
  Description: { ...description, otherwise: 'it stays' },
  ImageFamily: {
    ...imageFamily('The specified parameter "ImageFamily" is malformed.'),
    otherwise: 'it stays',
  },
  Status: {
    type: 'choice',
    docs: 'Deprecated takes the image out of its family, Available puts it back.',
    values: ['Deprecated', 'Available'],
    refused: invalidParameter,
  },
  BootMode: { ...bootMode, otherwise: 'it stays' },
  LicenseType: {
    type: 'choice',
    docs: 'How the operating system is licensed.',
    values: ['BYOL'],
    refused: fault(
      'InvalidLicenseType.NotSupported',
      'The specified parameter LicenseType is not supported.',
    ),
  },
  Features: {
    type: 'object',
    docs: 'What the image supports.',
    fields: {
      NvmeSupport: {
        type: 'choice',
        docs: 'Whether the image supports NVMe.',
        values: ['supported', 'unsupported'],
        refused: invalidParameter,
      },
      ImdsSupport: imdsSupport,
    },
  },
  DryRun: dryRun,
  ...legacy,
} as const

export const modifyImageAttribute = operation({
  action: 'ModifyImageAttribute',
  docs: 'Changes what an own image is like.',
  fields,
})

/** What ModifyImageAttribute was asked for, in normal form. */
export type ModifyImageAttributeParameters = Checked<typeof fields>
