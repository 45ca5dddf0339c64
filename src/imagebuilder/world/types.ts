import type { PolicyDocument } from '../ram/policy.js'

/**
 * The world: what exists around the templates. Plain JSON. Names that ECS has on the wire keep the
 * spelling of the wire; names of our own begin with a small letter.
 */
export interface World {
  /** The account that callers are unless they say otherwise; one of `accounts`. */
  readonly account: string
  readonly accounts: readonly Account[]
  readonly regions: readonly Region[]
  readonly instanceTypes: readonly InstanceType[]
  readonly vpcs: readonly Vpc[]
  readonly vSwitches: readonly VSwitch[]
  readonly images: readonly WorldImage[]
  readonly components: readonly WorldComponent[]
  readonly resourceGroups: readonly ResourceGroup[]
  readonly instances: readonly Instance[]
  readonly snapshots: readonly Snapshot[]
  /** Empty: any key is let in, as the world's own account. */
  readonly accessKeys: readonly AccessKey[]
  readonly users: readonly User[]
  readonly roles: readonly Role[]
  readonly quotas: Quotas
}

/** Any account of 1 to 20 digits exists; the list is for those of whom there is more to say. */
export interface Account {
  readonly AccountId: string
  /** A closed account does not exist for those who would share with it. */
  readonly closed?: boolean
  /** True: it owes money, and whatever would cost more is refused. */
  readonly arrears?: boolean
}

export interface Region {
  readonly RegionId: string
  readonly LocalName: string
  /** Absent: available. */
  readonly Status?: 'available' | 'soldOut'
  /** Its zones; absent: those of its vSwitches, or one when it has none. */
  readonly zones?: readonly string[]
}

export interface InstanceType {
  readonly InstanceTypeId: string
  readonly CpuCoreCount: number
  /** GiB. */
  readonly MemorySize: number
  /** Absent: X86. */
  readonly CpuArchitecture?: 'X86' | 'ARM'
  /** Where it is in stock; absent: everywhere. */
  readonly regions?: readonly string[]
}

export interface Vpc {
  readonly VpcId: string
  readonly RegionId: string
  /** Absent: without a name. */
  readonly VpcName?: string
  /** Absent: `172.16.0.0/12`. */
  readonly CidrBlock?: string
  /** Absent: false. */
  readonly IsDefault?: boolean
  /** Whose it is; absent: whoever asks. */
  readonly account?: string
}

export interface VSwitch {
  readonly VSwitchId: string
  readonly VpcId: string
  readonly ZoneId: string
  readonly RegionId: string
  /** Absent: without a name. */
  readonly VSwitchName?: string
  /** Absent: `172.16.0.0/20`. */
  readonly CidrBlock?: string
  /** Absent: false. */
  readonly IsDefault?: boolean
  /** Whose it is; absent: whoever asks. */
  readonly account?: string
}

/** An image that was there before any execution. */
export interface WorldImage {
  readonly ImageId: string
  readonly ImageName: string
  readonly ImageFamily?: string
  readonly OSName: string
  readonly OSType: 'linux' | 'windows'
  readonly Platform: string
  readonly Architecture: 'x86_64' | 'arm64' | 'i386'
  /** GiB. */
  readonly Size: number
  /** UTC, `2024-08-19T00:00:00Z`; the newest of a family is the family's image. */
  readonly CreationTime: string
  /** Of the service, of the marketplace, or of an account. */
  readonly owner: string
  /** Where it is; absent: everywhere. */
  readonly regions?: readonly string[]
  /** The accounts that its owner shares it with. */
  readonly sharedWith?: readonly string[]
  /** False: the service refuses to build from it (`InvalidImage.OsTypeUnsupported`). */
  readonly buildable?: boolean
  /** False: the service refuses to repair it (`InvalidImage.NotSupportRepair`). */
  readonly repairable?: boolean
  readonly Description?: string
  readonly ImageVersion?: string
  /** Absent: UEFI for ARM, else BIOS. */
  readonly BootMode?: BootMode
  /** Absent: supported on Linux. */
  readonly NvmeSupport?: 'supported' | 'unsupported'
  /** Absent: v1. */
  readonly ImdsSupport?: 'v1' | 'v2'
  /** Absent: available. */
  readonly Status?: 'Available' | 'UnAvailable' | 'Deprecated'
  /** An account's image that everybody may use: a community image. */
  readonly IsPublic?: boolean
  /** True: described only to who asks with ShowExpired. */
  readonly expired?: boolean
}

export type BootMode = 'BIOS' | 'UEFI' | 'UEFI-Preferred'

/** An instance, to make images from, or to keep one in use. */
export interface Instance {
  readonly InstanceId: string
  /** The image that it was made from. */
  readonly ImageId: string
  readonly Status: 'Pending' | 'Running' | 'Starting' | 'Stopping' | 'Stopped'
  /** Where it is; absent: everywhere. */
  readonly regions?: readonly string[]
  /** Whose it is; absent: whoever asks. */
  readonly account?: string
}

/** A snapshot of a disk, to make images from. */
export interface Snapshot {
  readonly SnapshotId: string
  readonly SourceDiskType: 'system' | 'data'
  /** GiB. */
  readonly SourceDiskSize: number
  readonly Status: 'progressing' | 'accomplished' | 'failed'
  /** The image of the disk that it was taken of; an image made from it is like that one. */
  readonly ImageId?: string
  /** Where it is; absent: everywhere. */
  readonly regions?: readonly string[]
  /** Whose it is; absent: whoever asks. */
  readonly account?: string
}

/** A component that was there before any was created. */
export interface WorldComponent {
  readonly ImageComponentId: string
  readonly Name: string
  readonly Description?: string
  readonly SystemType: 'Linux' | 'Windows'
  readonly ComponentType: 'Build' | 'Test'
  readonly ComponentVersion: string
  readonly Content: string
  readonly CreationTime: string
  /** `ALIYUN` for a system component, or an account. */
  readonly owner: string
  /** Where it is; absent: everywhere. */
  readonly regions?: readonly string[]
}

/** What resources are gathered in; the one named `default` holds those that name none. */
export interface ResourceGroup {
  readonly ResourceGroupId: string
  readonly Name: string
  readonly DisplayName: string
  /** Whose it is; absent: whoever asks. */
  readonly account?: string
}

/** An access key; who has it in a request is whoever it names. */
export interface AccessKey {
  readonly AccessKeyId: string
  readonly AccessKeySecret: string
  /** The account that it acts for. */
  readonly account: string
  /** The RAM user whose key it is. Neither user nor role: the account's own. */
  readonly user?: string
  /** The RAM role that somebody took on with it, and under which session name. */
  readonly role?: string
  readonly session?: string
  readonly status?: 'Active' | 'Inactive'
  /** Makes it a temporary key: requests must bring this token. */
  readonly securityToken?: string
  /** When the token ends, by wall time: `2026-11-24T02:15:36Z`. */
  readonly expires?: string
}

/** A RAM user: may do what its policies allow, and nothing else. */
export interface User {
  readonly UserName: string
  readonly account: string
  readonly policies: readonly PolicyDocument[]
}

/** A RAM role, which keys take on. */
export interface Role {
  readonly RoleName: string
  readonly account: string
  readonly policies: readonly PolicyDocument[]
}

/** How much of a thing there may be. */
export interface Quotas {
  /** Templates per account and region. */
  readonly templates: number
  /** Components per account and region. */
  readonly components: number
  /** Accounts that one image may be shared with. */
  readonly sharedAccounts: number
  /** Images per account and region. */
  readonly images: number
  /** Image families per account and region. */
  readonly imageFamilies: number
  /** Images of one family, per account and region. */
  readonly imagesPerFamily: number
  /** Images that one account shares in a region. */
  readonly sharedImages: number
  /** Copies at a time into one region; more wait. */
  readonly copiesPerRegion: number
}

/** The lists of a world, each with the field that tells its entries apart. */
export const idFields = {
  accounts: 'AccountId',
  regions: 'RegionId',
  instanceTypes: 'InstanceTypeId',
  vpcs: 'VpcId',
  vSwitches: 'VSwitchId',
  images: 'ImageId',
  components: 'ImageComponentId',
  resourceGroups: 'ResourceGroupId',
  instances: 'InstanceId',
  snapshots: 'SnapshotId',
  accessKeys: 'AccessKeyId',
  users: 'UserName',
  roles: 'RoleName',
} as const

export type ListName = keyof typeof idFields

export type Entry<L extends ListName> = World[L][number]

/** An entry to add, or the fields to change of one that is there; its id says which. */
export type EntryPatch<L extends ListName> = Partial<Entry<L>> & {
  readonly [K in (typeof idFields)[L]]: string
}

/** A change to a world. Removing goes first: an id removed and given anew is replaced whole. */
export type WorldPatch = {
  readonly [L in ListName]?: readonly EntryPatch<L>[]
} & {
  readonly account?: string
  readonly quotas?: Partial<Quotas>
  readonly remove?: { readonly [L in ListName]?: readonly string[] }
}
