import { createImagePipeline as request } from '../../../imagebuilder/parameters/create-template.js'
import { fault } from '../../../imagebuilder/parameters/fault.js'
import { createTemplate } from '../../../imagebuilder/templates.js'
import {
  commandErrors,
  never,
  noServiceLinkedRole,
  noSuchGroup,
  templateContentErrors,
  templateWorldErrors,
  tokenMismatch,
} from '../../documented.js'
import { wireOperation } from '../../operation.js'

export const createImagePipeline = wireOperation({
  product: 'Ecs',
  request,
  kind: 'write',
  access: { action: 'ecs:CreateImagePipeline', resources: () => ['imagepipeline/*'] },
  errors: [
    ...commandErrors,
    fault('InvalidCommandContent.FROM'),
    fault('DuplicatedCommand.FROM'),
    fault('InvalidCommandOrder.FROM'),
    ...templateContentErrors,
    ...templateWorldErrors,
    noSuchGroup,
    fault('QuotaExceed.ImagePipeline'),
    tokenMismatch,
    ...never(
      'a template is built from an image, never from an instance',
      fault('InvalidSourceInstance.NotFound'),
    ),
    ...never('RAM refuses with Forbidden.RAM', fault('NoPermission')),
    ...never(
      'Windows has been supported since 2024',
      fault('ImagePipeline.NotSupportWindowsInstance', undefined, 403),
    ),
    ...never(
      'files in OSS are not looked at',
      fault('InvalidOSSObject.NotAuthorized', undefined, 403),
      fault('InvalidOSSObject.NeedRestore', undefined, 403),
      fault('InvalidOperation.OSSObjectIsImporting', undefined, 403),
      fault('InvalidOperation.NoRightAccessOSS', undefined, 403),
      fault('InvalidImportImageOptionsDiskDeviceMappingsOSSObject.NotFound', undefined, 404),
    ),
    ...noServiceLinkedRole,
  ],
  sample: { ImagePipelineId: 'ip-2ze5tsl5bp6nf2b3a1c4' },
  run: (tx, { parameters, caller }) => createTemplate(tx, parameters, caller),
})
