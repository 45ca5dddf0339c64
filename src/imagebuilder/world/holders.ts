import { didYouMean } from '../../core/nearest.js'
import { WorldError } from './error.js'
import type { AccessKey, World, WorldPatch } from './types.js'

/**
 * Refuses a key of nobody: its user or role must be there and of its account. Looks only at what the
 * change names; a key whose user was removed since may do nothing.
 *
 * @throws WorldError
 */
export function refuseStrangers(world: World, { accessKeys = [] }: WorldPatch): void {
  const users = new Map(world.users.map(({ UserName, account }) => [UserName, account]))
  const roles = new Map(world.roles.map(({ RoleName, account }) => [RoleName, account]))
  for (const [index, { AccessKeyId }] of accessKeys.entries()) {
    const key = world.accessKeys.find((each) => each.AccessKeyId === AccessKeyId)
    if (key === undefined) continue
    const path = ['accessKeys', index]
    if (key.user !== undefined && key.role !== undefined) {
      throw new WorldError(path, 'A key is of a user or of a role, not of both.')
    }
    if (key.session !== undefined && key.role === undefined) {
      throw new WorldError([...path, 'session'], 'A session is of a role. Name the role.')
    }
    refuseStranger(key, 'user', users, path)
    refuseStranger(key, 'role', roles, path)
  }
}

function refuseStranger(
  key: AccessKey,
  field: 'user' | 'role',
  accounts: ReadonlyMap<string, string>,
  path: readonly (string | number)[],
): void {
  const name = key[field]
  if (name === undefined) return
  const account = accounts.get(name)
  if (account === undefined) {
    const hint = didYouMean(name, [...accounts.keys()])
    throw new WorldError([...path, field], `There is no ${field} "${name}".${hint}`)
  }
  if (account !== key.account) {
    const problem = `The ${field} "${name}" is of the account ${account}, the key of ${key.account}.`
    throw new WorldError([...path, field], problem)
  }
}
