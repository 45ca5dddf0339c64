import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Caller } from '../../src/gateway/access/access-keys.js'
import { AccessDenied, authorize } from '../../src/gateway/access/authorize.js'
import { matchesGlob } from '../../src/imagebuilder/ram/glob.js'
import { parsePolicy } from '../../src/imagebuilder/ram/parse-policy.js'
import { arn, evaluate } from '../../src/imagebuilder/ram/policy.js'
import type { AccessRequest } from '../../src/imagebuilder/ram/request.js'
import { WorldError } from '../../src/imagebuilder/world/error.js'
import { refused } from '../imagebuilder/refused.js'

const account = '1234567890123456'
const template = arn({ region: 'cn-hangzhou', account, type: 'imagepipeline', id: 'ip-1' })
const start: AccessRequest = { action: 'ecs:StartImagePipelineExecution', resource: template }

/** A statement that says Allow, any action and any resource, unless told otherwise. */
function statementOf(given: object): object {
  return {
    Effect: 'Allow',
    ...('NotAction' in given ? {} : { Action: '*' }),
    ...('NotResource' in given ? {} : { Resource: '*' }),
    ...given,
  }
}

function policy(...statements: readonly object[]) {
  return parsePolicy({ Version: '1', Statement: statements.map(statementOf) })
}

const verdict = (statement: object, request: AccessRequest = start) =>
  evaluate([policy(statement)], request)

describe('a policy', () => {
  it('names resources as the service does', () => {
    expect(template).toBe('acs:ecs:cn-hangzhou:1234567890123456:imagepipeline/ip-1')
    expect(arn({ region: 'cn-hangzhou', account, type: 'image' })).toBe(
      'acs:ecs:cn-hangzhou:1234567890123456:image/*',
    )
  })

  it('denies what nothing allows', () => {
    expect(evaluate([], start)).toBe('implicitDeny')
    expect(verdict({ Action: 'ecs:DescribeImages' })).toBe('implicitDeny')
  })

  it('may have its statement without a list', () => {
    const Statement = { Effect: 'Allow', Action: 'ecs:*', Resource: '*' }
    expect(evaluate([parsePolicy({ Version: '1', Statement })], start)).toBe('allow')
  })

  it.each([
    [{ Action: 'ecs:StartImagePipelineExecution' }, 'allow'],
    [{ Action: 'ECS:startimagepipelineexecution' }, 'allow'],
    [{ Action: ['ecs:Describe*', 'ecs:Start*'] }, 'allow'],
    [{ Action: 'ecs:?tartImagePipelineExecution' }, 'allow'],
    [{ Action: 'ecs:StartImagePipelineExecutio' }, 'implicitDeny'],
    [{ Action: 'vpc:*' }, 'implicitDeny'],
    [{ NotAction: 'ecs:DeleteImage' }, 'allow'],
    [{ NotAction: ['ecs:DeleteImage', 'ecs:start*'] }, 'implicitDeny'],
    [{ Resource: template }, 'allow'],
    [{ Resource: template.toUpperCase() }, 'implicitDeny'],
    [{ Resource: 'acs:ecs:*:*:imagepipeline/ip-1' }, 'allow'],
    [{ Resource: 'acs:ecs:*:*:imagepipeline/*' }, 'allow'],
    [{ Resource: 'acs:ecs:cn-beijing:*:imagepipeline/*' }, 'implicitDeny'],
    [{ Resource: 'acs:ecs:*:*:*/ip-?' }, 'allow'],
    [{ Resource: 'acs:ecs:*:*:image/*' }, 'implicitDeny'],
    [{ NotResource: 'acs:ecs:*:*:image/*' }, 'allow'],
    [{ NotResource: ['acs:ecs:*:*:image/*', template] }, 'implicitDeny'],
    [{ Effect: 'Deny' }, 'explicitDeny'],
  ])('%j gives %s', (statement, expected) => {
    expect(verdict(statement)).toBe(expected)
  })

  it('allows all of a type only by a wildcard', () => {
    const all = { action: start.action, resource: arn({ region: 'r', account, type: 'image' }) }
    expect(verdict({ Resource: 'acs:ecs:*:*:image/m-1' }, all)).toBe('implicitDeny')
    expect(verdict({ Resource: 'acs:ecs:*:*:image/*' }, all)).toBe('allow')
  })
})

describe('a condition', () => {
  const tagged = (tags: Readonly<Record<string, string>>) => ({ ...start, resourceTags: tags })

  it.each([
    ['StringEquals', 'prod', true],
    ['StringEquals', 'Prod', false],
    ['StringNotEquals', 'prod', false],
    ['StringNotEquals', 'Prod', true],
    ['StringEqualsIgnoreCase', 'PROD', true],
    ['StringNotEqualsIgnoreCase', 'PROD', false],
    ['StringLike', 'p*d', true],
    ['StringLike', 'P*', false],
    ['StringNotLike', 'pro?', false],
    ['StringNotLike', 'pro', true],
  ])('on a tag: %s "%s" is %s of "prod"', (operator, value, holds) => {
    const Condition = { [operator]: { 'acs:ResourceTag/env': ['other', value] } }
    expect(verdict({ Condition }, tagged({ env: 'prod' }))).toBe(holds ? 'allow' : 'implicitDeny')
  })

  it('on a tag that is not there fails, and holds when negated', () => {
    const key = 'acs:ResourceTag/env'
    expect(verdict({ Condition: { StringLike: { [key]: '*' } } })).toBe('implicitDeny')
    expect(verdict({ Condition: { StringNotLike: { [key]: '*' } } })).toBe('allow')
    const inherited = { Condition: { StringLike: { 'acs:ResourceTag/toString': '*' } } }
    expect(verdict(inherited, tagged({}))).toBe('implicitDeny')
  })

  it.each([
    ['10.1.2.3', 'allow'],
    ['::ffff:10.1.2.3', 'allow'],
    ['11.1.2.3', 'implicitDeny'],
    ['2001:db8::7', 'allow'],
    ['2001:db9::7', 'implicitDeny'],
    ['', 'implicitDeny'],
  ])('on the address %s: %s', (sourceIp, expected) => {
    const blocks = ['10.0.0.0/8', '2001:db8::/32']
    const request = { ...start, sourceIp }
    const plain = { Condition: { IpAddress: { 'acs:SourceIp': blocks } } }
    expect(verdict(plain, request)).toBe(expected)
    const negated = { Condition: { NotIpAddress: { 'acs:SourceIp': blocks } } }
    expect(verdict(negated, request)).not.toBe(expected)
  })

  it('is one of all that must hold', () => {
    const Condition = {
      IpAddress: { 'acs:SourceIp': '10.0.0.1' },
      StringEquals: { 'acs:ResourceTag/a': '1', 'acs:ResourceTag/b': '2' },
    }
    const request = { ...tagged({ a: '1', b: '2' }), sourceIp: '10.0.0.1' }
    expect(verdict({ Condition }, request)).toBe('allow')
    expect(verdict({ Condition }, { ...request, resourceTags: { a: '1', b: '3' } })).toBe(
      'implicitDeny',
    )
    expect(verdict({ Condition }, { ...request, sourceIp: '10.0.0.2' })).toBe('implicitDeny')
  })
})

describe('a policy that cannot be', () => {
  const fine = { Effect: 'Allow', Action: '*', Resource: '*' }
  const withCondition = (Condition: unknown) => ({
    Version: '1',
    Statement: [{ ...fine, Condition }],
  })

  it.each<readonly [string, unknown]>([
    ['Give an object.', null],
    ['Version: The version must be "1", as text.', { Version: 1, Statement: fine }],
    ['Statement: Give an object.', { Version: '1' }],
    ['Statement: Give 1 to 1000 statements, not 0.', { Version: '1', Statement: [] }],
    [
      'Statements: Unknown field "Statements". Did you mean "Statement"?',
      { Version: '1', Statements: fine },
    ],
    [
      'Statement.0.Effect: Give "Allow" or "Deny".',
      { Version: '1', Statement: [{ ...fine, Effect: 'allow' }] },
    ],
    [
      'Statement.0: Give either Action or NotAction, not both.',
      { Version: '1', Statement: [{ ...fine, NotAction: '*' }] },
    ],
    [
      'Statement: Give either Resource or NotResource.',
      { Version: '1', Statement: { Effect: 'Allow', Action: '*' } },
    ],
    [
      'Statement.0.Principal: Unknown field "Principal".',
      { Version: '1', Statement: [{ ...fine, Principal: '*' }] },
    ],
    [
      'Statement.0.Action.1: Give a text of 1 to 2048 characters.',
      { Version: '1', Statement: [{ ...fine, Action: ['a', 7] }] },
    ],
    [
      'Statement.0.Action: Give 1 to 1000 values, not 0.',
      { Version: '1', Statement: [{ ...fine, Action: [] }] },
    ],
    [
      'The condition operator "DateLessThan" is not supported.',
      withCondition({ DateLessThan: { 'acs:CurrentTime': 'x' } }),
    ],
    [
      'The condition operator "Bool" is not supported.',
      withCondition({ Bool: { 'acs:MFAPresent': 'true' } }),
    ],
    ['Did you mean "StringLike"?', withCondition({ StringLik: { 'acs:ResourceTag/a': 'x' } })],
    [
      'The condition key "acs:UserAgent" is not supported.',
      withCondition({ StringLike: { 'acs:UserAgent': 'x' } }),
    ],
    [
      'The condition key "acs:ResourceTag/" is not supported.',
      withCondition({ StringLike: { 'acs:ResourceTag/': 'x' } }),
    ],
    ['Did you mean "acs:SourceIp"?', withCondition({ IpAddress: { 'acs:SourceIP': '10.0.0.1' } })],
    [
      'acs:SourceIp takes IpAddress or NotIpAddress, not StringLike.',
      withCondition({ StringLike: { 'acs:SourceIp': '10.*' } }),
    ],
    ['not IpAddress.', withCondition({ IpAddress: { 'acs:ResourceTag/a': '10.0.0.1' } })],
    [
      '"10.0.0.0/33" is no address.',
      withCondition({ IpAddress: { 'acs:SourceIp': '10.0.0.0/33' } }),
    ],
  ])('is refused: %s', (problem, document) => {
    const parse = () => parsePolicy(document, ['users', 0])
    expect(parse).toThrow(WorldError)
    expect(parse).toThrow(/^users\.0/)
    expect(parse).toThrow(problem)
  })
})

const anyStatement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.constantFrom('*', 'ecs:Start*', 'ecs:Describe*', start.action),
  Resource: fc.constantFrom('*', template, 'acs:ecs:*:*:image/*'),
})

describe('whatever policies say', () => {
  it('a Deny that applies wins, wherever it stands, and no Allow turns it', () => {
    const statements = fc.array(anyStatement, { maxLength: 6 })
    fc.assert(
      fc.property(statements, statements, fc.nat(), (own, more, where) => {
        const deny = { Effect: 'Deny', Action: 'ecs:*', Resource: template }
        const at = where % (own.length + 1)
        const denied = [...own.slice(0, at), deny, ...own.slice(at)]
        expect(evaluate([policy(...denied)], start)).toBe('explicitDeny')
        const before = evaluate(
          own.map((each) => policy(each)),
          start,
        )
        const allows = more.map((each) => policy({ ...each, Effect: 'Allow' }))
        const after = evaluate([...allows, ...own.map((each) => policy(each))], start)
        expect(after === 'explicitDeny').toBe(before === 'explicitDeny')
        if (before === 'allow') expect(after).toBe('allow')
      }),
    )
  })

  it('wildcards match as the same pattern does as a regular expression', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 })
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 })
    fc.assert(
      fc.property(letters, text, (pattern, given) => {
        const source = pattern.replaceAll('*', '.*').replaceAll('?', '.')
        expect(matchesGlob(pattern, given)).toBe(new RegExp(`^${source}$`).test(given))
      }),
      { numRuns: 2000 },
    )
  })

  it('wildcards take no more time the more there are', () => {
    expect(matchesGlob('*a'.repeat(1000), 'a'.repeat(2000).concat('b'))).toBe(false)
  })
})

describe('who is refused', () => {
  const alice: Caller = { accessKeyId: 'k', account, type: 'SubUser', name: 'alice' }

  it('is not the account itself', () => {
    authorize({ ...alice, type: 'Account', name: account }, [], [start])
  })

  it('is told what, as whom and why', () => {
    const other = { ...start, resource: arn({ region: 'r', account, type: 'image', id: 'm-1' }) }
    const policies = [policy({ Resource: template })]
    authorize(alice, policies, [start])
    const error = refused(() => authorize(alice, policies, [start, other])) as AccessDenied
    expect(error).toBeInstanceOf(AccessDenied)
    expect(error).toMatchObject({
      status: 403,
      code: 'Forbidden.RAM',
      message:
        "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
    })
    const { EncodedDiagnosticMessage: text, ...rest } = error.accessDenied
    expect(rest).toEqual({
      AuthAction: 'ecs:StartImagePipelineExecution',
      AuthPrincipalType: 'SubUser',
      AuthPrincipalOwnerId: account,
      AuthPrincipalDisplayName: 'alice',
      NoPermissionType: 'ImplicitDeny',
      PolicyType: 'AccountLevelIdentityBasedPolicy',
    })
    expect(JSON.parse(Buffer.from(text, 'base64').toString())).toEqual({
      action: other.action,
      resource: other.resource,
      verdict: 'implicitDeny',
    })
    const denied = refused(() => authorize(alice, [policy({ Effect: 'Deny' })], [start]))
    expect((denied as AccessDenied).accessDenied.NoPermissionType).toBe('ExplicitDeny')
  })
})
