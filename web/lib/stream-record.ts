/** A record as the stream of events has it. */
export interface StreamRecord {
  readonly n: number
  readonly execution: string
  readonly machine: string
  readonly key: string | null
  /** The newest of the execution, which may be of a later record. */
  readonly status: string
  readonly outcome: 'done' | 'failed' | 'cancelled' | null
  readonly seq: number
  readonly at: string
  readonly kind: 'step' | 'attempt' | 'migration'
  readonly body: Readonly<Record<string, unknown>>
}
