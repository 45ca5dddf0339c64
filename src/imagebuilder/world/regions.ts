import type { Region, VSwitch, Vpc } from './types.js'

/**
 * Each region with its name and the three letters that its ids begin with. Those of the larger
 * regions are the service's (`bp1` is Hangzhou); the rest are ours.
 */
const table: readonly (readonly [region: string, name: string, code: string])[] = [
  ['cn-hangzhou', 'China (Hangzhou)', 'bp1'],
  ['cn-beijing', 'China (Beijing)', '2ze'],
  ['cn-shanghai', 'China (Shanghai)', 'uf6'],
  ['cn-shenzhen', 'China (Shenzhen)', 'wz9'],
  ['cn-qingdao', 'China (Qingdao)', 'm5e'],
  ['cn-zhangjiakou', 'China (Zhangjiakou)', '8vb'],
  ['cn-hongkong', 'China (Hong Kong)', 'j6c'],
  ['cn-huhehaote', 'China (Hohhot)', 'hp3'],
  ['cn-chengdu', 'China (Chengdu)', '2vc'],
  ['cn-heyuan', 'China (Heyuan)', 'f8z'],
  ['cn-wulanchabu', 'China (Ulanqab)', '0jl'],
  ['cn-guangzhou', 'China (Guangzhou)', '7xv'],
  ['cn-nanjing', 'China (Nanjing)', 'gc7'],
  ['cn-fuzhou', 'China (Fuzhou)', 'gw0'],
  ['cn-zhongwei', 'China (Zhongwei)', 'zw1'],
  ['us-west-1', 'US (Silicon Valley)', 'rj9'],
  ['us-east-1', 'US (Virginia)', '0xi'],
  ['us-southeast-1', 'US (Atlanta)', 'us1'],
  ['na-south-1', 'Mexico', '4hf'],
  ['ap-northeast-1', 'Japan (Tokyo)', '6we'],
  ['ap-northeast-2', 'South Korea (Seoul)', 'mj7'],
  ['ap-southeast-1', 'Singapore', 't4n'],
  ['ap-southeast-2', 'Australia (Sydney)', 'p0w'],
  ['ap-southeast-3', 'Malaysia (Kuala Lumpur)', '8ps'],
  ['ap-southeast-5', 'Indonesia (Jakarta)', 'k1a'],
  ['ap-southeast-6', 'Philippines (Manila)', '5ts'],
  ['ap-southeast-7', 'Thailand (Bangkok)', '0jo'],
  ['ap-southeast-8', 'Malaysia (Johor)', '8jh'],
  ['ap-south-1', 'India (Mumbai)', 'a2d'],
  ['me-east-1', 'UAE (Dubai)', 'eb3'],
  ['me-central-1', 'SAU (Riyadh)', 'l4v'],
  ['eu-central-1', 'Germany (Frankfurt)', 'gw8'],
  ['eu-west-1', 'UK (London)', 'd7o'],
  ['rus-west-1', 'Russia (Moscow)', 'ru1'],
  ['cn-north-2-gov-1', 'China (Beijing Government)', '2zg'],
  ['cn-hangzhou-finance', 'China (Hangzhou Finance)', 'bpf'],
  ['cn-shanghai-finance-1', 'China (Shanghai Finance)', 'uff'],
  ['cn-shenzhen-finance', 'China (Shenzhen Finance, old)', 'wzo'],
  ['cn-shenzhen-finance-1', 'China (Shenzhen Finance)', 'wzf'],
  ['cn-beijing-finance-1', 'China (Beijing Finance)', '2zf'],
]

/** Regions that the service has closed. */
const closed: ReadonlySet<string> = new Set(['ap-southeast-2', 'ap-south-1'])

export const defaultRegions: readonly Region[] = table.map(([RegionId, LocalName]) => ({
  RegionId,
  LocalName,
  ...(closed.has(RegionId) ? { Status: 'soldOut' as const } : {}),
}))

/** The letters that ids made in a region begin with; regions that the table lacks have none. */
export function regionCode(region: string): string | undefined {
  return table.find(([id]) => id === region)?.[2]
}

/** One VPC a region, for whoever asks. */
export const defaultVpcs: readonly Vpc[] = table.map(([RegionId, , code]) => ({
  VpcId: `vpc-${networkBody(code, RegionId)}`,
  RegionId,
  VpcName: 'default',
  IsDefault: true,
}))

/** One vSwitch a region, in its default VPC. */
export const defaultVSwitches: readonly VSwitch[] = table.map(([RegionId, , code]) => ({
  VSwitchId: `vsw-${networkBody(code, RegionId)}`,
  VpcId: `vpc-${networkBody(code, RegionId)}`,
  ZoneId: firstZone(RegionId),
  RegionId,
  VSwitchName: 'default',
  IsDefault: true,
}))

/** The 20 letters and digits of an id that a person can read: `bp1defaultcnhangzhou`. */
function networkBody(code: string, region: string): string {
  return `${code}default${region.replaceAll('-', '')}`.padEnd(20, '0').slice(0, 20)
}

/** A region that ends in a digit has zones without a dash: `us-west-1b`, `cn-beijing-b`. */
export function firstZone(region: string): string {
  return /\d$/.test(region) ? `${region}b` : `${region}-b`
}
