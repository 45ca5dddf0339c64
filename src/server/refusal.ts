/** How this server refuses: the same fields as the service's own errors, so that every client reads it. */
export function refusal(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(refusalText(code, message), {
    status,
    headers: { ...headers, 'content-type': 'application/json;charset=utf-8' },
  })
}

/** The body of a refusal. */
export function refusalText(code: string, message: string): string {
  return JSON.stringify({ Code: code, Message: message })
}

/** A fault of this server: its code, and all that its clients are told. */
export const internalError = [
  'InternalError',
  'Something went wrong here; the log of the server says what.',
] as const
