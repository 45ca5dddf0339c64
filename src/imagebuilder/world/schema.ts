import { z } from 'zod'
import { didYouMean } from '../../core/nearest.js'
import type { Entry, ListName, World, WorldPatch } from './types.js'

/** The shape of a world and of a change to it. Every object is closed: misspelt fields are named. */

const id = z.string().min(1).max(128)
const text = z.string().min(1).max(256)
const accountId = z.string().regex(/^\d{1,20}$/, 'Invalid account id: give 1 to 20 digits')
const time = z.iso.datetime({ error: 'Invalid time: give UTC as 2024-08-19T00:00:00Z' })
const count = z.number().int().min(0).max(1_000_000)
const regions = z.array(id).max(1000)

/** A list long enough for any test and short enough to read. */
function list<T extends z.ZodType>(item: T) {
  return z.array(item).max(10_000)
}

/** One of a few words; the message has the nearest of them. */
function word<const W extends readonly [string, ...string[]]>(words: W) {
  return z.enum(words, {
    error: ({ input }) =>
      `Invalid word: give ${words.map((each) => `"${each}"`).join(' or ')}.` +
      (typeof input === 'string' ? didYouMean(input, words) : ''),
  })
}

/** A closed object; the message of an unknown field has the nearest known one. */
function closed<S extends z.ZodRawShape>(shape: S) {
  const known = Object.keys(shape)
  return z.strictObject(shape, {
    error: (issue) => {
      const [unknown] = issue.code === 'unrecognized_keys' ? (issue.keys ?? []) : []
      if (unknown === undefined) return undefined
      return `Unknown field "${unknown.slice(0, 100)}".${didYouMean(unknown, known)}`
    },
  })
}

/** Every field may be left out, but none may be `undefined`: a world is JSON. */
function partial<S extends z.ZodRawShape>(shape: S) {
  const fields = Object.entries(shape).map(([key, field]) => [key, z.exactOptional(field)])
  return Object.fromEntries(fields) as { [K in keyof S]: z.ZodExactOptional<S[K]> }
}

const account = closed({ AccountId: accountId, closed: z.boolean().exactOptional() })

const region = closed({
  RegionId: id,
  LocalName: text,
  Status: word(['available', 'soldOut']).exactOptional(),
})

const instanceType = closed({
  InstanceTypeId: id,
  CpuCoreCount: z.number().int().min(1).max(10_000),
  MemorySize: z.number().min(0.5).max(1_000_000),
  CpuArchitecture: word(['X86', 'ARM']).exactOptional(),
  regions: regions.exactOptional(),
})

const vpc = closed({ VpcId: id, RegionId: id, account: accountId.exactOptional() })

const vSwitch = closed({
  VSwitchId: id,
  VpcId: id,
  ZoneId: id,
  RegionId: id,
  account: accountId.exactOptional(),
})

const image = closed({
  ImageId: id,
  ImageName: text,
  ImageFamily: text.exactOptional(),
  OSName: text,
  OSType: word(['linux', 'windows']),
  Platform: text,
  Architecture: word(['x86_64', 'arm64', 'i386']),
  Size: z.number().int().min(1).max(100_000),
  CreationTime: time,
  owner: z
    .string()
    .regex(/^(system|marketplace|\d{1,20})$/, 'Give "system", "marketplace" or an account id'),
  regions: regions.exactOptional(),
  sharedWith: z.array(accountId).max(1000).exactOptional(),
  buildable: z.boolean().exactOptional(),
  repairable: z.boolean().exactOptional(),
})

const component = closed({
  ImageComponentId: id,
  Name: text,
  Description: text.exactOptional(),
  SystemType: word(['Linux', 'Windows']),
  ComponentType: word(['Build', 'Test']),
  ComponentVersion: z.string().regex(/^\d+\.\d+\.\d+$/, 'Give major.minor.patch, such as 1.0.0'),
  Content: z.string().min(1).max(16_384),
  CreationTime: time,
  owner: z.string().regex(/^(ALIYUN|\d{1,20})$/, 'Give "ALIYUN" or an account id'),
  regions: regions.exactOptional(),
})

const quotas = closed({
  templates: count,
  components: count,
  sharedAccounts: count,
  copiesPerRegion: count.min(1),
})

export const worldSchema = closed({
  account: accountId,
  accounts: list(account),
  regions: list(region),
  instanceTypes: list(instanceType),
  vpcs: list(vpc),
  vSwitches: list(vSwitch),
  images: list(image),
  components: list(component),
  quotas,
}) satisfies z.ZodType<World>

/** The schema of one entry of each list. */
export const entrySchemas = {
  accounts: account,
  regions: region,
  instanceTypes: instanceType,
  vpcs: vpc,
  vSwitches: vSwitch,
  images: image,
  components: component,
} satisfies { readonly [L in ListName]: z.ZodType<Entry<L>> }

const ids = list(id).exactOptional()

export const worldPatchSchema = closed({
  account: accountId.exactOptional(),
  accounts: list(account).exactOptional(),
  regions: list(closed({ ...partial(region.shape), RegionId: id })).exactOptional(),
  instanceTypes: list(
    closed({ ...partial(instanceType.shape), InstanceTypeId: id }),
  ).exactOptional(),
  vpcs: list(closed({ ...partial(vpc.shape), VpcId: id })).exactOptional(),
  vSwitches: list(closed({ ...partial(vSwitch.shape), VSwitchId: id })).exactOptional(),
  images: list(closed({ ...partial(image.shape), ImageId: id })).exactOptional(),
  components: list(closed({ ...partial(component.shape), ImageComponentId: id })).exactOptional(),
  quotas: closed(partial(quotas.shape)).exactOptional(),
  remove: closed({
    accounts: ids,
    regions: ids,
    instanceTypes: ids,
    vpcs: ids,
    vSwitches: ids,
    images: ids,
    components: ids,
  }).exactOptional(),
}) satisfies z.ZodType<WorldPatch>
