import { isCreating, noImage } from '../../../imagebuilder/images/faults.js'
import { share as faults } from '../../../imagebuilder/images/faults-changing.js'
import { modifyShareGroupPermission } from '../../../imagebuilder/images/share.js'
import { modifyImageShareGroupPermission as request } from '../../../imagebuilder/parameters/modify-image-share-group-permission.js'
import { noSuchImageRegion } from '../../documented-images.js'
import { wireOperation } from '../../operation.js'

export const modifyImageShareGroupPermission = wireOperation({
  product: 'Ecs',
  request,
  kind: 'write',
  access: {
    action: 'ecs:ModifyImageShareGroupPermission',
    resources: ({ ImageId }) => [`image/${ImageId}`],
  },
  errors: [
    faults.isPublic,
    faults.notPublic,
    faults.wrongStatus,
    faults.encrypted,
    isCreating,
    noImage,
    noSuchImageRegion,
  ],
  sample: {},
  run(tx, { parameters, caller }) {
    modifyShareGroupPermission(tx, parameters, caller)
    return {}
  },
})
