import { deleteImage as remove } from '../../../imagebuilder/images/delete.js'
import { isCreating, noImage } from '../../../imagebuilder/images/faults.js'
import { remove as faults } from '../../../imagebuilder/images/faults-changing.js'
import { deleteImage as request } from '../../../imagebuilder/parameters/delete-image.js'
import { never } from '../../documented.js'
import { coded, dryRun, noSuchImageRegion } from '../../documented-images.js'
import { wireOperation } from '../../operation.js'

export const deleteImage = wireOperation({
  product: 'Ecs',
  request,
  kind: 'write',
  access: { action: 'ecs:DeleteImage', resources: ({ ImageId }) => [`image/${ImageId}`] },
  errors: [
    ...Object.values(faults),
    isCreating,
    noImage,
    noSuchImageRegion,
    dryRun,
    ...never(
      'images are neither imported nor exported here',
      ...coded(403, 'ImageIsImporting', 'ImageIsExporting'),
    ),
  ],
  sample: {},
  run(tx, { parameters, caller }) {
    remove(tx, parameters, caller)
    return {}
  },
})
