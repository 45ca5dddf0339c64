import { type ExecutionStatus, executionStatuses } from '../../../machines/status.js'
import { didYouMean } from '../../core/nearest.js'
import type { ExecutionQuery } from '../../core/ports.js'
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
  page: PageRequest,
): Page<TemplateExecution> {
  const { templateId, ids, statuses } = filter
  if (templateId !== undefined) templateOf(tx, templateId, place)
  if (ids !== undefined) return namedPage(tx, filter, place, page)
  if (templateId === undefined) return { rows: [], total: 0, next: null }
  const query = { singletonKey: templateId, ...(statuses === undefined ? {} : { statuses }) }
  if (filter.tags !== undefined) return taggedPage(tx, query, { ...filter, place }, page)
  const after = page.cursor === null ? {} : { after: Number(page.cursor) }
  const found = tx.executions({ ...query, ...after, limit: page.size + 1 })
  const rows = found.slice(0, page.size) as readonly TemplateExecution[]
  return { rows, total: tx.executionCount(query), next: nextOf(tx, rows, found.length > page.size) }
}

/** The page goes on by number: what the cursor stands on may have changed its status, or be gone. */
function nextOf(tx: Transaction, rows: readonly TemplateExecution[], more: boolean): string | null {
  const last = rows.at(-1)
  return more && last ? String(tx.numberOf(last.id)) : null
}

/** Of the executions that are named, of which there are twenty at most. */
function namedPage(
  tx: Transaction,
  filter: ExecutionFilter,
  place: Caller & { readonly region: string },
  { cursor, size }: PageRequest,
): Page<TemplateExecution> {
  const { templateId, ids } = filter
  const matching = [...new Set(ids)]
    .flatMap((id) => findExecution(tx, id, place) ?? [])
    .filter(({ context }) => templateId === undefined || context.templateId === templateId)
    .map((execution) => ({ execution, n: tx.numberOf(execution.id) ?? 0 }))
    .filter(({ execution }) => matches(tx, execution, filter, place.region))
    .sort((a, b) => b.n - a.n)
  const rest = matching.filter(({ n }) => cursor === null || n < Number(cursor))
  const rows = rest.slice(0, size).map(({ execution }) => execution)
  return { rows, total: matching.length, next: nextOf(tx, rows, rest.length > size) }
}

/** How many executions of a template are looked at in one go for their tags. */
const pageOfCandidates = 500

/** Tags are not indexed: all executions of the template are looked at, a page at a time. */
function taggedPage(
  tx: Transaction,
  query: Omit<ExecutionQuery, 'limit'>,
  filter: ExecutionFilter & { readonly place: { readonly region: string } },
  { cursor, size }: PageRequest,
): Page<TemplateExecution> {
  const rows: TemplateExecution[] = []
  let [total, more] = [0, false]
  let after: number | undefined
  for (;;) {
    const next = after === undefined ? {} : { after }
    const found = tx.executions({ ...query, ...next, limit: pageOfCandidates })
    for (const execution of found as readonly TemplateExecution[]) {
      if (!matches(tx, execution, filter, filter.place.region)) continue
      total++
      if (cursor !== null && (tx.numberOf(execution.id) ?? 0) >= Number(cursor)) continue
      if (rows.length < size) rows.push(execution)
      else more = true
    }
    const last = found.at(-1)
    if (!last || found.length < pageOfCandidates) break
    after = tx.numberOf(last.id)
  }
  return { rows, total, next: nextOf(tx, rows, more) }
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
