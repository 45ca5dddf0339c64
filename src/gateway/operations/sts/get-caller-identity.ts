import { getCallerIdentity as request } from '../../../imagebuilder/parameters/other-products.js'
import { internalError } from '../../documented-images.js'
import { identityShape } from '../../shapes/identity.js'
import { wireOperation } from '../../operation.js'

export const getCallerIdentity = wireOperation({
  product: 'Sts',
  request,
  kind: 'read',
  // Whoever has a key may ask who he is.
  access: { action: 'sts:GetCallerIdentity', resources: () => [] },
  errors: internalError,
  sample: identityShape({
    accessKeyId: '',
    account: '1234567890123456',
    type: 'SubUser',
    name: 'alice',
  }),
  run: (_, { from }) => identityShape(from.identity),
})
