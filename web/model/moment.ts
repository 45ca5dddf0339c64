import type { Json } from './changes.js'
import type { Document } from './document.js'
import type { RecordData, StepData } from './history.js'

/** What the whole view shows: now, or how it was after some record. */
export interface Moment {
  /** Its place among the records; -1 before there are any. */
  readonly index: number
  readonly seq: number
  /** The time that is shown: the clock's, or that of the record. */
  readonly at: number
  /** Whether it follows what happens. */
  readonly live: boolean
  /** Whether it is a time between two records, not that of one. */
  readonly between: boolean
  readonly record: RecordData | undefined
  /** The step that led to the state. */
  readonly step: StepData | undefined
  readonly value: Json
  readonly status: string
}

/**
 * @param asked the number of a record; null for now
 * @param now the time of the service, which an execution that ended does not follow
 * @param time between that record and the next; null for the record's own
 */
export function momentOf(
  document: Document,
  asked: number | null,
  now: number,
  time: number | null = null,
): Moment {
  const { history, data } = document
  const { records } = history
  const last = records.length - 1
  const found = asked === null ? last : Math.min(last, Math.max(0, asked - 1))
  const between = asked !== null && time !== null
  const live = asked === null || (found === last && !between)
  const record = records[found]
  const step = history.stepAt(found)
  const end = data?.execution.endedAt ?? null
  const own = live ? (end ?? Math.max(now, record?.at ?? 0)) : (record?.at ?? now)
  const at = between ? Math.max(own, Math.min(time, records[found + 1]?.at ?? end ?? now)) : own
  const status = (live ? data?.execution.status : statusAt(history.records, found)) ?? ''
  return {
    index: found,
    seq: record?.seq ?? 0,
    at,
    live,
    between,
    record,
    step,
    value: step?.body.value ?? null,
    status,
  }
}

function statusAt(records: readonly RecordData[], index: number): string {
  for (let at = index; at >= 0; at--) {
    const record = records[at]
    if (record?.kind !== 'attempt' && record?.status !== undefined) return record.status
  }
  return ''
}
