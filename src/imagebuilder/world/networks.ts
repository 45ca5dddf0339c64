import { endDryRun } from '../images/faults.js'
import type { DescribeVpcsParameters, DescribeVSwitchesParameters } from '../parameters/networks.js'
import { isDefaultGroup } from './find.js'
import type { Vpc, VSwitch, World } from './types.js'

/** Who asks, and in which world. */
interface Asker {
  readonly account: string
  readonly world: World
}

/** What both lists may be asked for. */
type Shared = Pick<
  DescribeVpcsParameters,
  'IsDefault' | 'EnableIpv6' | 'ResourceGroupId' | 'Tag' | 'DryRun'
>

/** DescribeVpcs: those of the account, or of whoever asks, in a region. */
export function vpcsAsked(asked: DescribeVpcsParameters, asker: Asker): readonly Vpc[] {
  endDryRun(asked)
  const { RegionId, VpcId, VpcName, VpcOwnerId, DhcpOptionsSetId } = asked
  if (DhcpOptionsSetId !== undefined) return []
  return asker.world.vpcs.filter(
    (vpc) =>
      vpc.RegionId === RegionId &&
      isNamed(vpc.VpcId, VpcId) &&
      (VpcName ?? nameOf(vpc.VpcName)) === nameOf(vpc.VpcName) &&
      isSeen(vpc, asker, VpcOwnerId) &&
      fits(vpc, asked, asker),
  )
}

/** DescribeVSwitches: those of the account, or of whoever asks. */
export function vSwitchesAsked(
  asked: DescribeVSwitchesParameters,
  asker: Asker,
): readonly VSwitch[] {
  endDryRun(asked)
  const { RegionId, VpcId, VSwitchId, VSwitchName, ZoneId, VSwitchOwnerId, RouteTableId } = asked
  return asker.world.vSwitches.filter(
    (each) =>
      (RegionId ?? each.RegionId) === each.RegionId &&
      (VpcId ?? each.VpcId) === each.VpcId &&
      isNamed(each.VSwitchId, VSwitchId) &&
      (VSwitchName ?? nameOf(each.VSwitchName)) === nameOf(each.VSwitchName) &&
      (ZoneId ?? each.ZoneId) === each.ZoneId &&
      (RouteTableId ?? routeTableOf(each.VpcId)) === routeTableOf(each.VpcId) &&
      isSeen(each, asker, VSwitchOwnerId) &&
      fits(each, asked, asker),
  )
}

/** Every VPC has one route table and one router, called after it. */
export function routeTableOf(vpc: string): string {
  return vpc.replace(/^vpc-/, 'vtb-')
}

export function routerOf(vpc: string): string {
  return vpc.replace(/^vpc-/, 'vrt-')
}

/** The service keeps four addresses of every vSwitch to itself. */
export function addressesIn(cidrBlock: string): number {
  const [, bits = '32'] = cidrBlock.split('/')
  return 2 ** (32 - Number(bits)) - 4
}

/** The group of everything that names none; '' where the account has none. */
export function defaultGroupOf({ world, account }: Asker): string {
  const found = world.resourceGroups.find(({ ResourceGroupId }) =>
    isDefaultGroup(world, ResourceGroupId, account),
  )
  return found?.ResourceGroupId ?? ''
}

function isNamed(id: string, list: string | undefined): boolean {
  if (list === undefined) return true
  return list.split(',').some((each) => each.trim() === id)
}

function nameOf(name: string | undefined): string {
  return name ?? ''
}

function isSeen(
  { account }: { readonly account?: string },
  asker: Asker,
  owner: string | undefined,
): boolean {
  const whose = account ?? asker.account
  return whose === asker.account && (owner ?? whose) === whose
}

function fits(
  { IsDefault = false }: { readonly IsDefault?: boolean },
  asked: Shared,
  { world, account }: Asker,
): boolean {
  const { ResourceGroupId: group } = asked
  return (
    (asked.IsDefault ?? IsDefault) === IsDefault &&
    asked.EnableIpv6 !== true &&
    asked.Tag === undefined &&
    (group === undefined || isDefaultGroup(world, group, account))
  )
}
