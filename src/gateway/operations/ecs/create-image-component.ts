import { createComponent } from '../../../imagebuilder/components.js'
import { createImageComponent as request } from '../../../imagebuilder/parameters/create-component.js'
import { fault } from '../../../imagebuilder/parameters/fault.js'
import {
  commandErrors,
  never,
  noServiceLinkedRole,
  noSuchGroup,
  noSuchRegion,
  osTypeUnsupported,
  tokenMismatch,
} from '../../documented.js'
import { wireOperation } from '../../operation.js'

export const createImageComponent = wireOperation({
  product: 'Ecs',
  request,
  kind: 'write',
  access: { action: 'ecs:CreateImageComponent', resources: () => ['imagecomponent/*'] },
  errors: [
    fault('InvalidCommand.Component', 'Image component does not support component command.'),
    fault('NotSupportedCommand.FROM', undefined, 404),
    ...commandErrors,
    fault('InvalidParameter.Content'),
    fault(
      'InvalidComponentVersion.Exist',
      'The specified ComponentVersion does exist with the specified Name.',
      403,
    ),
    fault('QuotaExceed.ImageComponent'),
    noSuchGroup,
    noSuchRegion,
    tokenMismatch,
    ...never('a component names no base image', osTypeUnsupported),
    ...noServiceLinkedRole,
  ],
  sample: { ImageComponentId: 'ic-bp122acttbs2sxdyq2ky' },
  run: (tx, { parameters, caller }) => createComponent(tx, parameters, caller),
})
