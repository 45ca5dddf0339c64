/** Asks the control API; paths are below /_bakeline. */

/** What the server refused, in its own words. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  /** `InvalidImagePipeline.HasRunningExecution` */
  readonly code: string
  readonly requestId: string | null

  constructor(status: number, code: string, message: string, requestId: string | null = null) {
    super(message)
    this.status = status
    this.code = code
    this.requestId = requestId
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'

/** @throws Refusal, also when the server cannot be reached: status 0 */
export async function ask<T>(method: Method, path: string, body?: unknown): Promise<T> {
  return answered<T>(
    fetch(`/_bakeline${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    }),
  )
}

export function get<T>(path: string): Promise<T> {
  return ask<T>('GET', path)
}

export function post<T = void>(path: string, body?: unknown): Promise<T> {
  return ask<T>('POST', path, body)
}

/**
 * Calls the emulated service, as a client without a signature may while the world names no keys.
 *
 * @throws Refusal
 */
export function call<T>(Action: string, parameters: Readonly<Record<string, string>>): Promise<T> {
  const query = new URLSearchParams({
    Action,
    Version: '2014-05-26',
    AccessKeyId: 'bakeline',
    Format: 'JSON',
    ...parameters,
  })
  return answered<T>(fetch(`/?${query}`, { method: 'POST' }))
}

/** An answer that is no JSON. @throws Refusal */
export function getText(path: string): Promise<string> {
  return textOf(fetch(`/_bakeline${path}`))
}

async function answered<T>(asked: Promise<Response>): Promise<T> {
  const text = await textOf(asked)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

async function textOf(asked: Promise<Response>): Promise<string> {
  const response = await asked.catch(() => null)
  if (response === null) throw new Refusal(0, 'Unreachable', 'The server does not answer.')
  const text = await response.text()
  if (response.ok) return text
  throw refusalOf(response.status, text)
}

function refusalOf(status: number, text: string): Refusal {
  try {
    const { Code, Message, RequestId } = JSON.parse(text) as Readonly<Record<string, string>>
    return new Refusal(status, Code ?? 'Unknown', Message ?? text, RequestId ?? null)
  } catch {
    return new Refusal(status, 'Unknown', text.slice(0, 300))
  }
}

/** What to show of anything that was thrown. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  return new Refusal(0, 'PageError', error instanceof Error ? error.message : String(error))
}
