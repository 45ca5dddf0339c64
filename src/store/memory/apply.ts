import { type Json, viaJson } from '../../core/json.js'
import {
  type Batch,
  type CatalogRow,
  type CatalogWrite,
  type ClockChange,
  type ExecutionRow,
  keptClockChanges,
  type RecordRow,
} from '../../core/ports.js'
import { checkCatalogWrite, checkSetting } from '../input.js'
import { alreadyRunning, contradiction } from '../refusal.js'
import { checkClockChange, checkCounter, checkExecution, checkRecord, checkWork } from '../rows.js'
import type { Sorted } from './sorted.js'
import { Transaction } from './table.js'
import { all, catalogKey, type Tables } from './tables.js'

/**
 * Writes a batch, part after part in the order in which every store does it: executions, records,
 * work (removed, then put), keys, settings, counters, the clock and its changes, catalog, and what is forgotten last.
 * All of it, or nothing when a part is refused.
 */
export function applyBatch(tables: Tables, batch: Batch): void {
  const transaction = new Transaction()
  try {
    for (const { op, row } of batch.executions) writeExecution(tables, transaction, op, row)
    for (const row of batch.records) insertRecord(tables, transaction, row)
    writeWork(tables, transaction, batch.work)
    writeKeys(tables, transaction, batch)
    for (const write of batch.catalog) writeCatalog(tables, transaction, write)
    for (const n of batch.forget) forget(tables, transaction, n)
  } catch (error) {
    transaction.rollback()
    throw error
  }
}

function writeExecution(
  { executions }: Tables,
  transaction: Transaction,
  op: 'insert' | 'update',
  row: ExecutionRow,
): void {
  checkExecution(row)
  const { n, id, singletonKey, outcome } = row
  const stored = executions.rows.get(n)
  if (op === 'update' && !stored) throw contradiction(`execution ${n} does not exist`)
  if (singletonKey !== null && outcome === null) {
    const winner = other(executions.liveByKey.group(singletonKey), n)
    if (winner) throw alreadyRunning(singletonKey, winner.id)
  }
  if (op === 'insert' && stored) throw contradiction(`execution ${n} exists`)
  const namesake = other(executions.byId.group(id), n)
  if (namesake) throw contradiction(`an execution with the id ${id} exists`)
  transaction.write(executions.rows, n, Object.freeze({ ...row }))
}

function other(rows: Sorted<ExecutionRow>, n: number): ExecutionRow | undefined {
  for (const row of rows.ascending()) if (row.n !== n) return row
  return undefined
}

function insertRecord(tables: Tables, transaction: Transaction, row: RecordRow): void {
  checkRecord(row)
  mustExist(tables, row.execution, `record ${row.n}`)
  const { rows, byExecution } = tables.records
  if (rows.get(row.n)) throw contradiction(`record ${row.n} exists`)
  const seqOf = (seq: number): RecordRow | undefined => {
    const found = byExecution
      .group(row.execution)
      .ascending((other) => other.seq >= seq)
      .next()
    return found.value?.seq === seq ? found.value : undefined
  }
  if (seqOf(row.seq)) throw contradiction(`execution ${row.execution} has a record ${row.seq}`)
  const before = seqOf(row.seq - 1)
  if (row.seq > 1 && (before === undefined || before.at > row.at)) {
    throw contradiction(`record ${row.n} does not follow the one before it in seq and time`)
  }
  const { n, execution, seq, at, kind, body } = row
  transaction.write(rows, n, Object.freeze({ n, execution, seq, at, kind, body }))
}

function writeWork(tables: Tables, transaction: Transaction, work: Batch['work']): void {
  for (const n of work.remove) transaction.write(tables.work.rows, n, undefined)
  for (const row of work.put) {
    checkWork(row)
    mustExist(tables, row.execution, `work ${row.n}`)
    transaction.write(tables.work.rows, row.n, Object.freeze({ ...row }))
  }
}

function writeKeys(tables: Tables, transaction: Transaction, batch: Batch): void {
  for (const row of batch.idempotency) {
    mustExist(tables, row.execution, `the idempotency key ${row.key}`)
    if (tables.idempotency.rows.get(row.key)) {
      throw contradiction(`the idempotency key ${row.key} exists`)
    }
    transaction.write(tables.idempotency.rows, row.key, Object.freeze({ ...row }))
  }
  for (const [key, value] of Object.entries(batch.settings)) {
    checkSetting(key)
    transaction.write(tables.settings, key, value)
  }
  for (const [name, n] of Object.entries(batch.counters)) {
    checkCounter(name, n)
    transaction.write(tables.counters, name, n)
  }
  if (batch.clock) transaction.write(tables.clock, 'clock', Object.freeze({ ...batch.clock }))
  for (const change of batch.clockChanges) writeClockChange(tables, transaction, change)
}

function writeClockChange(
  { clockChanges: { rows, all: index } }: Tables,
  transaction: Transaction,
  change: ClockChange,
): void {
  checkClockChange(change)
  transaction.write(rows, change.n, Object.freeze({ ...change }))
  for (const { n } of index.group(all).ascending()) {
    if (n > change.n - keptClockChanges) break
    transaction.write(rows, n, undefined)
  }
}

function writeCatalog({ catalog }: Tables, transaction: Transaction, write: CatalogWrite): void {
  checkCatalogWrite(write)
  const { op, kind, key } = write
  const stored = catalog.rows.get(catalogKey(kind, key))
  if (op === 'delete') {
    transaction.write(catalog.rows, catalogKey(kind, key), undefined)
    return
  }
  if ((op === 'insert') !== (stored === undefined)) {
    throw contradiction(`${kind} ${key} ${op === 'insert' ? 'exists' : 'does not exist'}`)
  }
  const body = viaJson({ ...stored?.body, ...write.body }) as CatalogRow['body']
  freeze(body)
  transaction.write(catalog.rows, catalogKey(kind, key), Object.freeze({ kind, key, body }))
}

/** What is stored is handed out as it is, so nobody may change it. */
function freeze(value: Json): void {
  if (typeof value !== 'object' || value === null) return
  Object.freeze(value)
  for (const entry of Object.values(value)) freeze(entry)
}

function forget(tables: Tables, transaction: Transaction, n: number): void {
  const { executions, records, work, idempotency } = tables
  for (const row of records.byExecution.group(n).toArray()) {
    transaction.write(records.rows, row.n, undefined)
  }
  for (const row of work.byExecution.group(n).toArray()) {
    transaction.write(work.rows, row.n, undefined)
  }
  for (const row of idempotency.byExecution.group(n).toArray()) {
    transaction.write(idempotency.rows, row.key, undefined)
  }
  transaction.write(executions.rows, n, undefined)
}

function mustExist({ executions }: Tables, execution: number, what: string): void {
  if (executions.rows.get(execution)) return
  throw contradiction(`${what} belongs to execution ${execution}, which does not exist`)
}
