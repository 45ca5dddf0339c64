import { describe, expect, it } from 'vitest'
import { operations } from '../../../src/gateway/operations/index.js'
import {
  account,
  copied,
  described,
  image,
  images,
  instance,
  linux,
  other,
  type Parameters,
  region,
  registry,
  shared,
} from './registry.js'

const ids = (found: readonly { readonly ImageId?: unknown }[]) => found.map((each) => each.ImageId)

/** Own images of the world that differ in one thing each. */
const gallery = [
  { ImageId: 'm-old', ImageName: 'web-old', CreationTime: '2023-03-01T00:00:00Z', Size: 20 },
  { ImageId: 'm-arm', ImageName: 'web-arm', Architecture: 'arm64' },
  { ImageId: 'm-win', ImageName: 'desk', OSType: 'windows', Platform: 'Windows Server 2022' },
  { ImageId: 'm-gone', ImageName: 'web-expired', expired: true },
  { ImageId: 'm-bad', ImageName: 'broken', Status: 'UnAvailable' },
  { ImageId: 'm-dep', ImageName: 'retired', Status: 'Deprecated', ImageFamily: 'web' },
] as const

async function opened() {
  const shop = await registry()
  await shop.edit({ images: gallery, instances: [{ InstanceId: instance, ImageId: 'm-arm' }] })
  const self = async (more: object) =>
    ids(await images(shop, { Status: 'Available', ImageOwnerAlias: 'self', ...more })).sort()
  return { ...shop, shop, self }
}

describe('DescribeImages', () => {
  it('shows what is available of the service, of oneself and of others, newest first', async () => {
    const { call } = await registry()
    const answer = await call('DescribeImages', { RegionId: region, PageSize: 100 })
    const { Images, TotalCount } = answer as never as {
      readonly TotalCount: number
      readonly Images: { readonly Image: readonly { CreationTime: string; ImageId: string }[] }
    }
    expect(Images.Image).toHaveLength(TotalCount)
    const times = Images.Image.map(({ CreationTime }) => CreationTime)
    expect(times).toEqual([...times].sort().reverse())
    expect(Images.Image.map(({ ImageId }) => ImageId)).toContain(linux)
  })

  it('has ten on a page unless it is asked for more, and counts all', async () => {
    const { call } = await registry()
    const page = (more: object) => call('DescribeImages', { RegionId: region, ...more })
    const first = await page({})
    const all = await page({ PageSize: '100' })
    expect(first).toMatchObject({ PageNumber: 1, PageSize: 10, TotalCount: all['TotalCount'] })
    const of = (answer: object) =>
      (answer as { Images: { Image: readonly { ImageId: string }[] } }).Images.Image
    const second = await page({ PageNumber: '2' })
    expect([...of(first), ...of(second)]).toEqual(of(all).slice(0, 20))
    expect(of(await page({ PageNumber: 99 }))).toEqual([])
  })

  it('has public images in every region, with a disk each', async () => {
    const shop = await registry()
    for (const { RegionId } of (await shop.builder.world()).regions) {
      const found = await described(shop, linux, { RegionId })
      expect(found).toMatchObject({ ImageOwnerAlias: 'system', IsPublic: true, Size: 20 })
      expect(found).toHaveProperty('DiskDeviceMappings.DiskDeviceMapping.0.Size', '20')
      expect(found).not.toHaveProperty('ImageOwnerId')
    }
  })

  it('takes a list of ids and leaves out what is not there', async () => {
    const { shop } = await opened()
    const found = await images(shop, { ImageId: `m-arm, ${linux},m-none,m-arm` })
    expect(ids(found).sort()).toEqual([linux, 'm-arm'])
    expect(await images(shop, { ImageId: 'm-none' })).toEqual([])
  })

  it.each([
    ['a part of the name', { ImageName: 'eb-' }, ['m-arm', 'm-old']],
    ['a pattern of the name', { ImageName: 'w*ar' }, ['m-arm']],
    ['the system', { OSType: 'windows' }, ['m-win']],
    ['the architecture', { Architecture: 'arm64' }, ['m-arm']],
    ['an instance type, by its processor', { InstanceType: 'ecs.g8y.large' }, ['m-arm']],
    ['use', { Usage: 'instance' }, ['m-arm']],
    ['disuse', { Usage: 'none' }, ['m-old', 'm-win']],
    ['cloud-init', { IsSupportCloudinit: 'false' }, ['m-win']],
    ['I/O optimisation', { IsSupportIoOptimized: false }, []],
    ['a snapshot', { SnapshotId: 's-old' }, ['m-old']],
    ['no such family', { ImageFamily: 'none' }, []],
    ['expiry', { ShowExpired: true }, ['m-arm', 'm-gone', 'm-old', 'm-win']],
    ['what it is for', { ActionType: 'ChangeOS' }, ['m-arm', 'm-old', 'm-win']],
  ])('filters by %s', async (_, asked, expected) => {
    const { self } = await opened()
    expect(await self(asked)).toEqual(expected)
  })

  it.each([
    ['UnAvailable', {}, ['m-bad']],
    ['Deprecated', {}, ['m-dep']],
    ['UnAvailable,Deprecated', {}, ['m-bad', 'm-dep']],
    ['ALL', { Usable: true }, ['m-arm', 'm-dep', 'm-old', 'm-win']],
    ['ALL', { Usable: false }, ['m-bad']],
    ['Creating,Waiting,CreateFailed', {}, []],
    ['ALL', { ImageFamily: 'web' }, ['m-dep']],
  ])('filters by the status %s %j', async (Status, more, expected) => {
    const { self } = await opened()
    expect(await self({ Status, ...more })).toEqual(expected)
  })

  it.each([
    [{ Key: 'CreationStartTime', Value: '2023-12-01T00:00Z' }, ['m-arm', 'm-win']],
    [{ Key: 'CreationEndTime', Value: '2023-12-01T00:00Z' }, ['m-old']],
    [{ Key: 'CreationEndTime', Value: '2023-03-01T00:00Z' }, ['m-old']],
    [{ Key: 'NetworkType', Value: 'vpc' }, ['m-arm', 'm-old', 'm-win']],
    [{ Key: 'CpuOnlineUpgrade', Value: 'unsupported' }, ['m-win']],
    [{ Key: 'MemoryOnlineDowngrade', Value: 'supported' }, []],
  ])('filters by %j', async (filter, expected) => {
    const { self } = await opened()
    expect(await self({ Filter: [filter] })).toEqual(expected)
  })

  it('fulfils all filters at once', async () => {
    const { self } = await opened()
    const Filter = [
      { Key: 'CreationStartTime', Value: '2023-12-01T00:00Z' },
      { Key: 'CpuOnlineUpgrade', Value: 'supported' },
    ]
    expect(await self({ Filter })).toEqual(['m-arm'])
  })

  it('filters by tags and by resource group, and knows the old spelling of tags', async () => {
    const shop = await registry()
    await shop.edit({ resourceGroups: [{ ResourceGroupId: 'rg-web', Name: 'web' }] })
    const web = await image(shop, {
      Tag: [{ Key: 'team', Value: 'web' }, { Key: 'env' }],
      ResourceGroupId: 'rg-web',
    })
    const plain = await image(shop, { Tag: [{ Key: 'team', Value: 'db' }] })
    const tagged = async (...Tag: object[]) => ids(await images(shop, { Tag }))
    expect(await tagged({ Key: 'team', Value: 'web' }, { Key: 'env' })).toEqual([web])
    expect((await tagged({ Key: 'team' })).sort()).toEqual([web, plain].sort())
    expect(await tagged({ Key: 'team', Value: 'none' })).toEqual([])
    expect(ids(await images(shop, { ResourceGroupId: 'rg-web' }))).toEqual([web])
    const { resourceGroups } = await shop.builder.world()
    const standard = resourceGroups.find(({ Name }) => Name === 'default')
    expect(ids(await images(shop, { ResourceGroupId: standard?.ResourceGroupId }))).toEqual([plain])
    for (const action of ['DescribeImages', 'CreateImage', 'CopyImage']) {
      const operation = operations.find(({ request }) => request.action === action)
      expect(operation?.spellings).toMatchObject({ 'Tag.N.key': 'Tag.N.Key' })
    }
  })
})

describe('whose an image is', () => {
  it('tells own, shared, community and public images apart', async () => {
    const shop = await registry()
    await shop.edit({
      images: [
        { ImageId: 'm-own' },
        { ImageId: 'm-shared', owner: '42', sharedWith: [account] },
        { ImageId: 'm-hidden', owner: '42' },
        { ImageId: 'm-community', owner: '43', IsPublic: true },
        { ImageId: 'm-market', owner: 'marketplace' },
      ],
    })
    const of = async (more: Parameters) =>
      ids(await images(shop, more)).filter((id) => String(id).startsWith('m-'))
    expect(await of({ ImageOwnerAlias: 'self' })).toEqual(['m-own'])
    expect(await of({ ImageOwnerAlias: 'others' })).toEqual(['m-shared'])
    expect(await of({ ImageOwnerAlias: 'others', IsPublic: true })).toEqual(['m-community'])
    expect(await of({ ImageOwnerAlias: 'marketplace' })).toEqual(['m-market'])
    expect(await of({ ImageOwnerAlias: 'system' })).toEqual([])
    expect(await of({})).toEqual(['m-own', 'm-shared'])
    expect(await of({ ImageOwnerId: '42' })).toEqual(['m-shared'])
    expect(await of({ ImageOwnerAlias: 'others', ImageOwnerId: '7' })).toEqual([])
    expect(await of({ ImageId: 'm-market,m-community,m-hidden' })).toEqual([
      'm-community',
      'm-market',
    ])
    expect(await described(shop, 'm-shared')).toMatchObject({
      ImageOwnerAlias: 'others',
      ImageOwnerId: 42,
      IsPublic: false,
      IsSelfShared: 'false',
    })
  })

  it('shows an image of a call to its owner, and to others when it is shared', async () => {
    const shop = await registry()
    const id = await image(shop, { ImageName: 'web' })
    expect(await images(shop, { ImageId: id }, other)).toEqual([])
    expect(await described(shop, id)).toMatchObject({
      ImageOwnerAlias: 'self',
      ImageOwnerId: Number(account),
      IsSelfShared: 'false',
    })
    await shared(shop, id, [other])
    expect(await described(shop, id, {}, other)).toMatchObject({
      ImageOwnerAlias: 'others',
      ImageOwnerId: Number(account),
    })
    expect(await described(shop, id)).toMatchObject({ IsSelfShared: 'true' })
    expect(await images(shop, { ImageId: id, RegionId: 'cn-beijing' })).toEqual([])
  })

  it('asks RAM about the images that are named, and about none of the service', () => {
    const operation = operations.find(({ request }) => request.action === 'DescribeImages')
    const resources = (more: object) =>
      operation?.prepare({ RegionId: region, ...more }).resources(undefined as never)
    expect(resources({})).toEqual(['image/*'])
    expect(resources({ ImageId: 'm-1,m-2' })).toEqual(['image/m-1', 'image/m-2'])
    expect(resources({ ImageOwnerAlias: 'self' })).toEqual(['image/*'])
    expect(resources({ ImageOwnerAlias: 'system' })).toEqual([])
    expect(resources({ ImageOwnerAlias: 'others' })).toEqual([])
  })
})

describe('DescribeImageFromFamily', () => {
  const family = async (shop: Awaited<ReturnType<typeof registry>>, ImageFamily: string) =>
    (await shop.call('DescribeImageFromFamily', { RegionId: region, ImageFamily }))['Image']

  it('answers with the newest available image', async () => {
    const shop = await registry()
    const first = await image(shop, { ImageFamily: 'web' })
    const second = await image(shop, { ImageFamily: 'web' })
    expect(await family(shop, 'web')).toMatchObject({ ImageId: second, ImageFamily: 'web' })
    const change = { RegionId: region, ImageId: second, Status: 'Deprecated' }
    await shop.call('ModifyImageAttribute', change)
    expect(await family(shop, 'web')).toMatchObject({ ImageId: first })
  })

  it('answers with an empty image when there is none', async () => {
    expect(await family(await registry(), 'web')).toEqual({})
  })

  it('knows the families of the service, and prefers own images to those of others', async () => {
    const shop = await registry()
    expect(await family(shop, 'acs:ubuntu_24_04_x64')).toMatchObject({
      ImageId: 'ubuntu_24_04_x64_20G_alibase_20250527.vhd',
    })
    const ImageFamily = 'web'
    const CreationTime = '2030-01-01T00:00:00Z'
    await shop.edit({
      images: [{ ImageId: 'm-theirs', owner: '42', IsPublic: true, ImageFamily, CreationTime }],
    })
    expect(await family(shop, 'web')).toMatchObject({ ImageId: 'm-theirs' })
    const own = await image(shop, { ImageFamily })
    expect(await family(shop, 'web')).toMatchObject({ ImageId: own })
  })
})

describe('the fields of an image', () => {
  type Shape = string | { readonly [field: string]: Shape }
  const shapeOf = (value: unknown): Shape => {
    if (Array.isArray(value)) return value.length > 0 ? { item: shapeOf(value[0]) } : 'list'
    if (typeof value !== 'object' || value === null) return typeof value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]))
  }

  it('are those of the samples, with their types', async () => {
    const shop = await registry()
    const more = { Tag: [{ Key: 'k', Value: 'v' }], DetectionStrategy: 'Standard' }
    const id = await image(shop, { ImageFamily: 'web', ...more })
    await copied(shop, id)
    await shared(shop, id, [other])
    const asked = { ImageId: id, ImageFamily: 'web', RegionId: region }
    for (const action of [
      'DescribeImages',
      'DescribeImageFromFamily',
      'DescribeImageSharePermission',
    ]) {
      const operation = operations.find(({ request }) => request.action === action)
      const names = Object.keys(operation?.request.fields ?? {})
      const parameters = Object.entries(asked).filter(([name]) => names.includes(name))
      const answer = await shop.call(action, Object.fromEntries(parameters))
      const expected = JSON.parse(JSON.stringify(operation?.sample)) as object
      expect(shapeOf(answer), action).toEqual(shapeOf(expected))
    }
  })
})
