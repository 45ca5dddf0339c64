import { parsePolicy } from '../imagebuilder/ram/parse-policy.js'
import type { Policy } from '../imagebuilder/ram/policy.js'
import type { World } from '../imagebuilder/world/types.js'
import { type AccessKeys, accessKeys, type Caller } from './access/access-keys.js'

/** Who there is in a world, ready to be asked at every request. */
export interface Principals {
  readonly keys: AccessKeys
  /** Whose requests are while the world has no keys. */
  readonly account: string
  /** The policies of a user or role; none for one that the world does not name (any more). */
  policiesOf(caller: Caller): readonly Policy[]
}

const known = new WeakMap<World, Principals>()

/** The keys and policies of a world, read once for each. */
export function principals(world: World): Principals {
  const found = known.get(world) ?? read(world)
  known.set(world, found)
  return found
}

function read(world: World): Principals {
  const keys = accessKeys(world.accessKeys)
  const users = policiesBy(world.users, ({ UserName }) => UserName)
  const roles = policiesBy(world.roles, ({ RoleName }) => RoleName)
  return {
    keys,
    account: world.account,
    policiesOf({ accessKeyId, account }) {
      const key = keys.byId.get(accessKeyId)
      const holders = key?.role === undefined ? users : roles
      return holders.get(nameOf(account, key?.role ?? key?.user ?? '')) ?? []
    },
  }
}

interface Holder {
  readonly account: string
  readonly policies: readonly unknown[]
}

function policiesBy<H extends Holder>(
  holders: readonly H[],
  name: (holder: H) => string,
): ReadonlyMap<string, readonly Policy[]> {
  return new Map(
    holders.map((holder) => [
      nameOf(holder.account, name(holder)),
      holder.policies.map((document) => parsePolicy(document)),
    ]),
  )
}

function nameOf(account: string, name: string): string {
  return `${account}/${name}`
}
