import type { Transaction } from '../engine/transaction.js'
import { labelsOf, type ResourceType, resourceTypes } from '../imagebuilder/labels/labels.js'
import { holderOf } from '../imagebuilder/labels/resources.js'
import type { AccessRequest } from '../imagebuilder/ram/request.js'
import type { World } from '../imagebuilder/world/types.js'

/** An operation that somebody asks for, and on what. */
export interface Wish {
  /** `ecs:StartImagePipelineExecution` */
  readonly action: string
  /** Relative ARNs; none: whoever has a key may. */
  readonly resources: readonly string[]
  readonly account: string
  readonly world: World
  /** '' for an operation without a region. */
  readonly region: string
  readonly sourceIp: string
}

/** No resource of the service has a longer name; a longer one is nobody's. */
const longest = 512

/** What RAM is asked: one question for each resource, with its tags when it is the account's own. */
export function accessRequests(tx: Transaction, wish: Wish): readonly AccessRequest[] {
  const { action, account, region, sourceIp } = wish
  const [service = ''] = action.split(':', 1)
  return wish.resources.map((name) => ({
    action,
    resource: `acs:${service}:${region || '*'}:${account}:${name}`.slice(0, longest),
    sourceIp,
    resourceTags: tagsOf(tx, name, wish),
  }))
}

function tagsOf(
  tx: Transaction,
  name: string,
  { world, region, account }: Wish,
): Readonly<Record<string, string>> {
  const [word = '', id = ''] = name.split('/')
  const type: ResourceType | undefined = resourceTypes.find((each) => each === word)
  if (type === undefined || holderOf(tx, type, id, { world, region, account }) !== 'self') return {}
  const { Tag } = labelsOf(tx, { type, id, region })
  return Object.fromEntries(Tag.map(({ Key, Value }) => [Key, Value]))
}
