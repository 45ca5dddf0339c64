import { EcsError } from '../errors.js'
import { type Fault, fault } from '../parameters/fault.js'

/** How the operations on images refuse, beyond what their parameters say by themselves. */

/** What is known about one refusal; `{name}` in a fault's text is filled with `details.name`. */
export function refuse(fault: Fault, details: Readonly<Record<string, string>> = {}): EcsError {
  const text = fault.message ?? details['Reason'] ?? fault.code
  const message = text.replace(/\{(\w+)\}/g, (whole, key: string) => details[key] ?? whole)
  return new EcsError(fault.status, fault.code, message, details)
}

export const dryRunPassed = fault(
  'DryRunOperation',
  'Request validation has been passed with DryRun flag set.',
)

/** @throws EcsError 400 DryRunOperation: all was well, and nothing is done */
export function endDryRun({ DryRun }: { readonly DryRun: boolean }): void {
  if (DryRun) throw refuse(dryRunPassed)
}

export const noRegion = fault(
  'InvalidRegionId.NotFound',
  'The specified region {RegionId} does not exist.',
  404,
)
export const noImage = fault(
  'InvalidImageId.NotFound',
  'The specified ImageId does not exist.',
  404,
)
export const noNamedImage = fault(
  'InvalidImageId.NotFound',
  'The specified image {ImageId} does not exist.',
  404,
)
export const noResourceGroup = fault(
  'InvalidResourceGroup.NotFound',
  'The ResourceGroup provided does not exist in our records.',
  404,
)
export const noInstance = fault(
  'InvalidInstanceId.NotFound',
  'The specified instance {InstanceId} does not exist.',
  404,
)
export const noSnapshot = fault(
  'InvalidSnapshotId.NotFound',
  'The specified SnapshotId does not exist.',
  404,
)
export const noInstanceType = fault(
  'InvalidInstanceType.ValueNotSupported',
  'The specified instance type {InstanceType} does not exist. You can use the ' +
    'DescribeInstanceTypes API to query the available instance types.',
)
export const arrears = fault('Account.Arrearage', 'Your account has an outstanding payment.')

export const wrongBootMode = fault(
  'InvalidBootMode.NotSupport',
  'The specified parameter BootMode is not supported for current image architecture.',
)

/** The image is still being made: by a call, or by an execution that is not done with it. */
export const isCreating = fault(
  'InvalidStatus.ImageIsCreating',
  'The operation cannot be performed because the image is creating. Please wait until the ' +
    'creation is complete and try again.',
  403,
)
