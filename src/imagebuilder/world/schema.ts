import { z } from 'zod'
import { didYouMean } from '../../core/nearest.js'
import { parsePolicy } from '../ram/parse-policy.js'
import type { PolicyDocument } from '../ram/policy.js'
import { WorldError } from './error.js'
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

const flag = z.boolean().exactOptional()

const account = closed({ AccountId: accountId, closed: flag, arrears: flag })

const region = closed({
  RegionId: id,
  LocalName: text,
  Status: word(['available', 'soldOut']).exactOptional(),
  zones: z.array(id).min(1).max(100).exactOptional(),
})

const instanceType = closed({
  InstanceTypeId: id,
  CpuCoreCount: z.number().int().min(1).max(10_000),
  MemorySize: z.number().min(0.5).max(1_000_000),
  CpuArchitecture: word(['X86', 'ARM']).exactOptional(),
  regions: regions.exactOptional(),
})

const cidr = z
  .string()
  .regex(/^(\d{1,3}\.){3}\d{1,3}\/([89]|[12]\d)$/, 'Give a block such as 172.16.0.0/20')

/** What VPCs and vSwitches have in common. */
const network = {
  CidrBlock: cidr.exactOptional(),
  IsDefault: flag,
  account: accountId.exactOptional(),
}

const vpc = closed({ VpcId: id, RegionId: id, VpcName: text.exactOptional(), ...network })

const vSwitch = closed({
  VSwitchId: id,
  VpcId: id,
  ZoneId: id,
  RegionId: id,
  VSwitchName: text.exactOptional(),
  ...network,
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
  buildable: flag,
  repairable: flag,
  Description: text.exactOptional(),
  ImageVersion: text.exactOptional(),
  BootMode: word(['BIOS', 'UEFI', 'UEFI-Preferred']).exactOptional(),
  NvmeSupport: word(['supported', 'unsupported']).exactOptional(),
  ImdsSupport: word(['v1', 'v2']).exactOptional(),
  Status: word(['Available', 'UnAvailable', 'Deprecated']).exactOptional(),
  IsPublic: flag,
  expired: flag,
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

const resourceGroup = closed({
  ResourceGroupId: id,
  Name: text,
  DisplayName: text,
  account: accountId.exactOptional(),
})

const instance = closed({
  InstanceId: id,
  ImageId: id,
  Status: word(['Pending', 'Running', 'Starting', 'Stopping', 'Stopped']),
  regions: regions.exactOptional(),
  account: accountId.exactOptional(),
})

const snapshot = closed({
  SnapshotId: id,
  SourceDiskType: word(['system', 'data']),
  SourceDiskSize: z.number().int().min(1).max(100_000),
  Status: word(['progressing', 'accomplished', 'failed']),
  ImageId: id.exactOptional(),
  regions: regions.exactOptional(),
  account: accountId.exactOptional(),
})

const ramName = z.string().regex(/^[\w.@-]{1,64}$/, 'Give 1 to 64 letters, digits, ".", "_", "-"')

const accessKey = closed({
  AccessKeyId: z.string().regex(/^[\w.-]{1,128}$/, 'Give 1 to 128 letters, digits, ".", "_", "-"'),
  AccessKeySecret: z.string().min(1).max(256),
  account: accountId,
  user: ramName.exactOptional(),
  role: ramName.exactOptional(),
  session: ramName.exactOptional(),
  status: word(['Active', 'Inactive']).exactOptional(),
  securityToken: z.string().min(1).max(4096).exactOptional(),
  expires: time.exactOptional(),
})

/** Read by who evaluates it, so that nothing is accepted that would be ignored. */
const policy = z
  .record(z.string(), z.unknown())
  .superRefine((document, context) => {
    try {
      parsePolicy(document)
    } catch (error) {
      if (!(error instanceof WorldError)) throw error
      context.addIssue({ code: 'custom', path: [...error.path], message: error.problem })
    }
  })
  .transform((document) => document as unknown as PolicyDocument)

const policies = z.array(policy).max(100)
const user = closed({ UserName: ramName, account: accountId, policies })
const role = closed({ RoleName: ramName, account: accountId, policies })

const quotas = closed({
  templates: count,
  components: count,
  sharedAccounts: count,
  images: count,
  imageFamilies: count,
  imagesPerFamily: count,
  sharedImages: count,
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
  resourceGroups: list(resourceGroup),
  instances: list(instance),
  snapshots: list(snapshot),
  accessKeys: list(accessKey),
  users: list(user),
  roles: list(role),
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
  resourceGroups: resourceGroup,
  instances: instance,
  snapshots: snapshot,
  accessKeys: accessKey,
  users: user,
  roles: role,
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
  resourceGroups: list(
    closed({ ...partial(resourceGroup.shape), ResourceGroupId: id }),
  ).exactOptional(),
  instances: list(closed({ ...partial(instance.shape), InstanceId: id })).exactOptional(),
  snapshots: list(closed({ ...partial(snapshot.shape), SnapshotId: id })).exactOptional(),
  accessKeys: list(closed({ ...partial(accessKey.shape), AccessKeyId: id })).exactOptional(),
  users: list(closed({ ...partial(user.shape), UserName: id })).exactOptional(),
  roles: list(closed({ ...partial(role.shape), RoleName: id })).exactOptional(),
  quotas: closed(partial(quotas.shape)).exactOptional(),
  remove: closed({
    accounts: ids,
    regions: ids,
    instanceTypes: ids,
    vpcs: ids,
    vSwitches: ids,
    images: ids,
    components: ids,
    resourceGroups: ids,
    instances: ids,
    snapshots: ids,
    accessKeys: ids,
    users: ids,
    roles: ids,
  }).exactOptional(),
}) satisfies z.ZodType<WorldPatch>
