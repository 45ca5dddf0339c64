import type { CatalogRow, CatalogWrite } from '../core/ports.js'
import type { Json } from '../core/json.js'
import type { ComponentParameter } from './content/model.js'
import type { TemplateParameters } from './parameters/create-template.js'

/** The rows that the Image Builder keeps in the catalog. Times are UTC text, to the second. */
export interface Rows {
  readonly template: Template
  readonly component: Component
  readonly image: Image
  readonly share: Share
  /** The answer that a ClientToken got. */
  readonly token: { readonly Request: string; readonly Answer: string }
  /** Who holds an image name of an account in a region: an execution. */
  readonly imageName: { readonly ExecutionId: string }
  /** A template names a component: it may not be deleted meanwhile. */
  readonly reference: { readonly ImageComponentId: string; readonly ImagePipelineId: string }
  /** What was given with the start of an execution and is not its machine's business. */
  readonly executionTags: { readonly Tag: readonly Tag[] }
}

export interface Tag {
  readonly Key: string
  readonly Value: string
}

interface Owned {
  readonly Region: string
  readonly Account: string
  readonly CreationTime: string
}

export interface Template extends Owned {
  readonly ImagePipelineId: string
  readonly Name: string
  /** Whether the base image was the account's own when the template was made. */
  readonly BaseImageIsOwn: boolean
  readonly Parameters: TemplateParameters
}

export interface Component extends Owned {
  readonly ImageComponentId: string
  readonly Name: string
  readonly ComponentVersion: string
  readonly ComponentType: 'Build' | 'Test'
  readonly SystemType: 'Linux' | 'Windows'
  readonly Content: string
  readonly Parameters: readonly ComponentParameter[]
  readonly Description: string
  readonly Tag: readonly Tag[]
}

export type ImageStatus = 'Creating' | 'Available' | 'CreateFailed'

export interface Image extends Owned {
  readonly ImageId: string
  readonly ImageName: string
  /** '' when it belongs to no family. */
  readonly ImageFamily: string
  readonly Status: ImageStatus
  readonly ExecutionId: string
  readonly ImagePipelineId: string
  /** The image that it is a copy of; '' for a built one. */
  readonly SourceImageId: string
  readonly OSType: 'linux' | 'windows'
}

export interface Share {
  readonly ImageId: string
  readonly Region: string
  readonly Account: string
  readonly SharedTime: string
}

export type Kind = keyof Rows

/** What a row is read from: a transaction or a reader. */
export interface Catalog {
  catalogGet(kind: string, key: string): CatalogRow | undefined
  catalogFind(query: {
    readonly kind: string
    readonly where?: Readonly<Record<string, string | number | boolean>>
    readonly after?: string
    readonly limit?: number
  }): readonly CatalogRow[]
}

export function getRow<K extends Kind>(from: Catalog, kind: K, key: string): Rows[K] | undefined {
  return from.catalogGet(kind, key)?.body as Rows[K] | undefined
}

/** Every row of a kind whose fields have these values, by key. */
export function findRows<K extends Kind>(
  from: Catalog,
  kind: K,
  where: Partial<Record<keyof Rows[K] & string, string | number | boolean>>,
  limit?: number,
): Rows[K][] {
  const page = limit === undefined ? {} : { limit }
  const query = { kind, where: where as Record<string, string | number | boolean>, ...page }
  return from.catalogFind(query).map(({ body }) => body as unknown as Rows[K])
}

export function insertRow<K extends Kind>(kind: K, key: string, row: Rows[K]): CatalogWrite {
  return { op: 'insert', kind, key, body: row as unknown as { [field: string]: Json } }
}

export function patchRow<K extends Kind>(
  kind: K,
  key: string,
  change: Partial<Rows[K]>,
): CatalogWrite {
  return { op: 'patch', kind, key, body: change as unknown as { [field: string]: Json } }
}

export function deleteRow(kind: Kind, key: string): CatalogWrite {
  return { op: 'delete', kind, key }
}

/** A time as the service writes it: `2026-01-05T02:00:00Z`. */
export function timeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}
