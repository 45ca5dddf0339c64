import { findRegion } from './find.js'
import { firstZone } from './regions.js'
import type { World } from './types.js'

/** A zone of a region. */
export interface Zone {
  readonly ZoneId: string
  readonly LocalName: string
  readonly RegionId: string
  /** False where the region is sold out. */
  readonly available: boolean
}

/** The zones of a region, in order; none of a region that is not there. */
export function zonesIn(world: World, id: string): readonly Zone[] {
  const region = findRegion(world, id)
  if (region === undefined) return []
  const ofVSwitches = world.vSwitches
    .filter(({ RegionId }) => RegionId === id)
    .map(({ ZoneId }) => ZoneId)
  const named = region.zones ?? (ofVSwitches.length > 0 ? ofVSwitches : [firstZone(id)])
  return [...new Set(named)].sort().map((ZoneId) => ({
    ZoneId,
    LocalName: `${region.LocalName} Zone ${ZoneId.slice(-1).toUpperCase()}`,
    RegionId: id,
    available: region.Status !== 'soldOut',
  }))
}
