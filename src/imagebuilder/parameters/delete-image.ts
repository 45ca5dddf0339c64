import { legacy, regionId } from './common.js'
import { invalidParameter } from './fault.js'
import { type Checked, operation } from './field.js'
import { dryRun, imageId } from './image-fields.js'

const fields = {
  RegionId: regionId,
  ImageId: imageId,
  Force: {
    type: 'boolean',
    docs: 'True: also an image that instances were made from.',
    default: false,
    refused: invalidParameter,
  },
  DryRun: dryRun,
  ...legacy,
} as const

export const deleteImage = operation({
  action: 'DeleteImage',
  docs: 'Deletes an own image; one that is not there is no error.',
  fields,
})

/** What DeleteImage was asked for, in normal form. */
export type DeleteImageParameters = Checked<typeof fields>
