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
    batch.clockChanges.length === 0 &&
    batch.forget.length === 0 &&
    hasNothing(batch.settings) &&
    hasNothing(batch.counters)
  )
}

function hasNothing(fields: object): boolean {
  for (const _ in fields) return false
  return true
}

/** The time of the latest record; -1 when there is none. */
export function latestOf(records: Batch['records']): number {
  let latest = -1
  for (const { at } of records) if (at > latest) latest = at
  return latest
}

/**
 * The earliest instant of the file's clock at which what a batch wrote falls due; infinite when nothing
 * does, and long past when it says anything of the clock itself or of a real task.
 */
export function soonestOf({ clock, work: { put } }: Batch): number {
  if (clock !== null) return Number.NEGATIVE_INFINITY
  let soonest = Number.POSITIVE_INFINITY
  for (const { axis, due } of put) {
    if (axis === 'wall') return Number.NEGATIVE_INFINITY
    if (due !== null && due < soonest) soonest = due
  }
  return soonest
}

/**
 * Until when nothing happens by itself to what a batch has work of: the earliest instant of the file's
 * clock at which any of that is due. Long past when there is none, or some waits for anything else.
 */
export function restsUntil({ work: { put } }: Batch): number {
  if (put.length === 0) return Number.NEGATIVE_INFINITY
  let until = Number.POSITIVE_INFINITY
  for (const { axis, due, parked } of put) {
    if (axis === 'wall' || due === null || parked) return Number.NEGATIVE_INFINITY
    if (due < until) until = due
  }
  return until
}
