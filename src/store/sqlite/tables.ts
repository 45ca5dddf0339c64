import type { Database } from 'better-sqlite3'
import type { Batch } from '../../core/ports.js'
import { catalogTable } from './catalog.js'
import { clockChangeTable } from './clock-changes.js'
import { executionTable } from './executions.js'
import { idempotencyTable, recordTable } from './records.js'
import { counterTable, settingTable } from './settings.js'
import { workTable } from './work.js'

export type Tables = ReturnType<typeof openTables>

/** Every table of a database with its statements prepared. */
export function openTables(db: Database) {
  return {
    executions: executionTable(db),
    records: recordTable(db),
    work: workTable(db),
    idempotency: idempotencyTable(db),
    catalog: catalogTable(db),
    settings: settingTable(db),
    counters: counterTable(db),
    clockChanges: clockChangeTable(db),
  }
}

/**
 * Writes a batch, part after part in the order in which every store does it. When a part is refused
 * the earlier ones stand until the caller rolls back.
 */
export function applyBatch(tables: Tables, batch: Batch): void {
  const { executions, records, work, idempotency, catalog, settings, counters, clockChanges } =
    tables
  for (const { op, row } of batch.executions) executions.write(op, row)
  for (const row of batch.records) records.insert(row)
  work.write(batch.work)
  for (const row of batch.idempotency) idempotency.insert(row)
  // Plain objects: what is found in them is theirs.
  for (const key in batch.settings) settings.set(key, batch.settings[key] as string)
  for (const name in batch.counters) counters.set(name, batch.counters[name] as number)
  if (batch.clock) settings.setClock(batch.clock)
  for (const change of batch.clockChanges) clockChanges.put(change)
  for (const write of batch.catalog) catalog.write(write)
  for (const n of batch.forget) executions.forget(n)
  if (batch.forget.length > 0) records.forgetEnds()
}
