import { legacy, regionId } from './common.js'
import { type Checked, operation } from './field.js'
import { imageId } from './image-fields.js'

const fields = {
  RegionId: { ...regionId, docs: 'The region that the copy goes to.' },
  ImageId: { ...imageId, docs: 'The copy.' },
  ...legacy,
} as const

export const cancelCopyImage = operation({
  action: 'CancelCopyImage',
  docs: 'Cancels a copy that is under way or waits; what there is of it goes.',
  fields,
})

/** What CancelCopyImage was asked for, in normal form. */
export type CancelCopyImageParameters = Checked<typeof fields>
