import { legacy, regionId, requiredId } from './common.js'
import { type Checked, operation } from './field.js'

const fields = {
  RegionId: regionId,
  ImageFamily: requiredId('The family.'),
  ...legacy,
} as const

export const describeImageFromFamily = operation({
  action: 'DescribeImageFromFamily',
  docs: 'Describes the newest available image of a family.',
  fields,
})

/** What DescribeImageFromFamily was asked for, in normal form. */
export type DescribeImageFromFamilyParameters = Checked<typeof fields>
