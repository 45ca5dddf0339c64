import { BakelineError } from '../core/errors.js'
import { EcsError } from '../imagebuilder/errors.js'
import { internalError, throttledUser, unavailable } from './wire/errors.js'

/** When to come again after an overload, in milliseconds. */
const pauseMs = 1_000

/**
 * What a caller is told of an error. The service's own errors go out as they are, an overload as
 * throttling, a file that cannot be written as a temporary failure; everything else is a fault of ours,
 * of which the answer says nothing.
 */
export function told(error: unknown): { readonly error: EcsError; readonly ours: boolean } {
  if (error instanceof EcsError) return { error, ours: false }
  if (!(error instanceof BakelineError)) return { error: internalError(), ours: true }
  switch (error.code) {
    case 'OVERLOADED':
      return { error: throttledUser(pauseMs), ours: false }
    case 'STORE':
    case 'CLOSED':
      return { error: unavailable(), ours: true }
    case 'STUCK':
      return { error: stuck(error.message), ours: false }
    default:
      return { error: internalError(), ours: true }
  }
}

/** No status of the service says that an execution waits for somebody to mend its machine. */
function stuck(message: string): EcsError {
  return new EcsError(403, 'InvalidStatus.ImagePipelineExecution', message)
}
