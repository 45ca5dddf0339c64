import { describe, expect, it } from 'vitest'
import { operations } from '../../../src/gateway/operations/index.js'
import { products } from '../../../src/gateway/operation.js'
import type { Reply } from '../client.js'
import { account, type Emulator, emulator, region, type Setup } from '../emulator.js'

type Fields = Readonly<Record<string, unknown>>

/** A call of whichever product the action is of; it must succeed. */
async function asked(
  { client }: Emulator,
  action: string,
  parameters: Fields = {},
  options: Parameters<Emulator['client']>[0] = {},
): Promise<Fields> {
  const operation = operations.find(({ request }) => request.action === action)
  const version = products[operation?.product ?? 'Ecs']
  const reply: Reply = await client({ version, ...options }).call(action, parameters)
  expect([reply.status, reply.body['Code']]).toEqual([200, undefined])
  return reply.body
}

/** The entries at a path such as `Zones.Zone`. */
function entries(body: Fields, path: string): readonly Fields[] {
  return path
    .split('.')
    .reduce<unknown>((at, step) => (at as Fields)[step], body) as readonly Fields[]
}

const ask = async (action: string, parameters: Fields, world: Setup['world'] = {}) =>
  asked(await emulator({ world }), action, parameters)

describe('regions', () => {
  it('are all told, closed ones as sold out', async () => {
    const found = entries(await ask('DescribeRegions', {}), 'Regions.Region')
    expect(found).toContainEqual({
      RegionId: 'cn-hangzhou',
      LocalName: 'China (Hangzhou)',
      RegionEndpoint: 'ecs.cn-hangzhou.aliyuncs.com',
      Status: 'available',
    })
    expect(found).toContainEqual(
      expect.objectContaining({ RegionId: 'ap-south-1', Status: 'soldOut' }),
    )
  })

  it('are those of the world, and the region that a client sends along changes nothing', async () => {
    const world = {
      regions: [{ RegionId: 'mars-1', LocalName: 'Mars' }],
      remove: { regions: ['cn-hangzhou'] },
    }
    const body = await ask('DescribeRegions', { RegionId: 'cn-hangzhou' }, world)
    const ids = entries(body, 'Regions.Region').map((each) => each['RegionId'])
    expect(ids).toContain('mars-1')
    expect(ids).not.toContain('cn-hangzhou')
  })
})

describe('zones', () => {
  const zones = async (more: Fields = {}, world: Setup['world'] = {}) =>
    entries(await ask('DescribeZones', { RegionId: region, ...more }, world), 'Zones.Zone')

  it('are where the vSwitches are, with what is in stock', async () => {
    const [zone, ...rest] = await zones()
    expect(rest).toEqual([])
    expect(zone).toMatchObject({
      ZoneId: 'cn-hangzhou-b',
      LocalName: 'China (Hangzhou) Zone B',
      AvailableInstanceTypes: {
        InstanceTypes: expect.arrayContaining(['ecs.g6.large', 'ecs.g8y.large']) as unknown,
      },
      AvailableResourceCreation: { ResourceTypes: ['Instance', 'Disk', 'VSwitch'] },
    })
  })

  it('are those that the world names', async () => {
    const named = { regions: [{ RegionId: region, zones: ['cn-hangzhou-k', 'cn-hangzhou-g'] }] }
    expect((await zones({}, named)).map((each) => each['ZoneId'])).toEqual([
      'cn-hangzhou-g',
      'cn-hangzhou-k',
    ])
  })

  it('lack what is out of stock, and can be told by name alone', async () => {
    const world = { instanceTypes: [{ InstanceTypeId: 'ecs.g6.large', regions: ['cn-beijing'] }] }
    const [zone] = await zones({}, world)
    expect(JSON.stringify(zone)).not.toContain('ecs.g6.large')
    expect(await zones({ Verbose: false })).toEqual([
      {
        ZoneId: 'cn-hangzhou-b',
        LocalName: 'China (Hangzhou) Zone B',
        ZoneType: 'AvailabilityZone',
      },
    ])
  })

  it('of a closed region have nothing', async () => {
    const [zone] = await zones({ RegionId: 'ap-south-1' })
    expect(zone).toMatchObject({
      ZoneId: 'ap-south-1b',
      AvailableInstanceTypes: { InstanceTypes: [] },
    })
  })
})

describe('instance types', () => {
  const types = async (more: Fields = {}) =>
    entries(await ask('DescribeInstanceTypes', more), 'InstanceTypes.InstanceType').map(
      (each) => each['InstanceTypeId'],
    )

  it.each([
    [{ InstanceTypes: ['ecs.g7.large', 'ecs.none'] }, ['ecs.g7.large']],
    [{ InstanceTypeFamily: 'ecs.r7' }, ['ecs.r7.large', 'ecs.r7.xlarge']],
    [{ InstanceTypeFamilies: ['ecs.c8y', 'ecs.g8i'] }, ['ecs.g8i.large', 'ecs.c8y.large']],
    [{ CpuArchitecture: 'ARM', MinimumCpuCoreCount: 4 }, ['ecs.g8y.xlarge']],
    [{ CpuArchitectures: ['ARM'], MaximumMemorySize: '4.000000' }, ['ecs.c8y.large']],
    [{ MaximumCpuCoreCount: 2, MinimumMemorySize: '16' }, ['ecs.r7.large']],
    [{ MinimumGPUAmount: 1 }, []],
    [{ GPUSpec: 'NVIDIA' }, []],
  ])('are found by %j: %j', async (asked, expected) => {
    expect(await types(asked)).toEqual(expected)
  })

  it('come page by page, each once', async () => {
    const made = await emulator()
    const all = await asked(made, 'DescribeInstanceTypes')
    const pages: Fields[] = []
    for (let NextToken = ''; ; ) {
      const page = await asked(made, 'DescribeInstanceTypes', { MaxResults: 5, NextToken })
      pages.push(page)
      NextToken = String(page['NextToken'])
      if (NextToken === '') break
    }
    expect(pages).toHaveLength(3)
    expect(pages.flatMap((page) => entries(page, 'InstanceTypes.InstanceType'))).toEqual(
      entries(all, 'InstanceTypes.InstanceType'),
    )
  })
})

describe('stock', () => {
  const stock = async (more: Fields, world: Setup['world'] = {}) => {
    const parameters = { RegionId: region, DestinationResource: 'InstanceType', ...more }
    const [zone] = entries(
      await ask('DescribeAvailableResource', parameters, world),
      'AvailableZones.AvailableZone',
    )
    return zone
  }
  const listed = (zone: Fields | undefined) => {
    const [resource] = entries(zone ?? {}, 'AvailableResources.AvailableResource')
    return entries(resource ?? {}, 'SupportedResources.SupportedResource')
  }

  it('is told by instance type, as Terraform reads it', async () => {
    const zone = await stock({ Cores: 2, Memory: '8.000000' })
    expect(zone).toMatchObject({
      RegionId: region,
      ZoneId: 'cn-hangzhou-b',
      Status: 'Available',
      StatusCategory: 'WithStock',
    })
    expect(listed(zone).map(({ Value }) => Value)).toEqual([
      'ecs.g6.large',
      'ecs.g7.large',
      'ecs.g8i.large',
      'ecs.g8y.large',
    ])
  })

  it('that is elsewhere only is sold out here', async () => {
    const world = { instanceTypes: [{ InstanceTypeId: 'ecs.g6.large', regions: ['cn-beijing'] }] }
    const zone = await stock({ InstanceType: 'ecs.g6.large' }, world)
    expect(zone).toMatchObject({ Status: 'SoldOut', StatusCategory: 'WithoutStock' })
    expect(listed(zone)).toEqual([
      { Value: 'ecs.g6.large', Status: 'SoldOut', StatusCategory: 'WithoutStock' },
    ])
  })

  it.each([
    ['Zone', undefined],
    ['Network', ['vpc']],
    ['IoOptimized', ['optimized']],
    ['ddh', []],
    ['SystemDisk', ['cloud_auto', 'cloud_efficiency', 'cloud_essd', 'cloud_ssd']],
    ['DataDisk', ['cloud_auto', 'cloud_efficiency', 'cloud_essd', 'cloud_ssd']],
  ])('of %s: %j', async (DestinationResource, expected) => {
    const zone = await stock({ DestinationResource })
    if (expected === undefined) expect(zone).not.toHaveProperty('AvailableResources')
    else expect(listed(zone).map(({ Value }) => Value)).toEqual(expected)
  })

  it('is nowhere in a closed region, the classic network, or old hardware', async () => {
    for (const more of [
      { RegionId: 'ap-south-1' },
      { NetworkCategory: 'classic' },
      { IoOptimized: 'none' },
    ]) {
      expect(await stock(more)).toMatchObject({ Status: 'SoldOut' })
    }
    expect(await stock({ ZoneId: 'cn-hangzhou-z' })).toBeUndefined()
  })
})

it('there are no tasks', async () => {
  expect(await ask('DescribeTasks', { RegionId: region, TaskAction: 'ImportImage' })).toMatchObject(
    {
      RegionId: region,
      PageNumber: 1,
      PageSize: 10,
      TotalCount: 0,
      TaskSet: { Task: [] },
    },
  )
})

describe('networks', () => {
  const vpcs = async (more: Fields = {}, world: Setup['world'] = {}) =>
    entries(await ask('DescribeVpcs', { RegionId: region, ...more }, world), 'Vpcs.Vpc')
  const switches = async (more: Fields = {}, world: Setup['world'] = {}) =>
    entries(await ask('DescribeVSwitches', more, world), 'VSwitches.VSwitch')

  it('are the default ones in a world that says nothing', async () => {
    expect(await vpcs({ IsDefault: true })).toMatchObject([
      {
        VpcId: 'vpc-bp1defaultcnhangzhou',
        VpcName: 'default',
        CidrBlock: '172.16.0.0/12',
        Status: 'Available',
        VSwitchIds: { VSwitchId: ['vsw-bp1defaultcnhangzhou'] },
        ResourceGroupId: 'rg-acfmdefault0000',
      },
    ])
    expect(await switches({ RegionId: region })).toMatchObject([
      {
        VSwitchId: 'vsw-bp1defaultcnhangzhou',
        ZoneId: 'cn-hangzhou-b',
        CidrBlock: '172.16.0.0/20',
        AvailableIpAddressCount: 4092,
        RouteTable: { RouteTableId: 'vtb-bp1defaultcnhangzhou' },
      },
    ])
    expect((await switches({ PageSize: 50 })).length).toBeGreaterThan(30)
  })

  const world = {
    vpcs: [
      { VpcId: 'vpc-mine', RegionId: region, VpcName: 'default-NODELETING' },
      { VpcId: 'vpc-theirs', RegionId: region, account: '42' },
    ],
    vSwitches: [
      {
        VSwitchId: 'vsw-mine',
        RegionId: region,
        VpcId: 'vpc-mine',
        ZoneId: 'cn-hangzhou-g',
        VSwitchName: 'web',
        CidrBlock: '10.0.0.0/24',
      },
      { VSwitchId: 'vsw-theirs', RegionId: region, account: '42' },
    ],
  }

  it.each([
    [{ VpcName: 'default-NODELETING' }, ['vpc-mine']],
    [{ VpcId: 'vpc-mine,vpc-theirs' }, ['vpc-mine']],
    [{ IsDefault: false }, ['vpc-mine']],
    [{ VpcOwnerId: account, VpcId: 'vpc-mine' }, ['vpc-mine']],
    [{ VpcOwnerId: '42' }, []],
    [{ ResourceGroupId: 'rg-acfmdefault0000', VpcId: 'vpc-mine' }, ['vpc-mine']],
    [{ ResourceGroupId: 'rg-other' }, []],
    [{ EnableIpv6: true }, []],
    [{ Tag: [{ Key: 'a' }] }, []],
    [{ DhcpOptionsSetId: 'dopt-1' }, []],
    [{ RegionId: 'cn-beijing', VpcId: 'vpc-mine' }, []],
  ])('VPCs are found by %j: %j', async (asked, expected) => {
    expect((await vpcs(asked, world)).map(({ VpcId }) => VpcId)).toEqual(expected)
  })

  it.each([
    [{ VpcId: 'vpc-mine' }, ['vsw-mine']],
    [{ VSwitchId: 'vsw-mine, vsw-theirs' }, ['vsw-mine']],
    [{ VSwitchName: 'web' }, ['vsw-mine']],
    [{ ZoneId: 'cn-hangzhou-g' }, ['vsw-mine']],
    [{ RouteTableId: 'vtb-mine' }, ['vsw-mine']],
    [{ VSwitchOwnerId: '42' }, []],
  ])('vSwitches are found by %j: %j', async (asked, expected) => {
    const found = await switches(asked, world)
    expect(found.map(({ VSwitchId }) => VSwitchId)).toEqual(expected)
    if (expected.length > 0) expect(found[0]).toMatchObject({ AvailableIpAddressCount: 252 })
  })
})

describe('who calls', () => {
  const key = { AccessKeyId: 'LTAIalice', AccessKeySecret: 'y' }
  const world = {
    users: [{ UserName: 'alice', policies: [] }],
    roles: [{ RoleName: 'builder', policies: [] }],
    accessKeys: [
      { AccessKeyId: 'LTAIroot', AccessKeySecret: 'x' },
      { ...key, user: 'alice' },
      { AccessKeyId: 'STS.ci', AccessKeySecret: 'z', role: 'builder', session: 'ci' },
    ],
  }
  const whoIs = async (AccessKeyId: string, AccessKeySecret: string) =>
    asked(
      await emulator({ world }),
      'GetCallerIdentity',
      {},
      {
        key: { AccessKeyId, AccessKeySecret },
      },
    )

  it('is the account while the world names no keys', async () => {
    expect(await ask('GetCallerIdentity', {})).toMatchObject({
      IdentityType: 'Account',
      AccountId: account,
      UserId: account,
      PrincipalId: account,
      Arn: `acs:ram::${account}:root`,
    })
  })

  it('is told without any permission, the same each time', async () => {
    expect(await whoIs('LTAIroot', 'x')).toMatchObject({ IdentityType: 'Account' })
    const alice = await whoIs('LTAIalice', 'y')
    expect(alice).toMatchObject({
      IdentityType: 'RAMUser',
      AccountId: account,
      UserId: expect.stringMatching(/^2\d{17}$/) as string,
      Arn: `acs:ram::${account}:user/alice`,
    })
    expect(alice['PrincipalId']).toBe((await whoIs('LTAIalice', 'y'))['UserId'])
    const builder = await whoIs('STS.ci', 'z')
    expect(builder).toMatchObject({
      IdentityType: 'AssumedRoleUser',
      RoleId: expect.stringMatching(/^3\d{17}$/) as string,
      Arn: `acs:ram::${account}:assumed-role/builder/ci`,
    })
    expect(builder['PrincipalId']).toBe(`${String(builder['RoleId'])}:ci`)
    expect(builder).not.toHaveProperty('UserId')
  })

  it('may ask for nothing else without a policy', async () => {
    const made = await emulator({ world })
    const reply = await made.client({ key, version: products.Vpc }).call('DescribeVpcs', {
      RegionId: region,
    })
    expect(reply).toMatchObject({
      status: 403,
      body: {
        Code: 'Forbidden.RAM',
        HostId: 'vpc.aliyuncs.com',
        AccessDeniedDetail: { AuthAction: 'vpc:DescribeVpcs' },
      },
    })
  })
})

describe('resource groups', () => {
  const world = {
    resourceGroups: [
      { ResourceGroupId: 'rg-web', Name: 'web', DisplayName: 'The web' },
      { ResourceGroupId: 'rg-theirs', Name: 'theirs', account: '42' },
    ],
  }
  it.each([
    [{}, ['rg-acfmdefault0000', 'rg-web']],
    [{ Name: 'web' }, ['rg-web']],
    [{ DisplayName: 'The web', Status: 'OK' }, ['rg-web']],
    [{ ResourceGroupIds: ['rg-web', 'rg-theirs'] }, ['rg-web']],
    [{ ResourceGroupId: 'rg-theirs' }, []],
    [{ Status: 'PendingDelete' }, []],
    [{ Tag: [{ Key: 'a' }] }, []],
  ])('are found by %j: %j', async (asked, expected) => {
    const body = await ask('ListResourceGroups', asked, world)
    const found = entries(body, 'ResourceGroups.ResourceGroup')
    expect(found.map(({ Id }) => Id)).toEqual(expected)
    expect(body).toMatchObject({ TotalCount: expected.length, PageNumber: 1, PageSize: 10 })
    for (const each of found) expect(each).toMatchObject({ Status: 'OK', AccountId: account })
  })

  it('have tags when asked for', async () => {
    const body = await ask('ListResourceGroups', { IncludeTags: true })
    expect(entries(body, 'ResourceGroups.ResourceGroup')[0]).toMatchObject({ Tags: { Tag: [] } })
  })
})

describe('endpoints', () => {
  const endpoint = async (more: Fields, host?: string) => {
    const parameters = { Id: 'cn-beijing', ServiceCode: 'ecs', Type: 'openAPI', ...more }
    const made = await emulator()
    const body = await asked(made, 'DescribeEndpoints', parameters, host ? { host } : {})
    return entries(body, 'Endpoints.Endpoint').map((each) => each['Endpoint'])
  }

  it('of what is spoken here are here, under the name that the client has for it', async () => {
    expect(await endpoint({})).toEqual(['127.0.0.1:4526'])
    expect(await endpoint({ ServiceCode: 'resourcemanager' }, 'localhost:9')).toEqual([
      'localhost:9',
    ])
  })

  it('are the names of the service for those who use them', async () => {
    const host = 'location-readonly.aliyuncs.com'
    expect(await endpoint({}, host)).toEqual(['ecs.cn-beijing.aliyuncs.com'])
    expect(await endpoint({ ServiceCode: 'sts' }, host)).toEqual(['sts.aliyuncs.com'])
  })

  it('of what is not spoken here there are none', async () => {
    expect(await endpoint({ ServiceCode: 'oss' })).toEqual([])
    expect(await endpoint({ Type: 'innerAPI' })).toEqual([])
    expect(await endpoint({ Id: 'cn-atlantis' })).toEqual([])
  })
})

it('an account has bought nothing', async () => {
  const asked = {
    PageSize: '50',
    PageNum: 1,
    ProductCode: 'vipcloudfw',
    ProductType: 'vipcloudfw',
    SubscriptionType: 'Subscription',
  }
  expect(await ask('QueryAvailableInstances', asked)).toMatchObject({
    Success: true,
    Data: { PageNum: 1, PageSize: 50, TotalCount: 0, InstanceList: [] },
  })
})

describe('a version', () => {
  it('tells which product is meant', async () => {
    const { client } = await emulator()
    const reply = await client({ version: products.Vpc }).call('DescribeImages', {
      RegionId: region,
    })
    expect(reply).toMatchObject({ status: 404, body: { Code: 'InvalidAction.NotFound' } })
  })
})

/** Names and types of an answer; of lists the first entry's. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])]
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shapeOf(each)]))
}

describe('the sample of an answer has the shape of the answers', () => {
  it.each([
    ['DescribeRegions', {}],
    ['DescribeZones', { RegionId: region }],
    ['DescribeInstanceTypes', {}],
    ['DescribeAvailableResource', { RegionId: region, DestinationResource: 'InstanceType' }],
    ['DescribeTasks', { RegionId: region }],
    ['DescribeVpcs', { RegionId: region }],
    ['DescribeVSwitches', { RegionId: region }],
    ['ListResourceGroups', {}],
    ['DescribeEndpoints', { Id: region, ServiceCode: 'ecs' }],
    ['QueryAvailableInstances', {}],
  ])('of %s', async (action, parameters) => {
    const { RequestId: _, ...body } = await ask(action, parameters)
    const sample = operations.find(({ request }) => request.action === action)?.sample
    expect(shapeOf(body)).toEqual(shapeOf(sample))
  })
})
