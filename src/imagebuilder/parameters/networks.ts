import { legacy, plainText, regionId } from './common.js'
import { invalidParameter } from './fault.js'
import { type Checked, operation } from './field.js'
import { dryRun, pageNumber } from './image-fields.js'
import { pageOf, tagsOfNone } from './world-fields.js'

/** DescribeVpcs and DescribeVSwitches, of the product Vpc. */

const flag = { type: 'boolean', refused: invalidParameter } as const

const shared = {
  IsDefault: { ...flag, docs: 'Whether it is a default one.' },
  EnableIpv6: { ...flag, docs: 'Whether it has IPv6; nothing of the world has.' },
  ResourceGroupId: plainText('The resource group; everything is in the default one.'),
  Tag: tagsOfNone,
  DryRun: dryRun,
  PageNumber: pageNumber,
  PageSize: pageOf(50),
} as const

const vpcFields = {
  RegionId: regionId,
  VpcId: plainText('VPCs by their ids, with commas between.'),
  VpcName: plainText('The name.'),
  VpcOwnerId: {
    type: 'long',
    docs: 'The account that the VPCs belong to.',
    refused: invalidParameter,
  },
  DhcpOptionsSetId: plainText('The DHCP options; nothing of the world has any.'),
  ...shared,
  ...legacy,
} as const

export const describeVpcs = operation({
  action: 'DescribeVpcs',
  docs: 'Describes the VPCs of an account in a region.',
  fields: vpcFields,
})

const vSwitchFields = {
  RegionId: plainText('The region; every region when absent.'),
  VpcId: plainText('The VPC that the vSwitches are in.'),
  VSwitchId: plainText('Switches by their ids, with commas between.'),
  VSwitchName: plainText('The name.'),
  ZoneId: plainText('The zone that the vSwitches are in.'),
  RouteTableId: plainText('The route table.'),
  VSwitchOwnerId: {
    type: 'long',
    docs: 'The account that the vSwitches belong to.',
    refused: invalidParameter,
  },
  ...shared,
  ...legacy,
} as const

export const describeVSwitches = operation({
  action: 'DescribeVSwitches',
  docs: 'Describes the vSwitches of an account.',
  fields: vSwitchFields,
})

export type DescribeVpcsParameters = Checked<typeof vpcFields>
export type DescribeVSwitchesParameters = Checked<typeof vSwitchFields>
