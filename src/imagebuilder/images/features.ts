import { isInUse } from '../world/find.js'
import type { Place } from '../place.js'
import type { SeenImage } from './seen.js'

/** Here, Linux images do. */
export function supportsCloudinit({ OSType }: Pick<SeenImage, 'OSType'>): boolean {
  return OSType === 'linux'
}

/** What an image supports; that it can grow while it runs holds for Linux here. */
export function featuresOf(image: SeenImage): Readonly<Record<string, string>> {
  const online = image.OSType === 'linux' ? 'supported' : 'unsupported'
  return {
    NvmeSupport: image.NvmeSupport,
    ImdsSupport: image.ImdsSupport,
    CpuOnlineUpgrade: online,
    CpuOnlineDowngrade: 'unsupported',
    MemoryOnlineUpgrade: online,
    MemoryOnlineDowngrade: 'unsupported',
  }
}

/** The snapshot of an image's system disk; its id follows from the image's. */
export function systemSnapshotOf(imageId: string): string {
  return imageId.startsWith('m-') ? `s-${imageId.slice(2)}` : ''
}

/** Whether instances of the account were made from it. */
export function usageOf(
  { ImageId }: SeenImage,
  { world, region, account }: Place,
): 'instance' | 'none' {
  return isInUse(world, ImageId, region, account) ? 'instance' : 'none'
}
