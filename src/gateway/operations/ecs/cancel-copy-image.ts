import { cancelCopyImage as cancel } from '../../../imagebuilder/images/cancel-copy.js'
import { noImage } from '../../../imagebuilder/images/faults.js'
import { cancelCopy as faults } from '../../../imagebuilder/images/faults-making.js'
import { cancelCopyImage as request } from '../../../imagebuilder/parameters/cancel-copy-image.js'
import { never } from '../../documented.js'
import { coded, internalError } from '../../documented-images.js'
import { wireOperation } from '../../operation.js'

export const cancelCopyImage = wireOperation({
  product: 'Ecs',
  request,
  kind: 'write',
  access: { action: 'ecs:CancelCopyImage', resources: ({ ImageId }) => [`image/${ImageId}`] },
  errors: [
    ...Object.values(faults),
    noImage,
    ...never('this operation takes no description', ...coded(400, 'InvalidDescription.Malformed')),
    ...internalError,
  ],
  sample: {},
  run(tx, { parameters, caller }) {
    cancel(tx, parameters, caller)
    return {}
  },
})
