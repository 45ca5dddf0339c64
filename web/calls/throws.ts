/** What the service answers to what it refuses. */
export interface WireError {
  readonly Code: string
  readonly Message: string
  readonly RequestId: string
}

/** The fields of an error in JSON or XML; null for anything else. */
export function wireErrorOf(text: string): WireError | null {
  const [Code, Message, RequestId] = ['Code', 'Message', 'RequestId'].map((field) => {
    const json = new RegExp(`"${field}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`).exec(text)?.[1]
    if (json !== undefined) return JSON.parse(json) as string
    return new RegExp(`<${field}>([^<]*)</${field}>`).exec(text)?.[1]
  })
  if (Code === undefined) return null
  return { Code, Message: Message ?? '', RequestId: RequestId ?? '' }
}

/** What the SDK for Node throws at an answer: class, code and message. */
export function thrownBy(status: number, { Code, Message, RequestId }: WireError): string {
  const name = Code.includes('Throttling')
    ? 'ThrottlingError'
    : status < 500
      ? 'ClientError'
      : 'ServerError'
  return `${name} ${Code}: code: ${status}, ${Message} request id: ${RequestId}`
}
