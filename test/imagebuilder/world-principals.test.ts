import { describe, expect, it } from 'vitest'
import { defaultWorld } from '../../src/imagebuilder/world/default.js'
import { editWorld } from '../../src/imagebuilder/world/edit.js'
import { WorldError } from '../../src/imagebuilder/world/error.js'
import { parseWorld, parseWorldPatch } from '../../src/imagebuilder/world/parse.js'
import { withoutSecrets } from '../../src/imagebuilder/world/secrets.js'

const key = { AccessKeyId: 'LTAI1', AccessKeySecret: 'very secret' }

function edited(patch: unknown) {
  return editWorld(defaultWorld, parseWorldPatch(patch))
}

function problem(patch: unknown): string {
  try {
    edited(patch)
  } catch (error) {
    if (error instanceof WorldError) return error.message
    throw error
  }
  return 'nothing was refused'
}

const policy = (statement: object) => ({ Version: '1', Statement: [statement] })
const statement = { Effect: 'Allow', Action: 'ecs:*', Resource: '*' }

describe('a key of the world', () => {
  it('is of the world’s account, or of the account of its user', () => {
    const { accessKeys } = edited({
      users: [{ UserName: 'bob', account: '42' }],
      accessKeys: [key, { ...key, AccessKeyId: 'LTAI2', user: 'bob' }],
    })
    expect(accessKeys).toEqual([
      { ...key, account: defaultWorld.account },
      { ...key, AccessKeyId: 'LTAI2', user: 'bob', account: '42' },
    ])
  })

  it('is refused when it belongs to nobody', () => {
    const users = [{ UserName: 'alice' }]
    const keyed = (more: object) => problem({ users, accessKeys: [{ ...key, ...more }] })
    expect(keyed({ user: 'alise' })).toBe(
      'accessKeys.0.user: There is no user "alise". Did you mean "alice"?',
    )
    expect(keyed({ user: 'alice', account: '42' })).toMatch(/is of the account 1234567890123456/)
    expect(keyed({ user: 'alice', role: 'r' })).toMatch(/of a user or of a role, not of both/)
    expect(keyed({ session: 's' })).toMatch(/^accessKeys\.0\.session: /)
    expect(keyed({ AccessKeySecret: undefined })).not.toContain('very secret')
  })

  it('never shows its secret or its token', () => {
    const world = edited({ accessKeys: [{ ...key, securityToken: 'a token' }] })
    const shown = JSON.stringify(withoutSecrets(world))
    expect(shown).toContain('LTAI1')
    expect(shown).not.toContain('very secret')
    expect(shown).not.toContain('a token')
    const wrong = { ...key, AccessKeySecret: 'very secret'.repeat(100) }
    expect(problem({ accessKeys: [wrong] })).not.toContain('very secret')
  })
})

describe('a policy of the world', () => {
  it.each(['users', 'roles'] as const)('is read with the world, of %s', (list) => {
    const name = list === 'users' ? 'UserName' : 'RoleName'
    const holder = (policies: unknown) => ({ [list]: [{ [name]: 'alice', policies }] })
    expect(problem(holder([policy(statement)]))).toBe('nothing was refused')
    const Condition = { DateGreaterThan: { 'acs:CurrentTime': '2026-01-01T00:00:00Z' } }
    expect(problem(holder([policy(statement), policy({ ...statement, Condition })]))).toMatch(
      new RegExp(
        `^${list}\\.0\\.policies\\.1\\.Statement\\.0\\.Condition: .*operator "DateGreaterThan"`,
      ),
    )
    expect(problem(holder([policy({ ...statement, Efect: 'Allow' })]))).toBe(
      `${list}.0.policies.0.Statement.0.Efect: Unknown field "Efect". Did you mean "Effect"?`,
    )
  })

  it('stays as it was given', () => {
    const world = edited({ users: [{ UserName: 'alice', policies: [policy(statement)] }] })
    expect(parseWorld(JSON.parse(JSON.stringify(world)))).toEqual(world)
    expect(world.users[0]?.policies).toEqual([policy(statement)])
  })
})
