import { EcsError } from '../errors.js'

/**
 * How the service refuses a value: status, code, and its own text where that is known.
 *
 * In `message`, `{name}` is the parameter as the caller wrote it (`Tag.1.Key`), `{values}` the
 * legal words, `{reason}` our sentence. Left out, the whole message is our sentence.
 */
export interface Fault {
  readonly status: number
  readonly code: string
  readonly message?: string
}

/** What is known about one refusal, to fill a fault's message with. */
export interface Refusal {
  /** The parameter on the wire, with its numbers: `ImageOptions.ImageTags.2.Key`. */
  readonly name: string
  /** What is wrong, the limits and the fix, as one or two sentences. */
  readonly reason: string
  readonly values?: readonly string[]
}

/** Declares a fault; most are HTTP 400. */
export function fault(code: string, message?: string, status = 400): Fault {
  return message === undefined ? { status, code } : { status, code, message }
}

/** A value that has no code of its own in the service's tables. */
export const invalidParameter = fault('InvalidParameter')

/** A parameter that must be there, in the gateway's own words. */
export const missingParameter = fault(
  'MissingParameter',
  'The input parameter "{name}" that is mandatory for processing this request is not supplied.',
)

/** The 404 with which the service reports some missing parameters; the status is not a slip. */
export function missingNotFound(what: string): Fault {
  return fault(`MissingParameter.${what}`, 'The specified parameter {name} is missing.', 404)
}

/**
 * The error to throw for a refusal. `details.Parameter` and `details.Reason` say what happened even
 * where the service's fixed text does not.
 */
export function refusal(fault: Fault, { name, reason, values = [] }: Refusal): EcsError {
  const text: Readonly<Record<string, string>> = { name, reason, values: values.join(', ') }
  const message = (fault.message ?? '{reason}').replace(
    /\{(name|reason|values)\}/g,
    (_, key: string) => text[key] ?? '',
  )
  return new EcsError(fault.status, fault.code, message, { Parameter: name, Reason: reason })
}
