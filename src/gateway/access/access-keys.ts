import type { AccessKey } from '../../imagebuilder/world/types.js'

export type { AccessKey }

/** Who makes a request. */
export interface Caller {
  readonly accessKeyId: string
  readonly account: string
  /** The words of `AccessDeniedDetail`; RAM policies bind users and roles, not the account. */
  readonly type: 'Account' | 'SubUser' | 'AssumedRoleUser'
  /** The user, or `role:session`; the account's id for the account itself. */
  readonly name: string
}

/** Keys ready to be looked up. */
export interface AccessKeys {
  readonly byId: ReadonlyMap<string, AccessKey>
  /** Every token that the world knows, to tell a foreign one from a made-up one. */
  readonly tokens: ReadonlySet<string>
  /** Whose a key is; the same object every time. */
  callerOf(key: AccessKey): Caller
}

export function accessKeys(keys: readonly AccessKey[]): AccessKeys {
  const callers = new Map(keys.map((key) => [key, callerOf(key)]))
  return {
    byId: new Map(keys.map((key) => [key.AccessKeyId, key])),
    tokens: new Set(keys.flatMap(({ securityToken }) => securityToken ?? [])),
    callerOf: (key) => callers.get(key) ?? callerOf(key),
  }
}

function callerOf(key: AccessKey): Caller {
  const { AccessKeyId: accessKeyId, account, user, role, session = 'session' } = key
  const whose = { accessKeyId, account }
  if (role !== undefined) return { ...whose, type: 'AssumedRoleUser', name: `${role}:${session}` }
  if (user !== undefined) return { ...whose, type: 'SubUser', name: user }
  return { ...whose, type: 'Account', name: account }
}
