import type { Transaction } from '../../engine/transaction.js'
import {
  type Catalog,
  deleteRow,
  getRow,
  insertRow,
  type Kind,
  patchRow,
  type Rows,
  type StoredLabels,
  type Tag,
} from '../rows.js'
import { imageLabels, writeImageLabels } from './images.js'

/** What has tags and a resource group here, by the names of the wire. */
export const resourceTypes = [
  'imagepipeline',
  'imagecomponent',
  'imagepipelineexecution',
  'image',
] as const

export type ResourceType = (typeof resourceTypes)[number]

/** Which resource; an image of the world has the same id in every region. */
export interface ResourceName {
  readonly type: ResourceType
  readonly id: string
  readonly region: string
}

/** What may change of a resource that is otherwise as it was made. */
export interface Labels {
  readonly Tag: readonly Tag[]
  /** '' for the default group. */
  readonly ResourceGroupId: string
}

/** The labels of a resource; none for one that is not there. */
export function labelsOf(from: Catalog, resource: ResourceName): Labels {
  return whole(stored(from, resource))
}

/** Both fields, whatever a row or a request left out. */
export function whole({ Tag = [], ResourceGroupId = '' }: StoredLabels = {}): Labels {
  return { Tag, ResourceGroupId }
}

function stored(from: Catalog, { type, id, region }: ResourceName): StoredLabels | undefined {
  switch (type) {
    case 'imagepipeline':
      return getRow(from, 'template', id)?.Parameters
    case 'imagecomponent':
      return getRow(from, 'component', id) ?? getRow(from, 'componentLabels', `${region}/${id}`)
    case 'imagepipelineexecution':
      return getRow(from, 'executionTags', id)
    case 'image':
      return imageLabels(from, { id, region })
  }
}

type Writer = Pick<Transaction, 'catalogGet' | 'catalogFind' | 'catalogWrite'>

/**
 * Gives a resource other labels. Templates, components and images have them in their own row,
 * executions in one beside the machine, and what the world owns in one of its own.
 */
export function writeLabels(tx: Writer, { type, id, region }: ResourceName, labels: Labels): void {
  switch (type) {
    case 'imagepipeline':
      return writeTemplateLabels(tx, id, labels)
    case 'imagecomponent':
      if (getRow(tx, 'component', id)) {
        return tx.catalogWrite(patchRow('component', id, { ...labels }))
      }
      return replace(tx, 'componentLabels', `${region}/${id}`, labels)
    case 'imagepipelineexecution':
      return replace(tx, 'executionTags', id, labels)
    case 'image':
      return writeImageLabels(tx, { id, region }, labels)
  }
}

function writeTemplateLabels(tx: Writer, id: string, labels: Labels): void {
  const { Tag: _, ResourceGroupId: __, ...rest } = getRow(tx, 'template', id)?.Parameters ?? {}
  const Parameters = { ...rest, ...given(labels) } as Rows['template']['Parameters']
  tx.catalogWrite(patchRow('template', id, { Parameters }))
}

/** Labels for a row: what says nothing is not written. */
function given({ Tag, ResourceGroupId }: Labels): StoredLabels {
  return {
    ...(Tag.length === 0 ? {} : { Tag }),
    ...(ResourceGroupId === '' ? {} : { ResourceGroupId }),
  }
}

/** A whole row in place of what is there, or none for labels that say nothing. */
function replace(
  tx: Writer,
  kind: Kind & ('executionTags' | 'componentLabels'),
  key: string,
  labels: Labels,
): void {
  if (getRow(tx, kind, key)) tx.catalogWrite(deleteRow(kind, key))
  if (Object.keys(given(labels)).length > 0) tx.catalogWrite(insertRow(kind, key, given(labels)))
}
