import type {
  Instance,
  InstanceType,
  Region,
  ResourceGroup,
  Snapshot,
  VSwitch,
  World,
  WorldComponent,
  WorldImage,
} from './types.js'

/** Lookups. Each answers `undefined` where the service would say that there is no such thing. */

/** The least memory that an instance chosen for a build has: that of ecs.g6.large. GiB. */
const leastMemory = 8

export function findRegion(world: World, id: string): Region | undefined {
  return world.regions.find((region) => region.RegionId === id)
}

/** The instance type, if it is in stock in the region. */
export function findInstanceType(
  world: World,
  id: string,
  region: string,
): InstanceType | undefined {
  return world.instanceTypes.find((type) => type.InstanceTypeId === id && isIn(type, region))
}

/**
 * The instance type for a build that names none: the fewest vCPUs, then the least memory, then the
 * first listed, of those in stock with 8 GiB or more; of the smaller ones if there is none. So the
 * default world gives ecs.g6.large, as the service does.
 */
export function smallestInstanceType(
  world: World,
  region: string,
  architecture: 'X86' | 'ARM' = 'X86',
): InstanceType | undefined {
  const known = smallest.get(world) ?? new Map<string, InstanceType | undefined>()
  const place = `${architecture}/${region}`
  if (!known.has(place)) known.set(place, smallestOf(world, region, architecture))
  smallest.set(world, known)
  return known.get(place)
}

/** Asked at every start; a world never changes, another takes its place. */
const smallest = new WeakMap<World, Map<string, InstanceType | undefined>>()

function smallestOf(
  world: World,
  region: string,
  architecture: 'X86' | 'ARM',
): InstanceType | undefined {
  const inStock = world.instanceTypes.filter(
    (type) => isIn(type, region) && (type.CpuArchitecture ?? 'X86') === architecture,
  )
  const roomy = inStock.filter((type) => type.MemorySize >= leastMemory)
  const candidates = roomy.length > 0 ? roomy : inStock
  return candidates.reduce<InstanceType | undefined>(
    (best, type) => (best === undefined || isSmaller(type, best) ? type : best),
    undefined,
  )
}

function isSmaller(left: InstanceType, right: InstanceType): boolean {
  const cpus = left.CpuCoreCount - right.CpuCoreCount
  return cpus < 0 || (cpus === 0 && left.MemorySize < right.MemorySize)
}

/** The vSwitch, if it is in the region and belongs to the account or to whoever asks. */
export function findVSwitch(
  world: World,
  id: string,
  region: string,
  account: string,
): VSwitch | undefined {
  return world.vSwitches.find(
    (vSwitch) =>
      vSwitch.VSwitchId === id &&
      vSwitch.RegionId === region &&
      (vSwitch.account === undefined || vSwitch.account === account),
  )
}

/** The image, if it is in the region and public, the account's own, or shared with the account. */
export function findImage(
  world: World,
  id: string,
  region: string,
  account: string,
): WorldImage | undefined {
  return world.images.find(
    (image) => image.ImageId === id && isIn(image, region) && isVisible(image, account),
  )
}

/** The image, if it is in the region, whoever sees it. */
export function imageIn(world: World, id: string, region: string): WorldImage | undefined {
  return world.images.find((image) => image.ImageId === id && isIn(image, region))
}

/** Every image in the region, whoever sees it, in the order of the world. */
export function imagesIn(world: World, region: string): readonly WorldImage[] {
  return world.images.filter((image) => isIn(image, region))
}

/** The instance, if it is in the region and belongs to the account or to whoever asks. */
export function findInstance(
  world: World,
  id: string,
  region: string,
  account: string,
): Instance | undefined {
  return world.instances.find((each) => each.InstanceId === id && isOwn(each, region, account))
}

/** Whether an instance of the account in the region was made from an image. */
export function isInUse(world: World, image: string, region: string, account: string): boolean {
  return world.instances.some((each) => each.ImageId === image && isOwn(each, region, account))
}

/** The snapshot, if it is in the region and belongs to the account or to whoever asks. */
export function findSnapshot(
  world: World,
  id: string,
  region: string,
  account: string,
): Snapshot | undefined {
  return world.snapshots.find((each) => each.SnapshotId === id && isOwn(each, region, account))
}

/** The component, if it is in the region and the service's or the account's own. */
export function findComponent(
  world: World,
  id: string,
  region: string,
  account: string,
): WorldComponent | undefined {
  return world.components.find(
    (component) =>
      component.ImageComponentId === id &&
      isIn(component, region) &&
      (component.owner === 'ALIYUN' || component.owner === account),
  )
}

/** The resource group, if it is the account's own or whoever asks'. */
export function findResourceGroup(
  world: World,
  id: string,
  account: string,
): ResourceGroup | undefined {
  return world.resourceGroups.find(
    (group) =>
      group.ResourceGroupId === id && (group.account === undefined || group.account === account),
  )
}

/** Whether a group is the one that holds what names none. */
export function isDefaultGroup(world: World, id: string, account: string): boolean {
  return findResourceGroup(world, id, account)?.Name === 'default'
}

/** Every account of 1 to 20 digits exists unless the world says that it is closed. */
export function accountExists(world: World, id: string): boolean {
  if (!/^\d{1,20}$/.test(id)) return false
  return world.accounts.every((account) => account.AccountId !== id || account.closed !== true)
}

function isVisible(image: WorldImage, account: string): boolean {
  const isPublic = image.owner === 'system' || image.owner === 'marketplace'
  if (isPublic || image.IsPublic === true || image.owner === account) return true
  return (image.sharedWith ?? []).includes(account)
}

/** In the region, and the account's or whoever asks'. */
function isOwn(
  thing: { readonly regions?: readonly string[]; readonly account?: string },
  region: string,
  account: string,
): boolean {
  return isIn(thing, region) && (thing.account === undefined || thing.account === account)
}

function isIn(thing: { readonly regions?: readonly string[] }, region: string): boolean {
  return thing.regions === undefined || thing.regions.includes(region)
}
