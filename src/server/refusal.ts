/** How this server refuses: the same fields as the service's own errors, so that every client reads it. */
export function refusal(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(
    { Code: code, Message: message },
    { status, headers: { ...headers, 'content-type': 'application/json;charset=utf-8' } },
  )
}
