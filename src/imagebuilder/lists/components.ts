import type { Place } from '../base-image.js'
import { declaredParameters, parseContent } from '../content/content.js'
import type { ComponentParameter } from '../content/model.js'
import { matchesVersion } from '../content/versions.js'
import { EcsError } from '../errors.js'
import { hasTags, type TagFilter } from '../labels/filter.js'
import { isInGroup } from '../labels/groups.js'
import { labelsOf, type Labels, whole } from '../labels/labels.js'
import { type Component, findRows } from '../rows.js'
import type { WorldComponent } from '../world/types.js'
import { newestFirst, type Page, type PageRequest, pageByKey } from './page.js'

/** A component as it is listed: of the account, or of the service. */
export interface ListedComponent
  extends Omit<Component, 'Region' | 'Account' | 'Tag' | 'ResourceGroupId'>,
    Labels {
  readonly Owner: 'SELF' | 'ALIYUN'
}

/** Which components that the account sees in the region: all that is given must hold. */
export interface ComponentFilter {
  readonly ids?: readonly string[] | undefined
  readonly name?: string | undefined
  /** With a name only; `*` stands for any number. */
  readonly version?: string | undefined
  readonly owner?: 'SELF' | 'ALIYUN' | undefined
  readonly componentType?: 'Build' | 'Test' | undefined
  readonly systemType?: 'Linux' | 'Windows' | undefined
  readonly tags?: readonly TagFilter[] | undefined
  readonly group?: string | undefined
}

/** Components, newest first: those of the account and, unless it asks for its own, the service's. */
export function listComponents(
  place: Place,
  filter: ComponentFilter,
  page: PageRequest,
): Page<ListedComponent> {
  const all = [...ownComponents(place, filter.name), ...worldComponents(place)]
  return pageByKey(
    all.filter((component) => matches(component, filter, place)),
    ({ CreationTime, ImageComponentId }) => newestFirst(CreationTime, ImageComponentId),
    page,
  )
}

function matches(component: ListedComponent, filter: ComponentFilter, place: Place): boolean {
  const { ids, name, version, owner, componentType, systemType } = filter
  return (
    (ids?.includes(component.ImageComponentId) ?? true) &&
    (owner === undefined || component.Owner === owner) &&
    (componentType === undefined || component.ComponentType === componentType) &&
    (systemType === undefined || component.SystemType === systemType) &&
    (name === undefined ||
      (component.Name === name &&
        (version === undefined || matchesVersion(version, component.ComponentVersion)))) &&
    hasTags(component, filter.tags) &&
    isInGroup(component.ResourceGroupId, filter.group, place)
  )
}

function ownComponents(place: Place, name: string | undefined): readonly ListedComponent[] {
  const { catalog, region, account } = place
  const where = { Region: region, Account: account }
  const query = name === undefined ? where : { ...where, Name: name }
  return findRows(catalog, 'component', query).map((row) => listed(row, whole(row), 'SELF'))
}

function worldComponents({ catalog, world, region, account }: Place): readonly ListedComponent[] {
  return world.components
    .filter(({ owner, regions }) => {
      return (owner === 'ALIYUN' || owner === account) && (regions?.includes(region) ?? true)
    })
    .map((component) => {
      const id = component.ImageComponentId
      const labels = labelsOf(catalog, { type: 'imagecomponent', id, region })
      const row = { Description: '', ...component, Parameters: parametersOf(component) }
      return listed(row, labels, component.owner === account ? 'SELF' : 'ALIYUN')
    })
}

function listed(
  row: Omit<ListedComponent, 'Owner' | keyof Labels>,
  labels: Labels,
  Owner: ListedComponent['Owner'],
): ListedComponent {
  return {
    ImageComponentId: row.ImageComponentId,
    Name: row.Name,
    Description: row.Description,
    CreationTime: row.CreationTime,
    ComponentVersion: row.ComponentVersion,
    ComponentType: row.ComponentType,
    SystemType: row.SystemType,
    Content: row.Content,
    Parameters: row.Parameters,
    ResourceGroupId: labels.ResourceGroupId,
    Tag: labels.Tag,
    Owner,
  }
}

/** None for content that cannot be read: who lists is not to suffer for the world's mistake. */
function parametersOf({
  Content,
  ComponentType,
  SystemType,
}: Pick<
  WorldComponent,
  'Content' | 'ComponentType' | 'SystemType'
>): readonly ComponentParameter[] {
  const use = { kind: 'component', purpose: ComponentType, systemType: SystemType } as const
  try {
    return declaredParameters(parseContent(Content, use))
  } catch (error) {
    if (error instanceof EcsError) return []
    throw error
  }
}
