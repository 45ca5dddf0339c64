/** Every code that the engine refuses with. */
export type ErrorCode =
  | 'ALREADY_RUNNING'
  | 'IDEMPOTENCY_MISMATCH'
  | 'INVALID_INPUT'
  | 'NOT_DURABLE'
  | 'NOT_FOUND'
  | 'NOT_LIVE'
  | 'EVENT_REFUSED'
  | 'STEP_FAILED'
  | 'STUCK'
  | 'NOT_STUCK'
  | 'UNKNOWN_MACHINE'
  | 'OVERLOADED'
  | 'CLOSED'
  | 'CLOCK'
  | 'STORE'
  | 'CORRUPT'
  | 'TIMEOUT'

/**
 * What the engine refuses with: a code for programs, a sentence for people, and the ids it speaks of
 * as fields. Nothing was written when one is thrown.
 */
export class BakelineError extends Error {
  override readonly name = 'BakelineError'
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, string>>

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.code = code
    this.details = details
  }
}
