import { legacy, regionId } from './common.js'
import { fault } from './fault.js'
import { type Checked, operation } from './field.js'
import { imageId, pageNumber, pageSize } from './image-fields.js'

/** With the blank where this operation's table has it. */
const missing = fault(
  'MissingParameter',
  'The input parameter "{name} "that is mandatory for processing this request is not supplied.',
)

const fields = {
  RegionId: { ...regionId, required: missing },
  ImageId: { ...imageId, required: missing },
  PageNumber: pageNumber,
  PageSize: pageSize,
  ...legacy,
} as const

export const describeImageSharePermission = operation({
  action: 'DescribeImageSharePermission',
  docs: 'Describes with whom an own image is shared.',
  fields,
})

/** What DescribeImageSharePermission was asked for, in normal form. */
export type DescribeImageSharePermissionParameters = Checked<typeof fields>
