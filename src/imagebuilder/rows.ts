import type { CatalogRow, CatalogWrite } from '../core/ports.js'
import type { Json } from '../core/json.js'
import type { ComponentParameter } from './content/model.js'
import type { TemplateParameters } from './parameters/create-template.js'
import type { BootMode } from './world/types.js'

/** The rows that the Image Builder keeps in the catalog. Times are UTC text, to the second. */
export interface Rows {
  readonly template: Template
  readonly component: Component
  readonly image: Image
  readonly share: Share
  /**
   * What the images of an execution are like, by its id, where its template does not say the same:
   * known at its start, and for all of them. What any image of the system is like may be left out.
   */
  readonly imageTraits: Partial<ImageTraits>
  /** What calls changed of an image of the world, by `<region>/<ImageId>`. */
  readonly imageChange: ImageChange
  /** The answer that a ClientToken got. */
  readonly token: { readonly Request: string; readonly Answer: string }
  /** Who holds an image name of an account in a region: an execution. */
  readonly imageName: { readonly ExecutionId: string }
  /** A template names a component: it may not be deleted meanwhile. */
  readonly reference: { readonly ImageComponentId: string; readonly ImagePipelineId: string }
  /** The labels of an execution, by its id: they are not its machine's business. */
  readonly executionTags: StoredLabels
  /** The labels of an account's component of the world, by `<region>/<ImageComponentId>`. */
  readonly componentLabels: StoredLabels
}

/** Tags and resource group as a row has them: what says nothing is left out. */
export interface StoredLabels {
  readonly Tag?: readonly Tag[]
  /** Absent or '': the default group. */
  readonly ResourceGroupId?: string
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
  /**
   * What its images are like, as its base image was when the template was made: of those of an
   * execution that has no `imageTraits` of its own. Absent: like any image of the system.
   */
  readonly ImageTraits?: Partial<ImageTraits>
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
  /** Absent or '': the default group. */
  readonly ResourceGroupId?: string
}

export type ImageStatus = 'Creating' | 'Available' | 'CreateFailed'

/** What an image is like, beside its name, its place and its owner. */
export interface ImageTraits {
  readonly Description: string
  readonly ImageVersion: string
  readonly Architecture: 'x86_64' | 'arm64' | 'i386'
  readonly Platform: string
  readonly OSName: string
  /** Of the system disk, in GiB. */
  readonly Size: number
  readonly BootMode: BootMode
  /** '' or BYOL. */
  readonly LicenseType: string
  readonly NvmeSupport: 'supported' | 'unsupported'
  readonly ImdsSupport: 'v1' | 'v2'
  readonly SecureBootSupport: string
  readonly Encrypted: boolean
  /** Whether it was checked when it was made. */
  readonly Detected: boolean
  readonly DataDisks: readonly DataDisk[]
  /** '' for the default group. */
  readonly ResourceGroupId: string
  readonly Tag: readonly Tag[]
}

export interface DataDisk {
  readonly Device: string
  /** GiB. */
  readonly Size: number
  /** '' for an empty disk. */
  readonly SnapshotId: string
}

/** What a call may change of an image that is there. */
export interface ImageEdit extends Partial<ImageTraits> {
  readonly ImageName?: string
  readonly ImageFamily?: string
  /** True: out of its family's line, not to be copied or shared any more. */
  readonly Deprecated?: boolean
  /** True: a community image, which everybody may use. */
  readonly IsPublic?: boolean
}

export interface ImageChange {
  readonly ImageId: string
  readonly Region: string
  readonly Gone: boolean
  readonly Edit: ImageEdit
  /** Whom it is shared with; null: as the world says. */
  readonly Shares: readonly Pick<Share, 'Account' | 'SharedTime'>[] | null
}

/** An image made here; of what an execution made, only changed traits stand in its row. */
export interface Image extends Owned, Omit<ImageEdit, 'ImageName' | 'ImageFamily'> {
  readonly ImageId: string
  readonly ImageName: string
  /** '' when it belongs to no family. */
  readonly ImageFamily: string
  readonly Status: ImageStatus
  /** The execution that makes it: of a template, or of the machine for single images. */
  readonly ExecutionId: string
  /** '' for an image that a call made. */
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
