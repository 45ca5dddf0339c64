import type { Batch } from '../core/ports.js'

/** Whether a batch would write nothing. */
export function isEmpty(batch: Batch): boolean {
  return (
    batch.executions.length === 0 &&
    batch.records.length === 0 &&
    batch.work.put.length === 0 &&
    batch.work.remove.length === 0 &&
    batch.catalog.length === 0 &&
    batch.idempotency.length === 0 &&
    batch.clock === null &&
    batch.forget.length === 0 &&
    Object.keys(batch.settings).length === 0 &&
    Object.keys(batch.counters).length === 0
  )
}
