import { describe, expect, it } from 'vitest'
import {
  codeOf,
  copied,
  created,
  described,
  image,
  images,
  other,
  type Parameters,
  region,
  registry,
  shared,
  snapshot,
} from './registry.js'

const beijing = { RegionId: 'cn-beijing' }

describe('CreateImage', () => {
  it('answers at once; the image is Creating, then Available', async () => {
    const shop = await registry()
    const id = await created(shop, { ImageName: 'web', Description: 'the web server' })
    expect(id).toMatch(/^m-bp1[a-z0-9]{17}$/)
    const first = await described(shop, id)
    expect(first).toMatchObject({ Status: 'Creating', Progress: '0%', Usable: false })
    // Clients that have just made an image ask for it by its id, without a status.
    expect(await images(shop, { ImageId: id, Status: '' })).toHaveLength(1)
    expect(await images(shop, { ImageName: 'web', Status: '' })).toEqual([])
    await shop.advance('90s')
    const half = await described(shop, id)
    expect(half).toMatchObject({ Status: 'Creating', Progress: '50%' })
    expect(half).toHaveProperty('DiskDeviceMappings.DiskDeviceMapping.0.RemainTime', 90)
    await shop.advance('89s')
    expect(await described(shop, id)).toMatchObject({ Progress: '99%' })
    await shop.advance('1s')
    expect(await described(shop, id)).toMatchObject({
      ImageName: 'web',
      Description: 'the web server',
      Status: 'Available',
      Progress: '100%',
      Usable: true,
      IsCopied: false,
      Platform: 'Aliyun',
      OSType: 'linux',
      CreationTime: '2026-01-05T02:00:00Z',
    })
  })

  it('is CreateFailed when its task fails for good, and can then be deleted', async () => {
    const shop = await registry([{ task: 'createImage', fail: 'the disk broke' }])
    const id = await created(shop)
    await shop.advance('1h')
    expect(await described(shop, id)).toMatchObject({ Status: 'CreateFailed', Usable: false })
    await shop.call('DeleteImage', { RegionId: region, ImageId: id })
    expect(await images(shop, { ImageId: id })).toEqual([])
  })

  it('is like what it is made from, but for what the call says', async () => {
    const shop = await registry()
    await shop.edit({ images: [{ ImageId: 'm-win', OSType: 'windows', Size: 60 }] })
    await shop.edit({ instances: [{ InstanceId: 'i-win', ImageId: 'm-win', Status: 'Stopped' }] })
    const windows = await image(shop, { InstanceId: 'i-win' })
    expect(await described(shop, windows)).toMatchObject({
      OSType: 'windows',
      Size: 60,
      Platform: 'Other Windows',
      ImageName: windows,
    })
    const arm = await image(shop, {
      Architecture: 'arm64',
      Platform: 'Debian',
      ImageVersion: '7',
      Features: { ImdsSupport: 'v2' },
      SecureBootOptions: { SecureBootSupport: 'supported' },
      DetectionStrategy: 'Standard',
    })
    expect(await described(shop, arm)).toMatchObject({
      Architecture: 'arm64',
      BootMode: 'UEFI',
      Platform: 'Debian',
      ImageVersion: '7',
      Features: { ImdsSupport: 'v2', NvmeSupport: 'supported' },
      SecureBootOptions: { SecureBootSupport: 'supported' },
      DetectionOptions: { Status: 'Finished' },
    })
  })

  it('takes an instance before disks, and disks before a snapshot', async () => {
    const shop = await registry()
    const SnapshotId = 's-none'
    const DiskDeviceMapping = [{ SnapshotId: 's-none-either' }]
    await created(shop, { SnapshotId, DiskDeviceMapping })
    const call = (more: Parameters) => shop.call('CreateImage', { RegionId: region, ...more })
    const disks = [{ SnapshotId: snapshot, Size: 50 }, { Size: 100 }]
    const { ImageId } = await call({ SnapshotId, DiskDeviceMapping: disks })
    const found = await described(shop, ImageId as string)
    expect(found['Size']).toBe(50)
    expect(found).toMatchObject({
      DiskDeviceMappings: {
        DiskDeviceMapping: [
          { Device: '/dev/xvda', Type: 'system', Size: '50' },
          { Device: '/dev/xvdb', Type: 'data', Size: '100', SnapshotId: '' },
        ],
      },
    })
  })

  it('can be made from the snapshot of another image', async () => {
    const shop = await registry()
    const first = await image(shop)
    const SnapshotId = `s-${first.slice(2)}`
    const { ImageId } = await shop.call('CreateImage', { RegionId: region, SnapshotId })
    await shop.advance('1h')
    expect(await described(shop, ImageId as string)).toMatchObject({
      Status: 'Available',
      Platform: 'Aliyun',
    })
    const theirs = shop.call('CreateImage', { RegionId: region, SnapshotId }, other)
    expect(await codeOf(theirs)).toBe('404 InvalidSnapshotId.NotFound')
  })

  it('answers a repeated ClientToken with the first image', async () => {
    const shop = await registry()
    const ClientToken = 'one'
    const first = await created(shop, { ClientToken })
    await shop.advance('1h')
    expect(await created(shop, { ClientToken })).toBe(first)
    expect(await created(shop, { ClientToken, ...beijing })).not.toBe(first)
    expect(await created(shop, { ClientToken }, other)).not.toBe(first)
    expect(await images(shop, { ImageOwnerAlias: 'self' })).toHaveLength(1)
  })

  it('asks RAM about the instance and the snapshots that it uses', async () => {
    const { operations } = await import('../../../src/gateway/operations/index.js')
    const operation = operations.find(({ request }) => request.action === 'CreateImage')
    const DiskDeviceMapping = [{ SnapshotId: 's-1' }, { Size: 20 }]
    const prepared = operation?.prepare({ RegionId: region, InstanceId: 'i-1', DiskDeviceMapping })
    expect(prepared?.resources(undefined as never)).toEqual([
      'image/*',
      'instance/i-1',
      'snapshot/s-1',
    ])
  })
})

describe('CopyImage', () => {
  it('makes a copy in the other region, with tags and description of its own', async () => {
    const shop = await registry()
    const id = await image(shop, { Description: 'first', Tag: [{ Key: 'a' }], ImageFamily: 'web' })
    const more = {
      DestinationImageName: 'web',
      DestinationDescription: 'copy',
      Tag: [{ Key: 'b' }],
    }
    const copy = await copied(shop, id, more)
    expect(copy).toMatch(/^m-2ze/)
    expect(await described(shop, copy, beijing)).toMatchObject({
      Status: 'Creating',
      IsCopied: true,
      Progress: '0%',
    })
    await shop.advance('30s')
    expect(await described(shop, copy, beijing)).toMatchObject({ Progress: '25%' })
    await shop.advance('90s')
    expect(await described(shop, copy, beijing)).toMatchObject({
      Status: 'Available',
      ImageName: 'web',
      Description: 'copy',
      ImageFamily: '',
      Platform: 'Aliyun',
      Tags: { Tag: [{ TagKey: 'b', TagValue: '' }] },
    })
    expect(await images(shop, { ImageId: copy })).toEqual([])
  })

  it('runs five at a time into a region; the others wait, in order', async () => {
    const shop = await registry()
    const id = await image(shop)
    const copies: string[] = []
    for (let n = 0; n < 7; n++) copies.push(await copied(shop, id))
    const elsewhere = await copied(shop, id, { DestinationRegionId: 'cn-shanghai' })
    const statuses = async () => {
      const found = await images(shop, { ...beijing, ImageOwnerAlias: 'self' })
      return copies.map((copy) => found.find(({ ImageId }) => ImageId === copy)?.['Status'])
    }
    const five = (word: string) => Array<string>(5).fill(word)
    expect(await statuses()).toEqual([...five('Creating'), 'Waiting', 'Waiting'])
    expect(await images(shop, { ...beijing, Status: 'Waiting' })).toHaveLength(2)
    const there = { RegionId: 'cn-shanghai' }
    expect(await described(shop, elsewhere, there)).toMatchObject({ Status: 'Creating' })

    await shop.call('CancelCopyImage', { ...beijing, ImageId: copies[0] })
    await shop.advance('1m')
    expect((await statuses()).slice(1)).toEqual([...five('Creating'), 'Waiting'])
    const sixth = await described(shop, copies[5] as string, beijing)
    expect(sixth['Progress']).toBe('50%')
    await shop.advance('1m')
    expect((await statuses()).slice(1)).toEqual([...five('Available'), 'Creating'])
    await shop.advance('2m')
    expect((await statuses()).slice(1)).toEqual([...five('Available'), 'Available'])
  })

  it('is tried again as often as the copies of an execution, and then fails', async () => {
    const shop = await registry([{ task: 'copyImage', attempt: '1-2', fail: 'the line broke' }])
    const id = await image(shop)
    const copy = await copied(shop, id)
    await shop.advance('1h')
    expect(await described(shop, copy, beijing)).toMatchObject({ Status: 'Available' })

    const unlucky = await registry([{ task: 'copyImage', fail: 'the line broke' }])
    const lost = await copied(unlucky, await image(unlucky))
    await unlucky.advance('1h')
    expect(await described(unlucky, lost, beijing)).toMatchObject({ Status: 'CreateFailed' })
    const cancel = unlucky.call('CancelCopyImage', { ...beijing, ImageId: lost })
    expect(await codeOf(cancel)).toBe('400 IncorrectImageStatus')
  })

  it('copies a shared image within its region, for who asks', async () => {
    const shop = await registry()
    const id = await image(shop)
    await shared(shop, id, [other])
    const { ImageId } = await shop.call('CopyImage', { RegionId: region, ImageId: id }, other)
    await shop.advance('1h')
    const mine = await described(shop, ImageId as string, {}, other)
    expect(mine).toMatchObject({ ImageOwnerAlias: 'self', IsCopied: true, Status: 'Available' })
    expect(await images(shop, { ImageId })).toEqual([])
  })

  it('encrypts a copy within the region when it is asked to', async () => {
    const shop = await registry()
    const id = await image(shop)
    const more = { DestinationRegionId: region, Encrypted: true, KMSKeyId: 'any' }
    const copy = await copied(shop, id, more)
    expect(await described(shop, copy)).toHaveProperty(
      'DiskDeviceMappings.DiskDeviceMapping.0.Encrypted',
      true,
    )
  })

  it('answers a repeated ClientToken with the first copy', async () => {
    const shop = await registry()
    const id = await image(shop)
    const first = await copied(shop, id, { ClientToken: 'one' })
    expect(await copied(shop, id, { ClientToken: 'one' })).toBe(first)
  })
})

describe('CancelCopyImage', () => {
  it.each([0, 6])('takes the copy away whether it runs or waits (%i before it)', async (before) => {
    const shop = await registry()
    const id = await image(shop)
    for (let n = 0; n < before; n++) await copied(shop, id)
    const copy = await copied(shop, id, { DestinationImageName: 'web' })
    await shop.call('CancelCopyImage', { ...beijing, ImageId: copy })
    expect(await images(shop, { ...beijing, ImageId: copy })).toEqual([])
    await copied(shop, id, { DestinationImageName: 'web' })
    expect(await described(shop, id)).toMatchObject({ Status: 'Available' })
    expect(await shop.builder.engine.verify()).toEqual([])
  })
})

describe('the executions that make single images', () => {
  it('are none of a template, whoever looks for them', async () => {
    const shop = await registry()
    const id = await created(shop)
    const [run] = await shop.builder.engine.list({ singletonKey: id })
    expect(run).toMatchObject({ machine: 'image@1', status: 'Creating' })
    expect(await shop.builder.execution(run?.id ?? '')).toBeUndefined()
    const ExecutionId = run?.id
    const asked = { RegionId: region, ExecutionId }
    expect(await shop.call('DescribeImagePipelineExecutions', asked)).toMatchObject({
      TotalCount: 0,
    })
    const cancel = shop.call('CancelImagePipelineExecution', asked)
    expect(await codeOf(cancel)).toBe('404 InvalidImagePipelineExecutionId.NotFound')
  })
})
