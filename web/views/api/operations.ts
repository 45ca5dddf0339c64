import type { Operation, Values } from '../../calls/operation.js'
import { model } from '../../model/model.js'

/** The part of the world that the explorer offers to pick from. */
export interface World {
  readonly account: string
  readonly accounts: readonly { readonly AccountId: string }[]
  readonly regions: readonly { readonly RegionId: string }[]
  readonly accessKeys: readonly {
    readonly AccessKeyId: string
    readonly user?: string
    readonly account?: string
  }[]
}

const groups: readonly (readonly [name: string, of: RegExp])[] = [
  ['Executions', /ImagePipelineExecution/],
  ['Pipelines', /ImagePipeline/],
  ['Components', /ImageComponent/],
  ['Images', /Image/],
]

/** The operations by what they are about, as the list shows them. */
export function grouped(
  operations: readonly Operation[],
): readonly (readonly [name: string, operations: readonly Operation[]])[] {
  const nameOf = ({ action }: Operation): string =>
    groups.find(([, of]) => of.test(action))?.[0] ?? 'Around it'
  const order = ['Pipelines', 'Executions', 'Components', 'Images', 'Around it']
  return order.flatMap((name) => {
    const found = operations.filter((each) => nameOf(each) === name)
    return found.length === 0 ? [] : [[name, found] as const]
  })
}

/** What a form begins with: what must be given, taken from what there is. */
export function firstValues({ parameters }: Operation): Values {
  const known: Values = {
    ImagePipelineId: [...model.templates.keys()][0] ?? '',
    ExecutionId: model.order[0] ?? '',
  }
  return Object.fromEntries(
    parameters.flatMap(({ name, required, type, example, honoured }) => {
      if (!honoured || type === 'object' || name.includes('.N.')) return []
      const plain = name.replace(/\.N$/, '')
      const offered = known[plain] || (example === undefined ? '' : String(example))
      if (!required && !(plain === 'ImagePipelineId' || plain === 'BaseImage')) return []
      if (!required && name === 'BaseImage') return [[name, offered]]
      return required ? [[name.replace(/\.N$/, '.1'), offered]] : []
    }),
  )
}

/** What a parameter is often given, to pick from. */
export function suggestions(name: string, world: World | null): readonly string[] {
  const last =
    name
      .replace(/\.(N|\d+)$/, '')
      .split('.')
      .at(-1) ?? ''
  if (last.endsWith('RegionId')) return world?.regions.map(({ RegionId }) => RegionId) ?? []
  if (last.endsWith('Account')) return world?.accounts.map(({ AccountId }) => AccountId) ?? []
  if (last === 'ImagePipelineId') return [...model.templates.keys()]
  if (last === 'ExecutionId') return model.order.slice(0, 50)
  return []
}
