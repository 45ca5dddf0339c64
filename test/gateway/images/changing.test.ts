import { describe, expect, it } from 'vitest'
import {
  account,
  codeOf,
  described,
  type Fields,
  image,
  images,
  other,
  type Parameters,
  region,
  type Registry,
  registry,
  shared,
} from './registry.js'

const golden = 'm-golden'
const here = { RegionId: region }

/** The same test on an image that a call made, and on one of the world. */
const kinds: readonly [string, (shop: Registry) => Promise<string>][] = [
  ['an image of a call', (shop) => image(shop, { ImageName: 'golden' })],
  [
    'an image of the world',
    async (shop) => {
      await shop.edit({ images: [{ ImageId: golden, ImageName: 'golden' }] })
      return golden
    },
  ],
]

const modify = ({ call }: Registry, ImageId: string, more: Parameters) =>
  call('ModifyImageAttribute', { ...here, ImageId, ...more })

async function accountsOf({ call }: Registry, ImageId: string, more: Parameters = {}) {
  const answer = await call('DescribeImageSharePermission', { ...here, ImageId, ...more })
  const { Accounts, TotalCount } = answer as never as {
    readonly TotalCount: number
    readonly Accounts: { readonly Account: readonly Fields[] }
  }
  return { accounts: Accounts.Account.map(({ AliyunId }) => AliyunId), total: TotalCount, answer }
}

describe.each(kinds)('%s', (_, make) => {
  it('is changed in all that is asked for', async () => {
    const shop = await registry()
    const id = await make(shop)
    await modify(shop, id, {
      ImageName: 'web',
      ImageFamily: 'servers',
      Description: 'the web server',
      BootMode: 'UEFI-Preferred',
      LicenseType: 'BYOL',
      Features: { NvmeSupport: 'unsupported', ImdsSupport: 'v2' },
    })
    await modify(shop, id, { Description: 'the better web server' })
    expect(await described(shop, id)).toMatchObject({
      ImageName: 'web',
      ImageFamily: 'servers',
      Description: 'the better web server',
      BootMode: 'UEFI-Preferred',
      LicenseType: 'BYOL',
      Features: { NvmeSupport: 'unsupported', ImdsSupport: 'v2' },
    })
  })

  it('gives its old name free, and keeps its new one', async () => {
    const shop = await registry()
    const id = await make(shop)
    await modify(shop, id, { ImageName: 'web' })
    await modify(shop, id, { ImageName: 'web' })
    expect(await codeOf(image(shop, { ImageName: 'web' }))).toBe('400 InvalidImageName.Duplicated')
    await image(shop, { ImageName: 'golden' })
    expect(await codeOf(modify(shop, id, { ImageName: 'golden' }))).toBe(
      '400 InvalidImageName.Duplicated',
    )
    await image(shop, { ImageName: 'web', RegionId: 'cn-beijing' })
    await image(shop, { ImageName: 'web' }, other)
  })

  it('is deprecated and brought back', async () => {
    const shop = await registry()
    const id = await make(shop)
    await modify(shop, id, { Status: 'Deprecated' })
    expect(await images(shop, { ImageId: id, Status: 'Available' })).toEqual([])
    expect(await described(shop, id)).toMatchObject({ Status: 'Deprecated', Usable: true })
    await modify(shop, id, { Status: 'Available' })
    expect(await described(shop, id)).toMatchObject({ Status: 'Available' })
  })

  it('is seen by those it is shared with, until it is not', async () => {
    const shop = await registry()
    const id = await make(shop)
    const seen = async () => (await images(shop, { ImageId: id }, other)).length
    expect(await seen()).toBe(0)
    await shared(shop, id, [other, '42'])
    expect(await seen()).toBe(1)
    expect((await accountsOf(shop, id)).accounts.sort()).toEqual([other, '42'].sort())
    const remove = { ...here, ImageId: id, RemoveAccount: [other, '7'] }
    await shop.call('ModifyImageSharePermission', remove)
    expect(await seen()).toBe(0)
    expect((await accountsOf(shop, id)).accounts).toEqual(['42'])
    expect(await codeOf(shop.call('DeleteImage', { ...here, ImageId: id }))).toBe(
      '403 ImageUseShared',
    )
  })

  it('is a community image while it is published', async () => {
    const shop = await registry()
    const id = await make(shop)
    const publish = (IsPublic: boolean) =>
      shop.call('ModifyImageSharePermission', { ...here, ImageId: id, IsPublic })
    await publish(true)
    const community = { ImageOwnerAlias: 'others', IsPublic: true }
    const [found] = await images(shop, community, other)
    expect(found).toMatchObject({ ImageId: id, IsPublic: true, ImageOwnerAlias: 'others' })
    const { answer } = await accountsOf(shop, id)
    expect(answer['ShareGroups']).toEqual({ ShareGroup: [{ Group: 'all' }] })
    await publish(false)
    expect(await images(shop, community, other)).toEqual([])

    const group = (more: Parameters) =>
      shop.call('ModifyImageShareGroupPermission', { ...here, ImageId: id, ...more })
    await group({ AddGroup: ['all'] })
    expect(await images(shop, community, other)).toHaveLength(1)
    await group({ RemoveGroup: ['all'] })
    expect(await images(shop, community, other)).toEqual([])
  })

  it('is gone when it is deleted, also as a base image and by its name', async () => {
    const shop = await registry()
    const id = await make(shop)
    await shop.call('DeleteImage', { ...here, ImageId: id })
    expect(await images(shop, { ImageId: id })).toEqual([])
    const start = { ...here, BaseImageType: 'IMAGE', BaseImage: id }
    const template = shop.call('CreateImagePipeline', start)
    expect(await codeOf(template)).toBe('404 InvalidImage.NotFound')
    await image(shop, { ImageName: 'golden' })
  })

  it('is not changed by a dry run', async () => {
    const shop = await registry()
    const id = await make(shop)
    const before = await described(shop, id)
    const dry = { ...here, ImageId: id, DryRun: true }
    const calls = [
      shop.call('DeleteImage', dry),
      shop.call('ModifyImageAttribute', { ...dry, Description: 'new' }),
      shop.call('ModifyImageSharePermission', { ...dry, AddAccount: [other] }),
      shop.call('ModifyImageSharePermission', { ...dry, IsPublic: true }),
    ]
    for (const call of calls) expect(await codeOf(call)).toBe('400 DryRunOperation')
    expect(await described(shop, id)).toEqual(before)
  })

  it('belongs to its account alone', async () => {
    const shop = await registry()
    const id = await make(shop)
    await shared(shop, id, [other])
    const as = (action: string, more: Parameters) =>
      shop.call(action, { ...here, ImageId: id, ...more }, other)
    for (const call of [
      as('DeleteImage', {}),
      as('ModifyImageAttribute', { Description: 'mine' }),
      as('ModifyImageSharePermission', { AddAccount: ['42'] }),
      as('ModifyImageShareGroupPermission', { AddGroup: ['all'] }),
      as('DescribeImageSharePermission', {}),
      as('CancelCopyImage', {}),
    ]) {
      expect(await codeOf(call)).toBe('404 InvalidImageId.NotFound')
    }
  })

  it('keeps labels that TagResources and JoinResourceGroup give it', async () => {
    const shop = await registry()
    await shop.edit({ resourceGroups: [{ ResourceGroupId: 'rg-web', Name: 'web' }] })
    const id = await make(shop)
    const of = { ...here, ResourceType: 'image' }
    const Tag = [{ Key: 'team', Value: 'web' }]
    await shop.call('TagResources', { ...of, ResourceId: [id], Tag })
    await shop.call('JoinResourceGroup', { ...of, ResourceId: id, ResourceGroupId: 'rg-web' })
    await modify(shop, id, { Description: 'the web server' })
    expect(await described(shop, id, { Tag, ResourceGroupId: 'rg-web' })).toMatchObject({
      Description: 'the web server',
      ResourceGroupId: 'rg-web',
      Tags: { Tag: [{ TagKey: 'team', TagValue: 'web' }] },
    })
  })
})

describe('sharing', () => {
  const many = Array.from({ length: 60 }, (_, n) => String(1_000 + n))

  it('looks at the first ten accounts of a call, and passes over the rest', async () => {
    const shop = await registry()
    const id = await image(shop)
    await shared(shop, id, [...many.slice(0, 12), account])
    expect((await accountsOf(shop, id)).accounts).toEqual(many.slice(0, 10))
    const RemoveAccount = many.slice(0, 12)
    await shop.call('ModifyImageSharePermission', { ...here, ImageId: id, RemoveAccount })
    expect((await accountsOf(shop, id)).accounts).toEqual([])
  })

  it('has room for fifty accounts, and counts one only once', async () => {
    const shop = await registry()
    const id = await image(shop)
    for (let n = 0; n < 50; n += 10) await shared(shop, id, many.slice(n, n + 10))
    await shared(shop, id, many.slice(0, 10))
    expect(await codeOf(shared(shop, id, many.slice(50, 51)))).toBe(
      '403 QuotaExceed.ShareImageUser',
    )
    const change = { AddAccount: many.slice(50, 51), RemoveAccount: many.slice(0, 1) }
    await shop.call('ModifyImageSharePermission', { ...here, ImageId: id, ...change })
    expect(await accountsOf(shop, id)).toMatchObject({ total: 50 })
    const second = await accountsOf(shop, id, { PageNumber: 2, PageSize: 40 })
    expect([second.total, second.accounts.length]).toEqual([50, 10])
  })

  it('tells since when, oldest first', async () => {
    const shop = await registry()
    const id = await image(shop)
    await shared(shop, id, ['42'])
    await shop.advance('1h')
    await shared(shop, id, ['7'])
    const { answer } = await accountsOf(shop, id)
    expect(answer['Accounts']).toEqual({
      Account: [
        { AliyunId: '42', SharedTime: '2026-01-05T03:00:00Z' },
        { AliyunId: '7', SharedTime: '2026-01-05T04:00:00Z' },
      ],
    })
  })

  it('is refused for a closed account, and then shares with none', async () => {
    const shop = await registry()
    await shop.edit({ accounts: [{ AccountId: '42', closed: true }] })
    const id = await image(shop)
    expect(await codeOf(shared(shop, id, [other, '42']))).toBe('404 InvalidAccount.NotFound')
    expect((await accountsOf(shop, id)).accounts).toEqual([])
  })

  it('with oneself is refused, in the spelling of the service', async () => {
    const shop = await registry()
    const id = await image(shop)
    expect(await codeOf(shared(shop, id, [account]))).toBe('404 InvalidAccount.Forbbiden')
  })
})

describe('DeleteImage', () => {
  it('passes over a custom image that is not there, but not over another id', async () => {
    const { call } = await registry()
    expect(await call('DeleteImage', { ...here, ImageId: 'm-bp1none' })).toEqual({})
    const odd = call('DeleteImage', { ...here, ImageId: 'ubuntu_24_04' })
    expect(await codeOf(odd)).toBe('404 InvalidImageId.NotFound')
  })

  it('does not tell whether an image of somebody else is there', async () => {
    const shop = await registry()
    const id = await image(shop, {}, other)
    expect(await shop.call('DeleteImage', { ...here, ImageId: id })).toEqual({})
    expect(await images(shop, { ImageId: id }, other)).toHaveLength(1)
  })

  it('takes an image in use away when it is forced to', async () => {
    const shop = await registry()
    const id = await image(shop)
    await shop.edit({ instances: [{ InstanceId: 'i-1', ImageId: id }] })
    await shop.call('DeleteImage', { ...here, ImageId: id, Force: true })
    expect(await images(shop, { ImageId: id })).toEqual([])
  })

  it('of an image of the world is of one region', async () => {
    const shop = await registry()
    await shop.edit({ images: [{ ImageId: golden }] })
    await shop.call('DeleteImage', { ...here, ImageId: golden })
    expect(await images(shop, { ImageId: golden })).toEqual([])
    expect(await images(shop, { ImageId: golden, RegionId: 'cn-beijing' })).toHaveLength(1)
  })
})
