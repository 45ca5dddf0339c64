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
  readonly record: RecordData | undefined
  /** The step that led to the state. */
  readonly step: StepData | undefined
  readonly value: Json
  readonly status: string
}

/**
 * @param asked the number of a record; null for now
 * @param now the time of the service, which an execution that ended does not follow
 */
export function momentOf(document: Document, asked: number | null, now: number): Moment {
  const { history, data } = document
  const { records } = history
  const last = records.length - 1
  const found = asked === null ? last : Math.min(last, Math.max(0, asked - 1))
  const live = asked === null || found === last
  const record = records[found]
  const step = history.stepAt(found)
  const end = data?.execution.endedAt ?? null
  const at = live ? (end ?? Math.max(now, record?.at ?? 0)) : (record?.at ?? now)
  const status = (live ? data?.execution.status : statusAt(history.records, found)) ?? ''
  return {
    index: found,
    seq: record?.seq ?? 0,
    at,
    live,
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
