import { EcsError } from '../../imagebuilder/errors.js'

/** What the gateway itself refuses with, before any operation has seen the request. */

/** A mandatory parameter or header is missing, in the gateway's own words. */
export function missing(name: string, code = 'MissingParameter'): EcsError {
  return new EcsError(
    400,
    code,
    `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
    { Parameter: name },
  )
}

/** A request that cannot be read; `reason` is a whole sentence that names the place. */
export function malformed(reason: string): EcsError {
  return new EcsError(400, 'InvalidParameter', reason)
}

export function tooLarge(what: string, size: number, most: number, unit: string): EcsError {
  const message = `The request's ${what} has ${size} ${unit}, ${most} at most.`
  return new EcsError(413, 'RequestTooLarge', message)
}

export function unsupportedMethod(method: string): EcsError {
  const shown = method.slice(0, 20)
  const message = `The HTTP method ${shown} is not supported. Use GET or POST.`
  return new EcsError(400, 'UnsupportedHTTPMethod', message)
}

/** Neither this path nor this action exists. */
export function noSuchAction(): EcsError {
  return new EcsError(
    404,
    'InvalidAction.NotFound',
    'Specified api is not found, please check your url and method.',
  )
}

export function invalidVersion(): EcsError {
  return new EcsError(400, 'InvalidVersion', 'Specified parameter Version is not valid.')
}

export function unsupportedFormat(): EcsError {
  return new EcsError(400, 'InvalidParameter.Format', 'Specified parameter format is not valid.')
}

/** Too many requests, or too much to do; the answer says when to come again. */
export class Throttled extends EcsError {
  /** Milliseconds; the header x-acs-retry-after of the answer. */
  readonly retryAfter: number | undefined

  constructor(retryAfter?: number) {
    super(400, 'Throttling.User', 'Request was denied due to user flow control.')
    this.retryAfter = retryAfter
  }
}

/** @param retryAfter in milliseconds, where it is known */
export function throttledUser(retryAfter?: number): EcsError {
  return new Throttled(retryAfter)
}

/** The file cannot be written or is being closed: nothing was done, and trying again may help. */
export function unavailable(): EcsError {
  return new EcsError(
    503,
    'ServiceUnavailable',
    'The request has failed due to a temporary failure of the server.',
  )
}

/** What callers see of a fault of ours: nothing but that there was one. */
export function internalError(): EcsError {
  return new EcsError(
    500,
    'InternalError',
    'The request processing has failed due to some unknown error, exception or failure.',
  )
}
