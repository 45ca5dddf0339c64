import type { Place } from './base-image.js'
import { type ComponentVersion, ownVersions, systemVersions } from './component-versions.js'
import { checkComponents, type KnownComponent } from './content/components.js'
import { declaredParameters, parseContent } from './content/content.js'
import type { ComponentReference, Content, Purpose, SystemType } from './content/model.js'
import { latestVersion } from './content/versions.js'
import type { TemplateParameters } from './parameters/create-template.js'
import { getRow } from './rows.js'
import { findComponent } from './world/find.js'
import type { WorldComponent } from './world/types.js'

/**
 * Parses a template's build and test content and resolves the components that it names.
 *
 * @returns the ids of the components, each once
 * @throws EcsError with the codes of the content tables
 */
export function checkContent(
  parameters: Pick<TemplateParameters, 'BuildContent' | 'TestContent'>,
  place: Place,
  systemType: SystemType,
): readonly string[] {
  const { BuildContent = '', TestContent = '' } = parameters
  const used = [
    ...componentsOf(BuildContent, place, { purpose: 'Build', systemType }),
    ...componentsOf(TestContent, place, { purpose: 'Test', systemType }),
  ]
  return used.length === 0 ? [] : [...new Set(used.map(({ id }) => id))]
}

interface Use {
  readonly purpose: Purpose
  readonly systemType: SystemType
}

function componentsOf(text: string, place: Place, use: Use): readonly KnownComponent[] {
  const content = contentOf(text, use)
  if (content.syntax !== 'commands') return []
  const find = (reference: ComponentReference): KnownComponent | undefined =>
    resolve(reference, place)
  return checkComponents(content.components, find, use).map(({ component }) => component)
}

/** So many contents are remembered, of 16 KB at most each. */
const mostContents = 100
const contents = new Map<string, Content>()

/** What was read once reads the same at every start. */
function contentOf(text: string, use: Use): Content {
  const key = `${use.purpose} ${use.systemType} ${text}`
  const known = contents.get(key)
  if (known !== undefined) return known
  const content = parseContent(text, { kind: 'template', ...use })
  if (contents.size >= mostContents) contents.clear()
  contents.set(key, content)
  return content
}

function resolve(reference: ComponentReference, place: Place): KnownComponent | undefined {
  return reference.by === 'id' ? byId(reference.id, place) : byName(reference, place)
}

function byId(id: string, { catalog, world, region, account }: Place): KnownComponent | undefined {
  const own = getRow(catalog, 'component', id)
  if (own && own.Region === region && own.Account === account) {
    return {
      id,
      componentType: own.ComponentType,
      systemType: own.SystemType,
      parameters: own.Parameters,
    }
  }
  const found = findComponent(world, id, region, account)
  return found && ofWorld(found)
}

/**
 * By name and version, `*` standing for any part: the newest that matches. The service's components
 * go by the account `ALIYUN`, and by the caller's own where it has none of that name and version.
 */
function byName(
  { name, version, region, account }: Extract<ComponentReference, { by: 'name' }>,
  place: Place,
): KnownComponent | undefined {
  const system = account.toUpperCase() === 'ALIYUN'
  if (region !== place.region || (!system && account !== place.account)) return undefined
  const of = { ...place, name }
  const own = system ? undefined : newestOf(version, ownVersions(of, place.catalog))
  const id = own ?? newestOf(version, systemVersions(of))
  return id === undefined ? undefined : byId(id, place)
}

function newestOf(pattern: string, known: readonly ComponentVersion[]): string | undefined {
  const newest = latestVersion(
    pattern,
    known.map(({ version }) => version),
  )
  return known.find(({ version }) => version === newest)?.id
}

function ofWorld(component: WorldComponent): KnownComponent {
  const { SystemType, ComponentType, Content } = component
  const use = { kind: 'component', purpose: ComponentType, systemType: SystemType } as const
  return {
    id: component.ImageComponentId,
    componentType: ComponentType,
    systemType: SystemType,
    parameters: declaredParameters(parseContent(Content, use)),
  }
}
