import { describe, expect, it } from 'vitest'
import type { WorldPatch } from '../../src/imagebuilder/world/types.js'
import { emulator, least, region } from './emulator.js'
import type { Client } from './client.js'

const other = '2222222222222222'
const keyOf = (name: string) => ({
  AccessKeyId: `LTAI${name}`,
  AccessKeySecret: `secret of ${name}`,
})
const root = keyOf('root')
const stranger = keyOf('stranger')
const alice = keyOf('alice')
const guest = keyOf('guest')
const token = 'token of guest'

const all = 'acs:ecs:*:*:*'
const allow = (
  Action: string | string[],
  Resource: string | string[] = all,
  more: object = {},
) => ({
  Version: '1' as const,
  Statement: [{ Effect: 'Allow' as const, Action, Resource, ...more }],
})

function world(policies: readonly unknown[], rolePolicies: readonly unknown[] = []): WorldPatch {
  return {
    users: [{ UserName: 'alice', policies: policies as never }],
    roles: [{ RoleName: 'builder', policies: rolePolicies as never }],
    accessKeys: [
      root,
      { ...stranger, account: other },
      { ...alice, user: 'alice' },
      { ...guest, role: 'builder', session: 'ci', securityToken: token },
    ],
  }
}

async function open(policies: readonly unknown[], rolePolicies: readonly unknown[] = []) {
  const made = await emulator({ world: world(policies, rolePolicies) })
  const { client } = made
  return {
    ...made,
    root: client({ key: root }),
    stranger: client({ key: stranger }),
    alice: client({ key: alice }),
    guest: client({ key: guest, token }),
  }
}

async function template(client: Client, more: object = {}): Promise<string> {
  const { body } = await client.call('CreateImagePipeline', { ...least, ...more })
  return String(body['ImagePipelineId'])
}

async function start(client: Client, ImagePipelineId: string) {
  return client.call('StartImagePipelineExecution', { RegionId: region, ImagePipelineId })
}

describe('a RAM user', () => {
  it('may do nothing without a policy, and is told why', async () => {
    const { alice } = await open([])
    const { status, body } = await alice.call('CreateImagePipeline', least)
    expect(status).toBe(403)
    expect(body).toMatchObject({
      Code: 'Forbidden.RAM',
      AccessDeniedDetail: {
        AuthAction: 'ecs:CreateImagePipeline',
        AuthPrincipalType: 'SubUser',
        AuthPrincipalOwnerId: '1234567890123456',
        AuthPrincipalDisplayName: 'alice',
        NoPermissionType: 'ImplicitDeny',
      },
    })
  })

  it('may do what a policy allows, on what it allows it on, and no more', async () => {
    const { root, alice, builder } = await open([])
    const [mine, theirs] = [await template(root), await template(root)]
    const policies = [allow('ecs:StartImagePipelineExecution', `acs:ecs:*:*:imagepipeline/${mine}`)]
    await builder.editWorld({ users: [{ UserName: 'alice', policies }] })
    expect((await start(alice, mine)).status).toBe(200)
    expect((await start(alice, theirs)).body['Code']).toBe('Forbidden.RAM')
    expect((await template(alice)) === 'undefined').toBe(true)
  })

  it('may not do what is denied, whatever is allowed', async () => {
    const deny = {
      Version: '1',
      Statement: [{ Effect: 'Deny', Action: 'ecs:Delete*', Resource: '*' }],
    }
    const { alice } = await open([deny, allow('ecs:*', '*')])
    const ImagePipelineId = await template(alice)
    const { body } = await alice.call('DeleteImagePipeline', { RegionId: region, ImagePipelineId })
    expect(body['AccessDeniedDetail']).toMatchObject({ NoPermissionType: 'ExplicitDeny' })
  })

  it('is asked about the template when it cancels', async () => {
    const { root, alice, builder } = await open([])
    const id = await template(root)
    const ExecutionId = String((await start(root, id)).body['ExecutionId'])
    const cancel = () =>
      alice.call('CancelImagePipelineExecution', { RegionId: region, ExecutionId })
    const grant = (type: string) => {
      const policies = [allow('ecs:CancelImagePipelineExecution', `acs:ecs:*:*:${type}`)]
      return builder.editWorld({ users: [{ UserName: 'alice', policies }] })
    }
    await grant(`imagepipelineexecution/${ExecutionId}`)
    expect((await cancel()).body['Code']).toBe('Forbidden.RAM')
    await grant(`imagepipeline/${id}`)
    expect((await cancel()).status).toBe(200)
  })

  it('is judged by the tags of the resource and the address of the caller', async () => {
    const Condition = {
      StringEquals: { 'acs:ResourceTag/team': ['web'] },
      IpAddress: { 'acs:SourceIp': '10.0.0.0/8' },
    }
    const made = await open([allow('ecs:StartImagePipelineExecution', '*', { Condition })])
    const { root, client } = made
    const web = await template(root, { Tag: [{ Key: 'team', Value: 'web' }] })
    const plain = await template(root)
    const near = client({ key: alice, remoteAddress: '10.1.2.3' })
    const far = client({ key: alice, remoteAddress: '192.168.0.1' })
    expect((await start(far, web)).body['Code']).toBe('Forbidden.RAM')
    expect((await start(near, plain)).body['Code']).toBe('Forbidden.RAM')
    expect((await start(near, web)).status).toBe(200)
  })

  it('is told what is wrong with its parameters before it is told that it may not', async () => {
    const { alice } = await open([])
    expect((await alice.call('CreateImagePipeline', { RegionId: region })).body['Code']).toMatch(
      /^MissingParameter/,
    )
  })
})

describe('what RAM is not asked about', () => {
  it('are public images: whoever has a key sees them', async () => {
    const { alice } = await open([])
    const list = (ImageOwnerAlias: string) =>
      alice.call('DescribeImages', { RegionId: region, ImageOwnerAlias })
    expect((await list('system')).status).toBe(200)
    expect((await list('self')).body['Code']).toBe('Forbidden.RAM')
  })
})

describe('a role', () => {
  it('lets whoever took it on do what its policies allow, with the token alone', async () => {
    const { guest: known, client } = await open([], [allow('ecs:CreateImagePipeline')])
    expect((await known.call('CreateImagePipeline', least)).status).toBe(200)
    const bare = client({ key: guest })
    expect((await bare.call('CreateImagePipeline', least)).body['Code']).toBe(
      'MissingSecurityToken',
    )
    const { body } = await known.call('DescribeImagePipelines', { RegionId: region })
    expect(body['AccessDeniedDetail']).toMatchObject({
      AuthPrincipalType: 'AssumedRoleUser',
      AuthPrincipalDisplayName: 'builder:ci',
    })
  })
})

describe('two accounts', () => {
  it('see and touch only their own', async () => {
    const { root, stranger } = await open([])
    const id = await template(root)
    const ExecutionId = String((await start(root, id)).body['ExecutionId'])
    const codes = await Promise.all(
      [
        start(stranger, id),
        stranger.call('DeleteImagePipeline', { RegionId: region, ImagePipelineId: id }),
        stranger.call('CancelImagePipelineExecution', { RegionId: region, ExecutionId }),
      ].map(async (call) => (await call).body['Code']),
    )
    expect(codes).toEqual([
      'InvalidImagePipeline.NotFound',
      'InvalidImagePipeline.NotFound',
      'InvalidImagePipelineExecutionId.NotFound',
    ])
    const list = await stranger.call('DescribeImagePipelines', { RegionId: region })
    expect(list.body['TotalCount']).toBe(0)
    expect((await root.call('DescribeImagePipelines', { RegionId: region })).body).toMatchObject({
      TotalCount: 1,
    })
  })
})

describe('keys of the world', () => {
  it('are the only ones let in once there are any, from the next request on', async () => {
    const { client, builder } = await emulator()
    const anybody = client()
    expect((await anybody.call('CreateImagePipeline', least)).status).toBe(200)
    await builder.editWorld({ accessKeys: [root] })
    const refused = await anybody.call('CreateImagePipeline', least)
    expect([refused.status, refused.body['Code']]).toEqual([404, 'InvalidAccessKeyId.NotFound'])
    const wrong = client({ key: { ...root, AccessKeySecret: 'wrong' } })
    const { body } = await wrong.call('CreateImagePipeline', least)
    expect(body['Code']).toBe('SignatureDoesNotMatch')
    expect(body['Message']).toContain('server StringToSign is [ACS3-HMAC-SHA256')
    expect(JSON.stringify(body)).not.toContain('secret of root')
    expect((await client({ key: root }).call('CreateImagePipeline', least)).status).toBe(200)
  })

  it('let a request in once', async () => {
    const { root } = await open([])
    const request = root.request('CreateImagePipeline', least)
    expect(await root.send(request)).toMatchObject({ status: 200 })
    expect(await root.send(request)).toMatchObject({ body: { Code: 'SignatureNonceUsed' } })
  })
})
