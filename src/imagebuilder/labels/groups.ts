import { EcsError } from '../errors.js'
import { findResourceGroup, isDefaultGroup } from '../world/find.js'
import type { World } from '../world/types.js'

/**
 * A group that a new resource names; none is the default one.
 *
 * @throws EcsError 404 InvalidResourceGroup.NotFound
 */
export function checkResourceGroup(
  { world, account }: { readonly world: World; readonly account: string },
  id: string | undefined,
): void {
  if (id === undefined || findResourceGroup(world, id, account)) return
  throw new EcsError(
    404,
    'InvalidResourceGroup.NotFound',
    'The ResourceGroup provided does not exist in our records.',
    { ResourceGroupId: id },
  )
}

/** Whether a resource is in the group that is asked for; what names none is in the default one. */
export function isInGroup(
  group: string,
  asked: string | undefined,
  { world, account }: { readonly world: World; readonly account: string },
): boolean {
  if (asked === undefined || group === asked) return true
  return group === '' && isDefaultGroup(world, asked, account)
}
