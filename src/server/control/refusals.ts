import { BakelineError, type ErrorCode } from '../../core/errors.js'
import { EcsError } from '../../imagebuilder/errors.js'
import { WorldError } from '../../imagebuilder/world/parse.js'
import { refusal } from '../refusal.js'

const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  INVALID_INPUT: 400,
  NOT_FOUND: 404,
  CLOCK: 409,
  STUCK: 409,
  TIMEOUT: 422,
  OVERLOADED: 503,
  CLOSED: 503,
}

/** What the control API answers when something throws; a fault of ours is logged, not told. */
export function refusalOf(error: unknown, log: (...line: unknown[]) => void): Response {
  if (error instanceof EcsError) return refusal(error.status, error.code, error.message)
  if (error instanceof WorldError) return refusal(400, 'INVALID_INPUT', error.message)
  if (error instanceof BakelineError) {
    return refusal(statuses[error.code] ?? 409, error.code, error.message)
  }
  log('the control API failed:', error)
  return refusal(500, 'INTERNAL', 'Something went wrong here; the log of the server says what.')
}
