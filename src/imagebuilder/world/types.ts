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
  readonly quotas: Quotas
}

/** Any account of 1 to 20 digits exists; the list is for those of whom there is more to say. */
export interface Account {
  readonly AccountId: string
  /** A closed account does not exist for those who would share with it. */
  readonly closed?: boolean
}

export interface Region {
  readonly RegionId: string
  readonly LocalName: string
  /** Absent: available. */
  readonly Status?: 'available' | 'soldOut'
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
  /** Whose it is; absent: whoever asks. */
  readonly account?: string
}

export interface VSwitch {
  readonly VSwitchId: string
  readonly VpcId: string
  readonly ZoneId: string
  readonly RegionId: string
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

/** How much of a thing there may be. */
export interface Quotas {
  /** Templates per account and region. */
  readonly templates: number
  /** Components per account and region. */
  readonly components: number
  /** Accounts that one image may be shared with. */
  readonly sharedAccounts: number
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
