import type { Product } from './operation.js'

/** Products that have one endpoint for the whole world. */
const central: ReadonlySet<Product> = new Set(['Sts', 'ResourceManager', 'Location', 'BssOpenApi'])

/** The service's own name for a product in a region: `ecs.cn-hangzhou.aliyuncs.com`. */
export function endpointOf(product: Product, region: string): string {
  const name = product === 'BssOpenApi' ? 'business' : product.toLowerCase()
  return central.has(product) ? `${name}.aliyuncs.com` : `${name}.${region}.aliyuncs.com`
}
