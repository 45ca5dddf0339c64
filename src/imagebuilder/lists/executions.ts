import { type ExecutionStatus, executionStatuses } from '../../../machines/status.js'
import { didYouMean } from '../../core/nearest.js'
import type { Transaction } from '../../engine/transaction.js'
import { EcsError } from '../errors.js'
import { findExecution, type TemplateExecution } from '../find-execution.js'
import { hasTags, type TagFilter } from '../labels/filter.js'
import { labelsOf } from '../labels/labels.js'
import { type Caller, templateOf } from '../templates.js'
import type { Page, PageRequest } from './page.js'

/** Which executions: a template's, or those of some ids, or both; and what must hold besides. */
export interface ExecutionFilter {
  readonly templateId?: string | undefined
  readonly ids?: readonly string[] | undefined
  readonly statuses?: readonly ExecutionStatus[] | undefined
  readonly tags?: readonly TagFilter[] | undefined
}

/**
 * Executions, newest first. Ids that the account does not have in the region are passed over.
 *
 * @throws EcsError 404 InvalidImagePipeline.NotFound for a template that is not there
 */
export function listExecutions(
  tx: Transaction,
  filter: ExecutionFilter,
  place: Caller & { readonly region: string },
  { cursor, size }: PageRequest,
): Page<TemplateExecution> {
  const all = candidates(tx, filter, place)
  const matching = all.filter((execution) => matches(tx, execution, filter, place.region))
  // The page goes on by place among all: what the cursor stands on may have changed its status.
  const places = new Map(all.map(({ id }, index) => [id as string, index]))
  const after = cursor === null ? -1 : (places.get(cursor) ?? all.length)
  const rest = matching.filter(({ id }) => (places.get(id) ?? 0) > after)
  const rows = rest.slice(0, size)
  return {
    rows,
    total: matching.length,
    next: rest.length > rows.length ? (rows.at(-1)?.id ?? null) : null,
  }
}

function candidates(
  tx: Transaction,
  { templateId, ids }: ExecutionFilter,
  place: Caller & { readonly region: string },
): readonly TemplateExecution[] {
  if (templateId !== undefined) templateOf(tx, templateId, place)
  if (ids !== undefined) {
    return [...new Set(ids)]
      .flatMap((id) => findExecution(tx, id, place) ?? [])
      .filter(({ context }) => templateId === undefined || context.templateId === templateId)
      .sort((a, b) => b.startedAt - a.startedAt || Number(a.id > b.id) - Number(a.id < b.id))
  }
  if (templateId === undefined) return []
  const limit = Number.MAX_SAFE_INTEGER
  return tx.executions({ singletonKey: templateId, limit }) as readonly TemplateExecution[]
}

function matches(
  tx: Transaction,
  { id, status }: TemplateExecution,
  { statuses, tags }: ExecutionFilter,
  region: string,
): boolean {
  if (statuses !== undefined && !statuses.some((each) => each === status)) return false
  if (tags === undefined) return true
  return hasTags(labelsOf(tx, { type: 'imagepipelineexecution', id, region }), tags)
}

/**
 * The statuses of a list such as `BUILDING,DISTRIBUTING`; undefined, which is all, for an empty one.
 *
 * @throws EcsError 400 InvalidParameter.Status
 */
export function statusesOf(text: string | undefined): readonly ExecutionStatus[] | undefined {
  const words = wordsOf(text)
  for (const word of words) {
    if (executionStatuses.some((status) => status === word)) continue
    const hint = didYouMean(word, executionStatuses)
    const message =
      `The specified Status "${word.slice(0, 48)}" is not valid. ` +
      `Legal: ${executionStatuses.join(', ')}.${hint}`
    throw new EcsError(400, 'InvalidParameter.Status', message, { Status: word })
  }
  return words.length === 0 ? undefined : (words as readonly ExecutionStatus[])
}

/** How many ids one request may name, as in the service's other lists. */
const mostIds = 20

/**
 * The ids of a comma-separated list.
 *
 * @throws EcsError 400 InvalidExecutionId.SizeExceeded
 */
export function executionIdsOf(text: string | undefined): readonly string[] | undefined {
  const ids = wordsOf(text)
  if (ids.length > mostIds) {
    const message = `ExecutionId list exceeds maximum size of ${mostIds}. Current size is ${ids.length}.`
    throw new EcsError(400, 'InvalidExecutionId.SizeExceeded', message)
  }
  return ids.length === 0 ? undefined : ids
}

function wordsOf(text = ''): readonly string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}
