import type { Reader } from '../../core/ports.js'
import { isSqlite } from './errors.js'
import type { Tables } from './tables.js'

/** Answers from the tables, in whatever transaction is open. */
export function createReader(tables: Tables, generation: () => number): Reader {
  const { executions, records, work, idempotency, catalog, settings, counters, clockChanges } =
    tables
  return {
    generation,
    clock: settings.clock,
    clockChanges: clockChanges.find,
    newestClockChange: clockChanges.newest,
    setting: settings.get,
    counter: counters.get,
    executionById: executions.byId,
    execution: executions.byN,
    live: executions.live,
    executions: executions.find,
    executionCount: executions.count,
    idempotency: idempotency.get,
    records: records.ofExecution,
    stream: records.stream,
    workOf: work.ofExecution,
    due: work.due,
    slots: work.slots,
    waiting: work.waiting,
    catalogGet: catalog.get,
    catalogFind: catalog.find,
  }
}

type Ask = (...parameters: never[]) => unknown

/**
 * A reader that tells when SQLite itself failed, and throws what `onTrouble` makes of it. What the
 * question is refused for passes through.
 */
export function watchedReader(reader: Reader, onTrouble: (error: unknown) => unknown): Reader {
  const watch =
    (ask: Ask): Ask =>
    (...parameters) => {
      try {
        return ask(...parameters)
      } catch (error) {
        throw isSqlite(error) ? onTrouble(error) : error
      }
    }
  const questions = Object.entries<Ask>({ ...reader })
  return Object.fromEntries(questions.map(([name, ask]) => [name, watch(ask)])) as unknown as Reader
}
