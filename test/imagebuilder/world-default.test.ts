import { describe, expect, it } from 'vitest'
import { parseContent } from '../../src/imagebuilder/content/content.js'
import { defaultWorld } from '../../src/imagebuilder/world/default.js'
import {
  accountExists,
  findComponent,
  findImage,
  findInstanceType,
  findRegion,
  findVSwitch,
} from '../../src/imagebuilder/world/find.js'
import { parseWorld } from '../../src/imagebuilder/world/parse.js'
import { regionCode } from '../../src/imagebuilder/world/regions.js'
import { idFields } from '../../src/imagebuilder/world/types.js'
import type { ListName } from '../../src/imagebuilder/world/types.js'
import { familyImage } from './family-image.js'

const account = defaultWorld.account

describe('the default world', () => {
  it('is plain JSON that its own schema accepts', () => {
    expect(parseWorld(JSON.parse(JSON.stringify(defaultWorld)))).toEqual(defaultWorld)
  })

  it.each(Object.entries(idFields))('has each of its %s once', (name, field) => {
    const entries: readonly object[] = defaultWorld[name as ListName]
    const ids = entries.map((entry) => Object.entries(entry).find(([key]) => key === field)?.[1])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('has a VPC and a vSwitch in every region, with ids as the service makes them', () => {
    for (const { RegionId } of defaultWorld.regions) {
      const found = defaultWorld.vSwitches.filter((each) => each.RegionId === RegionId)
      expect(found, RegionId).toHaveLength(1)
      const [vSwitch] = found
      expect(vSwitch!.VSwitchId).toMatch(/^vsw-[a-z0-9]{20}$/)
      expect(vSwitch!.ZoneId.startsWith(RegionId)).toBe(true)
      expect(defaultWorld.vpcs).toContainEqual({
        VpcId: vSwitch!.VpcId,
        VpcName: 'default',
        IsDefault: true,
        RegionId,
      })
      expect(findVSwitch(defaultWorld, vSwitch!.VSwitchId, RegionId, account)).toBe(vSwitch)
    }
    expect(findVSwitch(defaultWorld, 'vsw-bp1defaultcnhangzhou', 'cn-hangzhou', '7')).toBeDefined()
  })

  it('knows the letters that ids of a region begin with', () => {
    expect(regionCode('cn-hangzhou')).toBe('bp1')
    expect(regionCode('cn-beijing')).toBe('2ze')
    expect(regionCode('cn-nowhere')).toBeUndefined()
    const codes = defaultWorld.regions.map(({ RegionId }) => regionCode(RegionId))
    expect(new Set(codes).size).toBe(codes.length)
  })

  it.each(['cn-hangzhou', 'cn-qingdao', 'cn-zhangjiakou', 'eu-central-1', 'cn-beijing-finance-1'])(
    'has the region %s',
    (region) => {
      expect(findRegion(defaultWorld, region)?.RegionId).toBe(region)
    },
  )

  it.each([
    'aliyun_3_x64_20G_alibase_20240819.vhd',
    'aliyun_3_x64_20G_dengbao_alibase_20240819.vhd',
    'ubuntu_24_04_arm64_20G_alibase_20250527.vhd',
    'win2022_21H2_x64_dtc_en-us_40G_alibase_20241211.vhd',
  ])('has the public image %s everywhere, for everyone', (image) => {
    expect(findImage(defaultWorld, image, 'cn-beijing', '7')).toMatchObject({ ImageId: image })
  })

  it('has the newest image of a family as the family', () => {
    const family = 'acs:alibaba_cloud_linux_3_2104_lts_x64'
    expect(familyImage(defaultWorld, family, 'us-west-1', account)).toMatchObject({
      ImageId: 'aliyun_3_x64_20G_alibase_20251030.vhd',
      CreationTime: '2025-10-30T00:00:00Z',
    })
  })

  it('has instance types that a build is likely to name', () => {
    for (const type of ['ecs.g6.large', 'ecs.g6.xlarge', 'ecs.c7.large', 'ecs.g8y.large']) {
      expect(findInstanceType(defaultWorld, type, 'cn-shanghai')?.InstanceTypeId).toBe(type)
    }
  })

  it('has a component that is known by its id in one region', () => {
    const id = 'ic-bp122acttbs2sxdyq2ky'
    expect(findComponent(defaultWorld, id, 'cn-hangzhou', '7')?.owner).toBe('ALIYUN')
    expect(findComponent(defaultWorld, id, 'cn-beijing', '7')).toBeUndefined()
  })

  it.each(['1284387915995949', '1234567890', '1034567891'])('has the account %s', (id) => {
    expect(defaultWorld.accounts).toContainEqual({ AccountId: id })
    expect(accountExists(defaultWorld, id)).toBe(true)
  })

  it.each(defaultWorld.components)('has content that can be read in $Name', (component) => {
    const { Content, ComponentType, SystemType } = component
    const use = { kind: 'component', purpose: ComponentType, systemType: SystemType } as const
    expect(() => parseContent(Content, use)).not.toThrow()
  })

  it('has components whose ids look like the service’s', () => {
    for (const { ImageComponentId } of defaultWorld.components) {
      expect(ImageComponentId).toMatch(/^ic-[a-z0-9]{20}$/)
    }
  })
})
