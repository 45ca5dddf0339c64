/** What went wrong, as callers see it: a code of the service's kind and a sentence. */
export interface Fault {
  readonly code: string
  readonly message: string
}

/**
 * The fault in a task's error, which is plain JSON `{ name?, code?, message }`.
 *
 * The code is the error's own, else its name (`TimeoutError`) unless that is the bare `Error`, else
 * `InternalError`, the service's word for a cause that nobody knows. Total: whatever was thrown,
 * both texts come out non-empty.
 */
export function faultOf(error: unknown): Fault {
  const fields: { name?: unknown; code?: unknown; message?: unknown } =
    typeof error === 'object' && error !== null ? error : { message: error }
  return {
    code:
      text(fields.code) ?? (fields.name === 'Error' ? null : text(fields.name)) ?? 'InternalError',
    message: text(fields.message) ?? 'The task failed and gave no reason.',
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
