import { isCreating, noImage } from '../../../imagebuilder/images/faults.js'
import { modify as faults } from '../../../imagebuilder/images/faults-changing.js'
import { modifyImage } from '../../../imagebuilder/images/modify.js'
import { modifyImageAttribute as request } from '../../../imagebuilder/parameters/modify-image-attribute.js'
import { dryRun, noSuchImageRegion } from '../../documented-images.js'
import { wireOperation } from '../../operation.js'

export const modifyImageAttribute = wireOperation({
  product: 'Ecs',
  request,
  kind: 'write',
  access: { action: 'ecs:ModifyImageAttribute', resources: ({ ImageId }) => [`image/${ImageId}`] },
  errors: [...Object.values(faults), isCreating, noImage, noSuchImageRegion, dryRun],
  sample: {},
  run(tx, { parameters, caller }) {
    modifyImage(tx, parameters, caller)
    return {}
  },
})
