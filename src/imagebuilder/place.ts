import type { Catalog } from './rows.js'
import type { World } from './world/types.js'

/** Where a name is looked up, and for whom. */
export interface Place {
  readonly world: World
  readonly catalog: Catalog
  readonly region: string
  readonly account: string
}
