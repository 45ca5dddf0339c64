import { refuse } from '../imagebuilder/images/faults.js'
import { fault } from '../imagebuilder/parameters/fault.js'
import { findRegion } from '../imagebuilder/world/find.js'
import type { World } from '../imagebuilder/world/types.js'

/** What the operations on tasks refuse with; 400 for a region is no slip. */

export const noTaskRegion = fault(
  'InvalidRegionId.NotFound',
  'The specified RegionId does not exist.',
)

export const noTask = fault('InvalidTaskId.NotFound', 'The specified "TaskId" is not found.')

/** @throws EcsError 400 InvalidRegionId.NotFound */
export function checkTaskRegion(world: World, RegionId: string): void {
  if (!findRegion(world, RegionId)) throw refuse(noTaskRegion, { RegionId })
}
