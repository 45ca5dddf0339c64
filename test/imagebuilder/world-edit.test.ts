import { describe, expect, it } from 'vitest'
import { defaultWorld } from '../../src/imagebuilder/world/default.js'
import { editWorld } from '../../src/imagebuilder/world/edit.js'
import { WorldError } from '../../src/imagebuilder/world/error.js'
import { parseWorld, parseWorldPatch } from '../../src/imagebuilder/world/parse.js'
import type { World, WorldPatch } from '../../src/imagebuilder/world/types.js'

function problem(run: () => unknown): WorldError {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(WorldError)
    return error as WorldError
  }
  throw new Error('nothing was refused')
}

const edit = (patch: WorldPatch): World => editWorld(defaultWorld, parseWorldPatch(patch))

describe('a change to a world', () => {
  it('that says nothing changes nothing', () => {
    expect(edit({})).toEqual(defaultWorld)
  })

  it('leaves the given world as it was', () => {
    const before = structuredClone(defaultWorld)
    edit({ remove: { regions: ['cn-qingdao'] }, quotas: { templates: 1 } })
    expect(defaultWorld).toEqual(before)
  })

  it('changes the named fields of an entry that is there, in its place', () => {
    const world = edit({ instanceTypes: [{ InstanceTypeId: 'ecs.g6.large', MemorySize: 9 }] })
    expect(world.instanceTypes[0]).toEqual({
      InstanceTypeId: 'ecs.g6.large',
      CpuCoreCount: 2,
      MemorySize: 9,
    })
    expect(world.instanceTypes).toHaveLength(defaultWorld.instanceTypes.length)
  })

  it('adds an entry that is new, with plain values for what it leaves out', () => {
    const world = edit({
      account: '42',
      accounts: [{ AccountId: '42' }],
      regions: [{ RegionId: 'cn-moon' }],
      instanceTypes: [{ InstanceTypeId: 'ecs.new' }],
      vpcs: [{ VpcId: 'vpc-moon', RegionId: 'cn-moon' }],
      vSwitches: [{ VSwitchId: 'vsw-moon', RegionId: 'cn-moon' }],
      images: [{ ImageId: 'm-a' }, { ImageId: 'm-w', OSType: 'windows', owner: 'system' }],
      components: [{ ImageComponentId: 'ic-a', Content: 'RUN true' }],
    })
    expect(world.account).toBe('42')
    expect(world.accounts.at(-1)).toEqual({ AccountId: '42' })
    expect(world.regions.at(-1)).toEqual({ RegionId: 'cn-moon', LocalName: 'cn-moon' })
    expect(world.instanceTypes.at(-1)).toMatchObject({ CpuCoreCount: 2, MemorySize: 8 })
    expect(world.vSwitches.at(-1)).toMatchObject({ VpcId: 'vpc-moon', ZoneId: 'cn-moon-b' })
    expect(world.images.at(-2)).toMatchObject({ ImageName: 'm-a', owner: '42', OSType: 'linux' })
    expect(world.images.at(-1)).toMatchObject({ Platform: 'Other Windows', owner: 'system' })
    expect(world.components.at(-1)).toMatchObject({ Name: 'ic-a', owner: '42' })
    expect(parseWorld(world)).toEqual(world)
  })

  it('removes before it adds, so that an entry can be replaced whole', () => {
    const id = 'aliyun_3_x64_20G_alibase_20240819.vhd'
    const world = edit({ remove: { images: [id] }, images: [{ ImageId: id }] })
    expect(world.images.at(-1)).toMatchObject({ ImageId: id, OSName: 'Custom' })
    expect(world.images).toHaveLength(defaultWorld.images.length)
  })

  it.each([
    ['accounts', '1284387915995949'],
    ['regions', 'cn-qingdao'],
    ['instanceTypes', 'ecs.g6.large'],
    ['vpcs', 'vpc-bp1defaultcnhangzhou'],
    ['vSwitches', 'vsw-bp1defaultcnhangzhou'],
    ['images', 'aliyun_3_x64_20G_alibase_20240819.vhd'],
    ['components', 'ic-bp122acttbs2sxdyq2ky'],
  ] as const)('removes from %s', (name, id) => {
    const world = edit({ remove: { [name]: [id] } })
    expect(world[name]).toHaveLength(defaultWorld[name].length - 1)
    expect(JSON.stringify(world[name])).not.toContain(`"${id}"`)
  })

  it('changes single quotas', () => {
    expect(edit({ quotas: { templates: 3 } }).quotas).toEqual({
      ...defaultWorld.quotas,
      templates: 3,
    })
  })

  it('later entries of one id build on earlier ones', () => {
    const world = edit({
      images: [
        { ImageId: 'm-a', Size: 10 },
        { ImageId: 'm-a', buildable: false },
      ],
    })
    expect(world.images.at(-1)).toMatchObject({ ImageId: 'm-a', Size: 10, buildable: false })
  })
})

describe('a change that does not fit its world', () => {
  it('names the id to remove that is not there, and the nearest that is', () => {
    const error = problem(() => edit({ remove: { regions: ['cn-qingdao', 'cn-hangzou'] } }))
    expect(error.message).toBe(
      'remove.regions.1: There is no "cn-hangzou". Did you mean "cn-hangzhou"?',
    )
    expect(error.path).toEqual(['remove', 'regions', 1])
  })

  it('names the field that a new entry lacks', () => {
    const vSwitch = problem(() => edit({ vSwitches: [{ VSwitchId: 'vsw-new' }] }))
    expect(vSwitch.message).toBe('vSwitches.0.VpcId: Missing: give a value of type string')
    const component = problem(() => edit({ components: [{ ImageComponentId: 'ic-new' }] }))
    expect(component.path).toEqual(['components', 0, 'Content'])
  })

  it('names a region that is not there', () => {
    const stock = problem(() =>
      edit({ instanceTypes: [{ InstanceTypeId: 'ecs.new', regions: ['cn-hangzou'] }] }),
    )
    expect(stock.message).toBe(
      'instanceTypes.0.regions: There is no region "cn-hangzou". Did you mean "cn-hangzhou"?',
    )
    const vpc = problem(() => edit({ vpcs: [{ VpcId: 'vpc-new', RegionId: 'nowhere' }] }))
    expect(vpc.message).toBe('vpcs.0.RegionId: There is no region "nowhere".')
  })

  it('does not mind what a removed region leaves behind', () => {
    const world = edit({ remove: { regions: ['cn-qingdao'] } })
    expect(world.vSwitches.some((each) => each.RegionId === 'cn-qingdao')).toBe(true)
  })
})

describe('a change that cannot be read', () => {
  const message = (value: unknown) => problem(() => parseWorldPatch(value)).message

  it('names the unknown field with its path, and the nearest known one', () => {
    expect(message({ image: [] })).toBe('image: Unknown field "image". Did you mean "images"?')
    expect(message({ images: [{ ImageId: 'm-a', OsType: 'linux' }] })).toBe(
      'images.0.OsType: Unknown field "OsType". Did you mean "OSType"?',
    )
    expect(message({ remove: { quotas: [] } })).toBe('remove.quotas: Unknown field "quotas".')
  })

  it('names the wrong word with its path, and the nearest legal one', () => {
    expect(message({ images: [{ ImageId: 'm-a', OSType: 'Linux' }] })).toBe(
      'images.0.OSType: Invalid word: give "linux" or "windows". Did you mean "linux"?',
    )
    expect(message({ regions: [{ RegionId: 'cn-a', Status: 7 }] })).toBe(
      'regions.0.Status: Invalid word: give "available" or "soldOut".',
    )
  })

  it.each([
    [{ images: [{ Size: 10 }] }, 'images.0.ImageId: Missing: give a value of type string'],
    [{ accounts: [{ AccountId: 'me' }] }, /^accounts\.0\.AccountId: .*1 to 20 digits/],
    [{ account: 7 }, /^account: /],
    [{ images: [{ ImageId: 'm-a', owner: 'nobody' }] }, /^images\.0\.owner: .*account id/],
    [{ images: [{ ImageId: 'm-a', CreationTime: 'now' }] }, /^images\.0\.CreationTime: .*UTC/],
    [{ quotas: { copiesPerRegion: 0 } }, /^quotas\.copiesPerRegion: /],
    [{ images: 'all' }, /^images: /],
    ['everything', /object/],
    [null, /object/],
  ])('%j is refused with its path', (value, expected) => {
    expect(message(value)).toMatch(expected)
  })

  it('is a whole world that lacks something', () => {
    const { quotas: _, ...rest } = defaultWorld
    expect(problem(() => parseWorld(rest)).path).toEqual(['quotas'])
  })

  it('never comes from a prototype', () => {
    expect(message(JSON.parse('{"__proto__": {"images": []}}'))).toContain('__proto__')
  })
})
