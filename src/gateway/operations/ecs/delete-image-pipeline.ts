import { deleteImagePipeline as request } from '../../../imagebuilder/parameters/delete-template.js'
import { fault } from '../../../imagebuilder/parameters/fault.js'
import { deleteTemplate } from '../../../imagebuilder/templates.js'
import { noSuchRegion, noSuchTemplate } from '../../documented.js'
import { wireOperation } from '../../operation.js'

export const deleteImagePipeline = wireOperation({
  product: 'Ecs',
  request,
  kind: 'write',
  access: {
    action: 'ecs:DeleteImagePipeline',
    resources: ({ ImagePipelineId }) => [`imagepipeline/${ImagePipelineId}`],
  },
  errors: [
    fault('InvalidImagePipeline.HasRunningExecution', undefined, 403),
    noSuchTemplate,
    noSuchRegion,
  ],
  sample: {},
  run(tx, { parameters, caller }) {
    deleteTemplate(tx, parameters, caller)
    return {}
  },
})
