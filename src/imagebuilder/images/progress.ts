import type { ImageRunContext } from '../../../machines/image.js'
import type { ExecutionContext } from '../../../machines/execution-context.js'
import type { Transaction } from '../../engine/transaction.js'
import type { Execution } from '../../engine/types.js'
import { copiesPerRegion } from '../definition.js'
import { findRows, type Image } from '../rows.js'
import type { SeenImage } from './seen.js'

/** How far an image is, as callers see it. */
export interface Progress {
  readonly Status: SeenImage['Status'] | 'Waiting'
  /** 0 to 100. */
  readonly percent: number
  /** Seconds until it will be done; 0 where nobody can tell. */
  readonly remaining: number
}

type Reads = Pick<Transaction, 'get' | 'catalogGet' | 'catalogFind' | 'nextDue' | 'now'>

/**
 * How far an image is. Nothing of it is stored: it follows from the file's clock, and from the task
 * that makes the image and when that is due.
 */
export function progressOf(tx: Reads, image: SeenImage): Progress {
  const { made, Status } = image
  if (made === null || Status !== 'Creating') {
    return { Status, percent: Status === 'CreateFailed' ? 0 : 100, remaining: 0 }
  }
  const execution = tx.get(made.ExecutionId)
  if (!execution) return { Status, percent: 0, remaining: 0 }
  const due = tx.nextDue(made.ExecutionId)
  if (isWaiting(tx, { made, execution, due }))
    return { Status: 'Waiting', percent: 0, remaining: 0 }
  if (due === null) return { Status, percent: 0, remaining: 0 }
  const begun = begunAt(made, execution)
  const share = due > begun ? (tx.now - begun) / (due - begun) : 1
  return {
    Status,
    // An image has all of itself only when it is available.
    percent: Math.min(99, Math.max(0, Math.floor(share * 100))),
    remaining: Math.max(0, Math.ceil((due - tx.now) / 1_000)),
  }
}

/**
 * When the work on an image began: the last record of its execution, its start or its slot; of one
 * of several copies, its own beginning, as the records of the others come between.
 */
function begunAt(made: Image, execution: Execution): number {
  return outstanding(execution) > 1 ? Date.parse(made.CreationTime) : execution.updatedAt
}

/**
 * Whether a copy waits for a slot: five others of its region have one. An execution with one task
 * has a slot when it has a due time; of those with several, the copies that began first have theirs,
 * as slots are given in that order.
 */
function isWaiting(
  tx: Reads,
  {
    made,
    execution,
    due,
  }: { readonly made: Image; readonly execution: Execution; readonly due: number | null },
): boolean {
  if (made.SourceImageId === '' || (due !== null && outstanding(execution) < 2)) return false
  const { Region, ImageId } = made
  const copies = findRows(tx, 'image', { Region, Status: 'Creating' }).filter(
    (row) => row.SourceImageId !== '' && row.ImageId !== ImageId,
  )
  const ahead = copies.filter((row) => {
    const other = tx.get(row.ExecutionId)
    if (!other) return false
    if (outstanding(other) < 2) return tx.nextDue(row.ExecutionId) !== null
    if (row.CreationTime !== made.CreationTime) return row.CreationTime < made.CreationTime
    return due === null || row.ImageId < ImageId
  })
  return ahead.length >= copiesPerRegion
}

/** How many tasks an execution has at once. */
function outstanding({ context }: Execution): number {
  const { outstanding: ids } = context as Partial<ExecutionContext & ImageRunContext>
  return ids?.length ?? 1
}
