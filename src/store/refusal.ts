import { BakelineError } from '../core/errors.js'

/** Why a store could not do what was asked, for programs: `error.details.reason`. */
export type StoreReason =
  | 'constraint'
  | 'busy'
  | 'full'
  | 'readonly'
  | 'io'
  | 'open'
  | 'foreign'
  | 'newer'
  | 'older'
  | 'missing'
  | 'other'

/** A `STORE` error: what was wrong, and what to do. */
export function storeError(
  reason: StoreReason,
  message: string,
  { cause, ...details }: { readonly cause?: unknown; readonly path?: string } = {},
): BakelineError {
  const options = cause === undefined ? undefined : { cause }
  return new BakelineError('STORE', message, { reason, ...details }, options)
}

/**
 * A batch that contradicts what is stored or what rows may say: a mistake in whoever decided, not in
 * the file. Nothing of the batch was written.
 */
export function contradiction(message: string, cause?: unknown): BakelineError {
  return storeError('constraint', `the batch was refused, nothing was written: ${message}`, {
    cause,
  })
}

/** The loser's answer when two executions of one singleton key would live at once. */
export function alreadyRunning(singletonKey: string, winner: string): BakelineError {
  return new BakelineError(
    'ALREADY_RUNNING',
    `execution ${winner} of "${singletonKey}" is still running; at most one may live at a time`,
    { singletonKey, execution: winner },
  )
}
