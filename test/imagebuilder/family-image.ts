import { newestOfFamily } from '../../src/imagebuilder/images/family.js'
import type { SeenImage } from '../../src/imagebuilder/images/seen.js'
import type { World } from '../../src/imagebuilder/world/types.js'

/** The image of a family in a world where nothing has been made yet. */
export function familyImage(
  world: World,
  family: string,
  region: string,
  account: string,
): SeenImage | undefined {
  const catalog = { catalogGet: () => undefined, catalogFind: () => [] }
  return newestOfFamily({ world, region, account, catalog }, family)
}
