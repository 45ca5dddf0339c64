import type { StreamRecord } from '../lib/stream-record.js'

/** An execution as a line of the table; times in milliseconds since 1970, of the service. */
export interface Row {
  /** The place among all executions; 0 while only the stream has told of it. */
  readonly n: number
  readonly id: string
  readonly machine: string
  readonly key: string | null
  readonly status: string
  readonly outcome: 'done' | 'failed' | 'cancelled' | null
  readonly stuck: boolean
  readonly startedAt: number
  readonly endedAt: number | null
  readonly seq: number
  /** The states that it entered, and when. */
  readonly moves: readonly (readonly [path: string, at: number])[]
  readonly retries: number
  /** How many are there, of how many; null for machines that make none. */
  readonly images: readonly [number, number] | null
}

/** A state value in one word: `create.building`; parallel states as JSON. */
export function pathOf(value: unknown): string {
  if (typeof value === 'string') return value
  const entries = Object.entries((value ?? {}) as Record<string, unknown>)
  const [only] = entries
  if (only === undefined || entries.length > 1) return JSON.stringify(value)
  return `${only[0]}.${pathOf(only[1])}`
}

interface StepBody {
  readonly event: { readonly type: string; readonly input?: { readonly copies?: unknown } }
  readonly value: unknown
}

/** The row after one more record; undefined before the first. */
export function rowAfter(row: Row | undefined, record: StreamRecord): Row {
  const { execution: id, machine, key, status, outcome, seq, kind } = record
  const at = Date.parse(record.at)
  const before = row ?? blank(record, at)
  // What was there when the page was loaded is known already.
  if (row !== undefined && seq <= row.seq) return row
  const endedAt = outcome === null ? null : at
  const facts = { ...before, id, machine, key, status, outcome, seq, endedAt }
  if (kind === 'attempt') {
    const failed = record.body['phase'] === 'failed'
    return { ...facts, retries: before.retries + (failed ? 1 : 0) }
  }
  if (kind === 'migration') return facts
  const { event, value } = record.body as unknown as StepBody
  const path = pathOf(value)
  const moved = before.moves.at(-1)?.[0] !== path
  return {
    ...facts,
    stuck: false,
    moves: moved ? [...before.moves, [path, at]] : before.moves,
    images: imagesAfter(before.images, event),
  }
}

function blank({ machine, execution, key, status }: StreamRecord, at: number): Row {
  const images = machine.startsWith('execution@') ? ([0, 1] as const) : null
  const rest = { outcome: null, stuck: false, startedAt: at, endedAt: null, seq: 0 }
  return { n: 0, id: execution, machine, key, status, ...rest, moves: [], retries: 0, images }
}

function imagesAfter(images: Row['images'], event: StepBody['event']): Row['images'] {
  if (images === null) return null
  const copies = event.type === 'xstate.init' ? event.input?.copies : undefined
  const wanted = Array.isArray(copies) ? copies.length : 0
  const made = /^xstate\.done\.actor\.(?:buildImage$|copy\.)/.test(event.type) ? 1 : 0
  return [images[0] + made, images[1] + wanted]
}
