/**
 * An answer of the service that is not a success: HTTP status, the service's own code (misspellings
 * kept) and a message for people. Thrown by everything under `imagebuilder/`; the gateway writes it
 * on the wire and the command line prints it.
 */
export class EcsError extends Error {
  override readonly name = 'EcsError'
  readonly status: number
  readonly code: string
  /** Ids and values that the message speaks of, for programs: `{ ExecutionId: 'exec-…' }`. */
  readonly details: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: string,
    message: string,
    details: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
}
