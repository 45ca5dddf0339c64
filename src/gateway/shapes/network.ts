import type { Caller } from '../../imagebuilder/templates.js'
import { defaultWorld } from '../../imagebuilder/world/default.js'
import {
  addressesIn,
  defaultGroupOf,
  routerOf,
  routeTableOf,
} from '../../imagebuilder/world/networks.js'
import type { Vpc, VSwitch } from '../../imagebuilder/world/types.js'
import type { Answer } from '../operation.js'

/** When everything of the world was made. */
const longAgo = '2024-01-01T00:00:00Z'

export function vpcShape(vpc: Vpc, caller: Caller): Answer {
  const { account, world } = caller
  const { VpcId, RegionId, VpcName = '', CidrBlock = '172.16.0.0/12', IsDefault = false } = vpc
  const own = world.vSwitches.filter(
    (each) => each.VpcId === VpcId && (each.account ?? account) === account,
  )
  return {
    VpcId,
    VpcName,
    RegionId,
    CidrBlock,
    IsDefault,
    Status: 'Available',
    CreationTime: longAgo,
    Description: '',
    Ipv6CidrBlock: '',
    OwnerId: account,
    VRouterId: routerOf(VpcId),
    RouterTableIds: { RouterTableIds: [routeTableOf(VpcId)] },
    VSwitchIds: { VSwitchId: own.map(({ VSwitchId }) => VSwitchId) },
    SecondaryCidrBlocks: { SecondaryCidrBlock: [] },
    UserCidrs: { UserCidr: [] },
    NatGatewayIds: { NatGatewayIds: [] },
    ResourceGroupId: defaultGroupOf(caller),
    Tags: { Tag: [] },
  }
}

export function vSwitchShape(vSwitch: VSwitch, caller: Caller): Answer {
  const { VSwitchId, VpcId, ZoneId, VSwitchName = '', IsDefault = false } = vSwitch
  const { CidrBlock = '172.16.0.0/20' } = vSwitch
  return {
    VSwitchId,
    VSwitchName,
    VpcId,
    ZoneId,
    CidrBlock,
    IsDefault,
    AvailableIpAddressCount: addressesIn(CidrBlock),
    Status: 'Available',
    CreationTime: longAgo,
    Description: '',
    Ipv6CidrBlock: '',
    OwnerId: caller.account,
    NetworkAclId: '',
    ResourceGroupId: defaultGroupOf(caller),
    RouteTable: { RouteTableId: routeTableOf(VpcId), RouteTableType: 'System' },
    Tags: { Tag: [] },
  }
}

const somebody: Caller = { account: defaultWorld.account, world: defaultWorld }

export const vpcSample: Answer = vpcShape(
  {
    VpcId: 'vpc-bp1defaultcnhangzhou',
    RegionId: 'cn-hangzhou',
    VpcName: 'default',
    IsDefault: true,
  },
  somebody,
)

export const vSwitchSample: Answer = vSwitchShape(
  {
    VSwitchId: 'vsw-bp1defaultcnhangzhou',
    VpcId: 'vpc-bp1defaultcnhangzhou',
    ZoneId: 'cn-hangzhou-b',
    RegionId: 'cn-hangzhou',
    VSwitchName: 'default',
    IsDefault: true,
  },
  somebody,
)
