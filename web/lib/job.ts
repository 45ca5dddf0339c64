import { Refusal } from './api.js'

/** What is wrong with a text, at its line. */
export interface Mistake {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** What a job came to, or what is wrong with its text. */
export type Ended<T> = { readonly value: T } | { readonly mistakes: readonly Mistake[] }

type Line<T, P> =
  | { readonly progress: P }
  | Ended<T>
  | {
      readonly refusal: { readonly status: number; readonly Code: string; readonly Message: string }
    }

interface JobOptions<P> {
  readonly onProgress: (progress: P) => void
  /** Aborted, the server stops it. */
  readonly signal: AbortSignal
}

/**
 * Has the server do what takes its time, and hears how far it is.
 *
 * @throws Refusal; the signal's reason when it was stopped from here
 */
export async function runJob<T, P>(
  path: string,
  body: object,
  { onProgress, signal }: JobOptions<P>,
): Promise<Ended<T>> {
  const response = await fetch(`/_bakeline${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
    signal,
  }).catch(() => null)
  signal.throwIfAborted()
  if (response === null) throw unreachable()
  if (!response.ok) throw await refusalOf(response)
  for await (const line of linesOf(response)) {
    const said = JSON.parse(line) as Line<T, P>
    if ('progress' in said) onProgress(said.progress)
    else if ('refusal' in said) {
      const { status, Code, Message } = said.refusal
      throw new Refusal(status, Code, Message)
    } else return said
  }
  signal.throwIfAborted()
  throw unreachable()
}

function unreachable(): Refusal {
  return new Refusal(0, 'Unreachable', 'The server does not answer.')
}

async function refusalOf(response: Response): Promise<Refusal> {
  const { Code = 'Unknown', Message = '' } = (await response.json().catch(() => ({}))) as {
    readonly Code?: string
    readonly Message?: string
  }
  return new Refusal(response.status, Code, Message)
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    // Cut short, by the server or from here: there are no more lines.
    const next = await reader?.read().catch(() => null)
    if (next === undefined || next === null || next.done) return
    const lines = (rest + next.value).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}
