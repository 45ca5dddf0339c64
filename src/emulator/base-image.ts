import type { World, WorldImage } from '../imagebuilder/world/types.js'

/** An image of the service that a template of a region can begin with; the newest Linux there is. */
export function usableImage({ images }: World, region: string): WorldImage | undefined {
  return images
    .filter(({ owner, OSType }) => owner === 'system' && OSType === 'linux')
    .filter(({ Architecture, buildable }) => Architecture === 'x86_64' && buildable !== false)
    .filter(({ regions, expired, Status }) => {
      if (expired === true || (Status ?? 'Available') !== 'Available') return false
      return regions === undefined || regions.includes(region)
    })
    .sort(
      (a, b) => Number(b.CreationTime > a.CreationTime) - Number(b.CreationTime < a.CreationTime),
    )
    .at(0)
}
