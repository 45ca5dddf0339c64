import { describe, expect, it } from 'vitest'
import { defaultWorld } from '../../src/imagebuilder/world/default.js'
import { editWorld } from '../../src/imagebuilder/world/edit.js'
import {
  accountExists,
  findComponent,
  findImage,
  findInstanceType,
  findRegion,
  findVSwitch,
  smallestInstanceType,
} from '../../src/imagebuilder/world/find.js'
import type { World, WorldPatch } from '../../src/imagebuilder/world/types.js'
import { familyImage } from './family-image.js'

const region = 'cn-hangzhou'
const me = defaultWorld.account
const other = '1034567891'

const worldWith = (patch: WorldPatch): World => editWorld(defaultWorld, patch)

describe('an image', () => {
  const world = worldWith({
    images: [
      { ImageId: 'm-mine' },
      { ImageId: 'm-theirs', owner: other },
      { ImageId: 'm-shared', owner: other, sharedWith: [me] },
      { ImageId: 'm-market', owner: 'marketplace', regions: ['cn-beijing'] },
    ],
  })

  it('is seen by its owner and by those whom it is shared with', () => {
    expect(findImage(world, 'm-mine', region, me)?.owner).toBe(me)
    expect(findImage(world, 'm-mine', region, other)).toBeUndefined()
    expect(findImage(world, 'm-theirs', region, me)).toBeUndefined()
    expect(findImage(world, 'm-theirs', region, other)).toBeDefined()
    expect(findImage(world, 'm-shared', region, me)).toBeDefined()
  })

  it('is not there in a region that it is not in', () => {
    expect(findImage(world, 'm-market', region, me)).toBeUndefined()
    expect(findImage(world, 'm-market', 'cn-beijing', me)).toBeDefined()
    expect(findImage(world, 'm-nope', region, me)).toBeUndefined()
  })
})

describe('an image family', () => {
  const at = (CreationTime: string) => ({ ImageFamily: 'golden', CreationTime })
  const world = worldWith({
    images: [
      { ImageId: 'm-new', ...at('2025-02-01T00:00:00Z') },
      { ImageId: 'm-old', ...at('2025-01-01T00:00:00Z') },
      { ImageId: 'm-theirs', ...at('2025-03-01T00:00:00Z'), owner: other },
      { ImageId: 'm-away', ...at('2025-03-01T00:00:00Z'), regions: ['cn-beijing'] },
    ],
  })

  it('is the newest of its images that the account sees in the region', () => {
    expect(familyImage(world, 'golden', region, me)?.ImageId).toBe('m-new')
    expect(familyImage(world, 'golden', region, other)?.ImageId).toBe('m-theirs')
    expect(familyImage(world, 'golden', 'cn-beijing', me)?.ImageId).toBe('m-away')
    expect(familyImage(world, 'silver', region, me)).toBeUndefined()
  })

  it('is the last listed of images made at one time', () => {
    const twins = editWorld(world, {
      images: [{ ImageId: 'm-twin', ...at('2025-02-01T00:00:00Z') }],
    })
    expect(familyImage(twins, 'golden', region, me)?.ImageId).toBe('m-twin')
  })
})

describe('the instance type of a build that names none', () => {
  it('is ecs.g6.large, as the service chooses', () => {
    expect(smallestInstanceType(defaultWorld, region)?.InstanceTypeId).toBe('ecs.g6.large')
  })

  it('is the next smallest when that is out of stock', () => {
    const world = worldWith({
      instanceTypes: [{ InstanceTypeId: 'ecs.g6.large', regions: ['cn-beijing'] }],
    })
    expect(smallestInstanceType(world, region)?.InstanceTypeId).toBe('ecs.g7.large')
    expect(smallestInstanceType(world, 'cn-beijing')?.InstanceTypeId).toBe('ecs.g6.large')
    expect(findInstanceType(world, 'ecs.g6.large', region)).toBeUndefined()
  })

  it('fits the architecture of the image', () => {
    expect(smallestInstanceType(defaultWorld, region, 'ARM')?.InstanceTypeId).toBe('ecs.g8y.large')
  })

  it('is a small one only when no other is left', () => {
    const tiny = { InstanceTypeId: 'ecs.t6-c1m1.large', CpuCoreCount: 2, MemorySize: 2 }
    const remove = { instanceTypes: defaultWorld.instanceTypes.map((each) => each.InstanceTypeId) }
    expect(
      smallestInstanceType(worldWith({ remove, instanceTypes: [tiny] }), region)?.InstanceTypeId,
    ).toBe('ecs.t6-c1m1.large')
    expect(smallestInstanceType(worldWith({ remove }), region)).toBeUndefined()
  })
})

describe('a vSwitch', () => {
  const world = worldWith({ vSwitches: [{ VSwitchId: 'vsw-mine', RegionId: region, account: me }] })

  it('is found in its own region by its own account', () => {
    expect(findVSwitch(world, 'vsw-mine', region, me)?.VpcId).toBe('vpc-bp1defaultcnhangzhou')
    expect(findVSwitch(world, 'vsw-mine', 'cn-beijing', me)).toBeUndefined()
    expect(findVSwitch(world, 'vsw-mine', region, other)).toBeUndefined()
  })
})

describe('a component', () => {
  const world = worldWith({ components: [{ ImageComponentId: 'ic-mine', Content: 'RUN true' }] })

  it('is found by its owner; those of the service by everyone', () => {
    expect(findComponent(world, 'ic-mine', region, me)?.Name).toBe('ic-mine')
    expect(findComponent(world, 'ic-mine', region, other)).toBeUndefined()
    expect(findComponent(world, 'ic-syscheckport00000000', region, other)).toBeDefined()
  })
})

describe('an account', () => {
  it('exists when it has 1 to 20 digits and is not closed', () => {
    const world = worldWith({ accounts: [{ AccountId: other, closed: true }] })
    expect(accountExists(world, '1')).toBe(true)
    expect(accountExists(world, '9'.repeat(20))).toBe(true)
    expect(accountExists(world, '9'.repeat(21))).toBe(false)
    expect(accountExists(world, '')).toBe(false)
    expect(accountExists(world, '12a')).toBe(false)
    expect(accountExists(world, other)).toBe(false)
    const reopened = editWorld(world, { accounts: [{ AccountId: other, closed: false }] })
    expect(accountExists(reopened, other)).toBe(true)
  })
})

describe('a region', () => {
  it('is found by its exact id', () => {
    expect(findRegion(defaultWorld, 'ap-southeast-1')?.LocalName).toBe('Singapore')
    expect(findRegion(defaultWorld, 'Cn-hangzhou')).toBeUndefined()
  })
})
