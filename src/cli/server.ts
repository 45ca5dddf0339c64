import type { Context } from './context.js'
import { CliError, exitCodes, wrongInput } from './exit-codes.js'

/** Where an emulator is that nobody names. */
const usualServer = 'http://127.0.0.1:4526'

/** A control API that runs elsewhere: its address, as people write it. */
export interface Server {
  readonly url: string
}

/**
 * The emulator that a command talks to: the one that is named, else that of the environment, which
 * `bakeline env` and `exec` set, else the one at the usual port.
 *
 * @throws CliError 2 for what is no address
 */
export function serverOf({ io }: Context, named: string | undefined): Server {
  const url = named ?? (io.env['BAKELINE_URL'] || usualServer)
  if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url)) {
    throw wrongInput(`"${url}" is no address: give one such as ${usualServer}`)
  }
  return { url: url.replace(/\/+$/, '') }
}

interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/_bakeline`. */
  readonly path: string
  readonly body?: object
}

interface Refused {
  readonly Code?: string
  readonly Message?: string
}

/**
 * Asks the control API of an emulator.
 *
 * @returns its answer; null where that has no body
 * @throws CliError 2 where none answers, or the input is wrong; 4 where there is no such thing; else 3
 */
export async function ask({ url }: Server, { method, path, body }: Asked): Promise<unknown> {
  const response = await fetch(`${url}/_bakeline${path}`, {
    method,
    ...(body && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  }).catch(() => null)
  if (response === null) {
    throw wrongInput(
      `no emulator answers at ${url}: "bakeline serve" starts one, --server names it`,
    )
  }
  const text = await response.text()
  const answer = parsed(text)
  if (response.ok) return answer
  const { Code, Message } = (answer ?? {}) as Refused
  if (Code === undefined || Message === undefined) {
    throw wrongInput(`what answers at ${url} is no emulator of this kind`)
  }
  throw new CliError(codes[response.status] ?? exitCodes.refused, Code, Message)
}

const codes: Readonly<Record<number, 2 | 4>> = {
  400: exitCodes.wrongInput,
  404: exitCodes.notFound,
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return null
  }
}
