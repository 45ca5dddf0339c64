import { deleteComponent } from '../../../imagebuilder/components.js'
import { deleteImageComponent as request } from '../../../imagebuilder/parameters/delete-component.js'
import { fault } from '../../../imagebuilder/parameters/fault.js'
import { noSuchRegion } from '../../documented.js'
import { wireOperation } from '../../operation.js'

export const deleteImageComponent = wireOperation({
  product: 'Ecs',
  request,
  kind: 'write',
  access: {
    action: 'ecs:DeleteImageComponent',
    resources: ({ ImageComponentId }) => [`imagecomponent/${ImageComponentId}`],
  },
  errors: [
    fault('InvalidImageComponent.InUse', undefined, 403),
    fault('InvalidImageComponent.NotFound', undefined, 404),
    noSuchRegion,
  ],
  sample: {},
  run(tx, { parameters, caller }) {
    deleteComponent(tx, parameters, caller)
    return {}
  },
})
