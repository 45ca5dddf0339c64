import { describeOperations } from '../../src/gateway/describe/operations.js'
import { operations as declared } from '../../src/gateway/operations/index.js'
import type { Call, Operation, Values } from '../../web/calls/operation.js'

/** Every operation, as the page gets it. */
export const operations = JSON.parse(
  JSON.stringify(describeOperations(declared)),
) as readonly Operation[]

export function operation(action: string): Operation {
  const found = operations.find((each) => each.action === action)
  if (found === undefined) throw new Error(action)
  return found
}

/** Every parameter that has an example, with it; lists have two entries. */
export function examplesOf({ parameters }: Operation): Values {
  return Object.fromEntries(
    parameters.flatMap(({ name, example }) => {
      if (example === undefined) return []
      const entries = name.endsWith('.N') ? [1, 2].map((n) => name.replace(/N$/, `${n}`)) : [name]
      return entries.map((each) => [each.replace(/\.N(?=\.)/g, '.1'), String(example)])
    }),
  )
}

/** A call with everything that is hard to write. */
export const call: Call = {
  operation: operation('CreateImagePipeline'),
  host: '127.0.0.1:1',
  values: {
    RegionId: 'cn-hangzhou',
    BaseImageType: 'IMAGE',
    Name: `it's "web"`,
    SystemDiskSize: '12',
    DeleteInstanceOnFailure: 'false',
    BuildContent: 'RUN a\nRUN b ${c}',
    'ToRegionId.1': 'cn-beijing',
    'ToRegionId.2': 'cn-shanghai',
    'AddAccount.1': '1203948579120394',
    'Tag.1.Key': 'for',
    'Tag.1.Value': 'web',
    'ImageOptions.ImageFeatures.NvmeSupport': 'supported',
    Description: '',
  },
}
