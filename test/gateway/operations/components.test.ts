import { beforeEach, describe, expect, it } from 'vitest'
import {
  account,
  codeOf,
  component,
  entries,
  region,
  type Service,
  service,
  template,
} from './service.js'

const set = 'ImageComponent.ImageComponentSet'
let ecs: Service
beforeEach(async () => {
  ecs = await service()
})

async function listed(parameters: object, as?: { readonly account: string }) {
  const all = { RegionId: region, ...parameters }
  const answer = await ecs.call('DescribeImageComponents', all, as)
  expect(answer.TotalCount).toBe(entries(answer, set).length)
  return entries(answer, set)
}

async function names(parameters: object, as?: { readonly account: string }): Promise<unknown[]> {
  return (await listed(parameters, as)).map(({ Name }) => Name)
}

const content = `Parameters:
  x:
    Type: Number
    DefaultValue: 3
  y:
    Type: String
Tasks:
  - Name: one
    Action: RunShellCommand
    Properties:
      commandContent: echo {{ x }} {{ y }}
`

describe('DescribeImageComponents', () => {
  it('tells a component with its parameters and tags', async () => {
    const given = { Name: 'tool', Content: content, Tag: [{ Key: 'k', Value: 'v' }] }
    const ImageComponentId = await component(ecs, given)
    expect(await listed({ Owner: 'SELF' })).toEqual([
      {
        ImageComponentId,
        Name: 'tool',
        Description: '',
        CreationTime: '2026-01-05T02:00:00Z',
        ResourceGroupId: '',
        SystemType: 'Linux',
        ComponentType: 'Build',
        ComponentVersion: '1.0.0',
        Content: content,
        Owner: 'SELF',
        Parameters: {
          Parameter: [
            { Name: 'x', Type: 'Number', DefaultValue: '3' },
            { Name: 'y', Type: 'String' },
          ],
        },
        Tags: { Tag: [{ TagKey: 'k', TagValue: 'v' }] },
      },
    ])
  })

  it("lists the service's own, and both when it is not told whose", async () => {
    await component(ecs, { Name: 'tool' })
    expect(await names({ Owner: 'SELF' })).toEqual(['tool'])
    const system = await listed({ Owner: 'ALIYUN' })
    expect(system.map(({ Name }) => Name)).toContain('install-packages')
    expect(system.every(({ Owner }) => Owner === 'ALIYUN')).toBe(true)
    expect(await names({})).toEqual(['tool', ...system.map(({ Name }) => Name)])
  })

  it('finds by id, name, type, system and tag', async () => {
    const id = await component(ecs, { Name: 'tool', Tag: [{ Key: 'k', Value: 'v' }] })
    await component(ecs, { Name: 'probe', ComponentType: 'Test' })
    await component(ecs, { Name: 'win', SystemType: 'Windows', Content: 'RESTART' })
    const own = (more: object) => names({ Owner: 'SELF', ...more })
    expect(await own({ ImageComponentId: [id, 'ic-none'] })).toEqual(['tool'])
    expect(await own({ Name: 'too' })).toEqual([])
    expect(await own({ ComponentType: 'Test' })).toEqual(['probe'])
    expect(await own({ SystemType: 'Windows' })).toEqual(['win'])
    expect(await own({ Tag: [{ Key: 'k', Value: 'v' }] })).toEqual(['tool'])
    expect(await names({ ImageComponentId: ['ic-bp122acttbs2sxdyq2ky'] })).toEqual([
      'update-packages',
    ])
  })

  it('takes a version with a name, `*` standing for any number', async () => {
    for (const ComponentVersion of ['1.0.0', '1.0.3', '1.1.0', '2.0.0']) {
      await component(ecs, { Name: 'tool', ComponentVersion })
    }
    const versions = async (more: object) =>
      (await listed({ Owner: 'SELF', ...more })).map((each) => String(each.ComponentVersion)).sort()
    expect(await versions({ Name: 'tool', ComponentVersion: '1.0.*' })).toEqual(['1.0.0', '1.0.3'])
    expect(await versions({ Name: 'tool', ComponentVersion: '1.*.0' })).toEqual(['1.0.0', '1.1.0'])
    expect(await versions({ Name: 'tool', ComponentVersion: '2.0.0' })).toEqual(['2.0.0'])
    expect(await versions({ ComponentVersion: '2.0.0' })).toHaveLength(4)
  })

  it('shows no account what is of another one', async () => {
    await component(ecs, { Name: 'mine' })
    await component(ecs, { Name: 'theirs' }, { account: '42' })
    expect(await names({ Owner: 'SELF' })).toEqual(['mine'])
    expect(await names({ Owner: 'SELF' }, { account: '42' })).toEqual(['theirs'])
    expect(await names({ Owner: 'SELF', RegionId: 'cn-beijing' })).toEqual([])
  })
})

describe('components of the world that an account owns', () => {
  const mine = { ImageComponentId: 'ic-mine', Name: 'mine', Content: 'RUN true', owner: account }
  beforeEach(() => ecs.edit({ components: [mine] }))

  it('are listed, tagged and counted as a version of their name', async () => {
    const resource = { RegionId: region, ResourceType: 'imagecomponent' }
    const Tag = [{ Key: 'k', Value: 'v' }]
    await ecs.call('TagResources', { ...resource, ResourceId: ['ic-mine'], Tag })
    expect(await names({ Owner: 'SELF', Tag })).toEqual(['mine'])
    await component(ecs, { Name: 'mine' })
    expect((await listed({ Name: 'mine' })).map((each) => each.ComponentVersion)).toEqual([
      '2.0.0',
      '1.0.0',
    ])
  })

  it('can be deleted in one region, and are left in the others', async () => {
    const remove = (ImageComponentId: string) =>
      ecs.call('DeleteImageComponent', { RegionId: region, ImageComponentId })
    expect(await remove('ic-mine')).toEqual({})
    expect(await names({ Owner: 'SELF' })).toEqual([])
    expect(await names({ Owner: 'SELF', RegionId: 'cn-beijing' })).toEqual(['mine'])
    expect(await codeOf(remove('ic-syscheckport00000000'))).toBe('InvalidImageComponent.NotFound')
  })
})

describe('a component that is named by ARN', () => {
  const build = (arn: string) =>
    template(ecs, { BuildContent: `COMPONENT acs:ecs:${region}:${arn}` })

  it('is the newest version of the account that matches', async () => {
    await component(ecs, { Name: 'tool', ComponentVersion: '1.0.0' })
    const newest = await component(ecs, { Name: 'tool', ComponentVersion: '1.0.3' })
    await build(`${account}:imagecomponent/tool/1.0.*`)
    const call = ecs.call('DeleteImageComponent', { RegionId: region, ImageComponentId: newest })
    expect(await codeOf(call)).toBe('InvalidImageComponent.InUse')
  })

  it("may be one of the service's, by the account ALIYUN or by the caller's own", async () => {
    await build('ALIYUN:imagecomponent/install-packages/1.0.0')
    await build('aliyun:imagecomponent/install-packages/*.*.*')
    await build(`${account}:imagecomponent/install-packages/1.0.*`)
  })

  it('is not found in another region or account', async () => {
    await component(ecs, { Name: 'tool' }, { account: '42' })
    const code = 'ImageComponent.NotFound'
    expect(await codeOf(build('42:imagecomponent/tool/1.0.0'))).toBe(code)
    expect(await codeOf(build('ALIYUN:imagecomponent/install-packages/9.0.*'))).toBe(code)
    await component(ecs, { Name: 'tool', RegionId: 'cn-beijing' })
    expect(await codeOf(build(`${account}:imagecomponent/tool/1.0.0`))).toBe(code)
  })
})
