import { queryAvailableInstances as request } from '../../../imagebuilder/parameters/other-products.js'
import { wireOperation } from '../../operation.js'

/**
 * Asked by Terraform while it configures itself, to tell accounts of the two sites apart; having
 * bought nothing means an account of the Chinese one.
 */
export const queryAvailableInstances = wireOperation({
  product: 'BssOpenApi',
  request,
  kind: 'read',
  access: { action: 'bssapi:QueryAvailableInstances', resources: () => ['*'] },
  errors: [],
  sample: {
    Success: true,
    Data: { PageNum: 1, PageSize: 20, TotalCount: 0, InstanceList: [] },
  },
  run: (_, { parameters: { PageNum, PageSize } }) => ({
    Success: true,
    Data: { PageNum, PageSize, TotalCount: 0, InstanceList: [] },
  }),
})
