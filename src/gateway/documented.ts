import { type Fault, fault } from '../imagebuilder/parameters/fault.js'
import type { Documented } from './operation.js'

/** Rows of documented error tables that several operations share. */

/** Codes that no request gets here, and why. */
export function never(reason: string, ...faults: readonly Fault[]): readonly Documented[] {
  return faults.map(({ status, code }) => ({ status, code, never: reason }))
}

export const noSuchRegion = fault('InvalidRegionId.NotFound', undefined, 404)

/** Of our own choice: the tables of the operations with a ClientToken list no code for it. */
export const tokenMismatch = fault(
  'IdempotentParameterMismatch',
  'Request uses a client token in a previous request but is not identical to that request.',
)

export const noSuchTemplate = fault('InvalidImagePipeline.NotFound', undefined, 404)

export const noSuchGroup = fault(
  'InvalidResourceGroup.NotFound',
  'The ResourceGroup provided does not exist in our records.',
  404,
)

export const osTypeUnsupported = fault(
  'InvalidImage.OsTypeUnsupported',
  'The specified base image does not support image building.',
)

export const noServiceLinkedRole = never(
  'the role of the service is there from the beginning',
  fault('InvalidOperation.NoPermissionCreateServiceLinkedRole', undefined, 403),
)

/** What is wrong with the commands of any content. */
export const commandErrors: readonly Documented[] = [
  fault('InvalidImageTemplateCommandSize.ExceededMaxNumber'),
  fault('InvalidImageTemplateCommand.NotSupported'),
  ...['RUN', 'ENV', 'WORKDIR', 'COPY', 'USER', 'CMD', 'ENTRYPOINT'].map((word) =>
    fault(`InvalidCommandContent.${word}`),
  ),
  ...['LABEL', 'ENV', 'ENTRYPOINT', 'CMD', 'COPY', 'WORKDIR', 'USER', 'RUN'].map((word) =>
    fault(`EmptyCommandContent.${word}`),
  ),
  fault('NotEmptyCommandContent.RESTART'),
]

/** What a template's content and what it names may be refused with, at its creation and its start. */
export const templateContentErrors: readonly Documented[] = [
  fault('InvalidParameter.BuildContent'),
  fault('InvalidParameter.TestContent'),
  fault('InvalidImageComponent.NotSupported'),
  fault('ImageComponent.NotFound', undefined, 404),
]

/** What a template names besides its base image, looked for at its creation and at its start. */
export const templateWorldErrors: readonly Documented[] = [
  osTypeUnsupported,
  fault('InvalidImage.NotFound', undefined, 404),
  fault('InvalidInstanceType.NotFound', 'The specified instance type does not exist.', 404),
  fault('InvalidVSwitchId.NotFound', 'The specified VSwitchId does not exist.', 404),
  noSuchRegion,
  fault(
    'InvalidImage.ImageOwnerAliasUnsupported',
    'The specified base image does not support distributing.',
  ),
  fault('InvalidImage.NotSupportRepair', 'The specified base image does not support repair.'),
  fault(
    'InvalidImageName.Duplicated',
    'The specified image name is already in use in the target region. Please try a different one.',
  ),
]
