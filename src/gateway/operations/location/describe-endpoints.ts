import { describeEndpoints as request } from '../../../imagebuilder/parameters/other-products.js'
import { findRegion } from '../../../imagebuilder/world/find.js'
import { endpointOf } from '../../endpoints.js'
import { type Product, products, wireOperation } from '../../operation.js'

export const describeEndpoints = wireOperation({
  product: 'Location',
  request,
  kind: 'read',
  access: { action: 'location:DescribeEndpoints', resources: () => [] },
  errors: [],
  sample: {
    Success: true,
    Endpoints: {
      Endpoint: [
        {
          Endpoint: 'ecs.cn-qingdao.aliyuncs.com',
          Id: 'cn-qingdao',
          Namespace: '',
          SerivceCode: 'ecs',
          Type: 'openAPI',
          Protocols: { Protocols: ['HTTP'] },
        },
      ],
    },
  },
  // A product that is not spoken here has no endpoint: a client then takes the one that it knows.
  run(_, { parameters: { Id, ServiceCode, Type }, caller: { world }, from: { authority } }) {
    const product = productOf(ServiceCode)
    const isHere = product !== undefined && Type === 'openAPI' && findRegion(world, Id)
    const endpoints = isHere
      ? [
          {
            Endpoint: addressOf(product, Id, authority),
            Id,
            Namespace: '',
            SerivceCode: ServiceCode,
            Type,
            Protocols: { Protocols: ['HTTP'] },
          },
        ]
      : []
    return { Success: true, Endpoints: { Endpoint: endpoints } }
  },
})

function productOf(code: string): Product | undefined {
  const words = Object.keys(products) as Product[]
  return words.find((product) => product.toLowerCase() === code.toLowerCase())
}

/** This server, under the name that the client has for it, or the service's own where it uses that. */
function addressOf(product: Product, region: string, authority: string): string {
  const isService = /\.aliyuncs\.com(?::\d+)?$/i.test(authority)
  return isService || authority === '' ? endpointOf(product, region) : authority
}
