import { type Catalog, findRows } from './rows.js'
import type { World } from './world/types.js'

/** A name that components share, as an account sees it in a region. */
export interface ComponentName {
  readonly world: World
  readonly region: string
  readonly account: string
  readonly name: string
}

/** One version of a component. */
export interface ComponentVersion {
  readonly version: string
  readonly id: string
}

/** The versions of a name that the account has, those of the world among them. */
export function ownVersions(of: ComponentName, catalog: Catalog): readonly ComponentVersion[] {
  const { region, account, name } = of
  const made = findRows(catalog, 'component', { Region: region, Account: account, Name: name }).map(
    ({ ComponentVersion, ImageComponentId }) => ({
      version: ComponentVersion,
      id: ImageComponentId,
    }),
  )
  return [...made, ...worldVersions(of, account)]
}

/** The versions of a name that the service has. */
export function systemVersions(of: ComponentName): readonly ComponentVersion[] {
  return worldVersions(of, 'ALIYUN')
}

function worldVersions(
  { world, region, name }: ComponentName,
  wanted: string,
): readonly ComponentVersion[] {
  return world.components
    .filter(({ owner, Name, regions }) => {
      return owner === wanted && Name === name && (regions?.includes(region) ?? true)
    })
    .map(({ ComponentVersion, ImageComponentId }) => ({
      version: ComponentVersion,
      id: ImageComponentId,
    }))
}
