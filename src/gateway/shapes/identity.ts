import { createHash } from 'node:crypto'
import type { Caller } from '../access/access-keys.js'
import type { Answer } from '../operation.js'

/** Who a key makes one, as Sts says it. */
export function identityShape({ account, type, name }: Caller): Answer {
  switch (type) {
    case 'Account':
      return {
        IdentityType: 'Account',
        AccountId: account,
        PrincipalId: account,
        UserId: account,
        Arn: `acs:ram::${account}:root`,
      }
    case 'SubUser': {
      const id = numberOf('2', `${account}/user/${name}`)
      return {
        IdentityType: 'RAMUser',
        AccountId: account,
        PrincipalId: id,
        UserId: id,
        Arn: `acs:ram::${account}:user/${name}`,
      }
    }
    case 'AssumedRoleUser': {
      const [role = '', session = ''] = name.split(':')
      const id = numberOf('3', `${account}/role/${role}`)
      return {
        IdentityType: 'AssumedRoleUser',
        AccountId: account,
        PrincipalId: `${id}:${session}`,
        RoleId: id,
        Arn: `acs:ram::${account}:assumed-role/${role}/${session}`,
      }
    }
  }
}

/** Ids of users and roles are 18 digits; the same name has the same one everywhere. */
function numberOf(first: string, name: string): string {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 15)
  return first + BigInt(`0x${hash}`).toString().padStart(17, '0').slice(-17)
}
