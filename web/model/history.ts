import { applied, type Change, type Json } from './changes.js'

/** What a step asked the outside to do. */
export interface EffectData {
  readonly kind:
    | 'startTask'
    | 'stopTask'
    | 'setTimer'
    | 'cancelTimer'
    | 'emit'
    | 'action'
    | 'complete'
  readonly id?: string | null
  readonly src?: string
  readonly input?: Json
  readonly delay?: number
  readonly event?: { readonly type: string; readonly [key: string]: Json }
  readonly type?: string
  readonly outcome?: string
}

export interface TaskFault {
  readonly name?: string
  readonly code?: string
  readonly message: string
}

interface RecordBase {
  readonly n: number
  readonly seq: number
  readonly at: number
}

export interface StepData extends RecordBase {
  readonly kind: 'step'
  readonly body: {
    readonly event: { readonly type: string; readonly [key: string]: Json }
    readonly value: Json
    /** Since when the real function ran whose end the step is. */
    readonly since?: number
  }
  /** Absent where the machine is not in the server's process. */
  readonly status?: string
  readonly effects?: readonly EffectData[]
  readonly changes?: readonly Change[]
}

export interface AttemptData extends RecordBase {
  readonly kind: 'attempt'
  readonly body: {
    readonly task: string
    readonly attempt: number
    readonly phase: 'started' | 'slot' | 'failed' | 'lost'
    /** Since when a real function ran. */
    readonly since?: number
    readonly error?: TaskFault
    readonly retryAt?: number
  }
}

export interface MigrationData extends RecordBase {
  readonly kind: 'migration'
  readonly body: { readonly from: string; readonly to: string }
  readonly status?: string
  readonly changes?: readonly Change[]
}

/** A record of a history, unfolded. */
export type RecordData = StepData | AttemptData | MigrationData

/** Contexts are kept for every so many records, and folded forward from there. */
const keepEvery = 64

/**
 * The records of one execution and what each led to. The context at any step is at most 64 changes
 * away, so that a scrubber may ask for another at every frame.
 */
export class History {
  readonly records: readonly RecordData[]
  readonly #kept: readonly Json[]
  /** The last that was asked for: every part of a view asks for the same. */
  #last: { readonly index: number; readonly context: Json } | null = null

  constructor(records: readonly RecordData[], before?: History) {
    this.records = records
    const kept: Json[] = before === undefined ? [null] : [...before.#kept]
    for (
      let at = (kept.length - 1) * keepEvery;
      at + keepEvery <= records.length;
      at += keepEvery
    ) {
      kept.push(this.#folded(kept.at(-1) ?? null, at, at + keepEvery))
    }
    this.#kept = kept
  }

  /** With records that came since. */
  with(more: readonly RecordData[]): History {
    const last = this.records.at(-1)?.seq ?? 0
    const fresh = more.filter(({ seq }) => seq > last)
    return fresh.length === 0 ? this : new History([...this.records, ...fresh], this)
  }

  /** The context after a record, by its index; null where it is not known. */
  contextAt(index: number): Json {
    if (this.#last?.index === index) return this.#last.context
    const from = Math.floor((index + 1) / keepEvery)
    const context = this.#folded(this.#kept[from] ?? null, from * keepEvery, index + 1)
    this.#last = { index, context }
    return context
  }

  /** The last step at or before an index. */
  stepAt(index: number): StepData | undefined {
    for (let at = Math.min(index, this.records.length - 1); at >= 0; at--) {
      const record = this.records[at]
      if (record?.kind === 'step') return record
    }
    return undefined
  }

  /** The index of the newest record at or before a time; -1 before the first. */
  indexAtTime(at: number): number {
    return this.records.findLastIndex((record) => record.at <= at)
  }

  #folded(context: Json, from: number, to: number): Json {
    let folded = context
    for (const record of this.records.slice(from, to)) {
      if (record.kind === 'attempt') continue
      const { changes = [] } = record
      // A migration's changes are from what the machine before it had.
      folded = applied(folded, changes)
    }
    return folded
  }
}
