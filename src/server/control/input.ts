import type { Context } from 'hono'
import type { z } from 'zod'
import { BakelineError } from '../../core/errors.js'
import { limits } from '../../gateway/wire/limits.js'
import { problemsOf, read, where } from '../../simulate/plan/problems.js'
import type { ServerEnv } from '../bindings.js'
import { rawRequest } from '../raw-request.js'
import type { AnyEndpoint } from './endpoint.js'

/** Query and body of a request, read by the endpoint's schemas. */
export interface Input {
  readonly query: unknown
  readonly body: unknown
}

/**
 * @throws BakelineError `INVALID_INPUT` that names the field, what it must be, and the nearest legal
 *   word for a misspelt one
 */
export async function inputOf(c: Context<ServerEnv>, endpoint: AnyEndpoint): Promise<Input> {
  const { query, body } = endpoint
  return {
    query: query === undefined ? undefined : checked(query, c.req.query(), 'query'),
    body: body === undefined ? undefined : checked(body, await jsonOf(c), 'body'),
  }
}

function checked(schema: z.ZodType, value: unknown, place: string): unknown {
  const result = read(schema, value)
  if (result.success) return result.data
  const problems = problemsOf(result.error, []).slice(0, 10)
  const lines = problems.map(({ path, message }) => `${place}${where(path)}: ${message}`)
  throw new BakelineError('INVALID_INPUT', lines.join('\n'))
}

async function jsonOf(c: Context<ServerEnv>): Promise<unknown> {
  const { body, headers } = await rawRequest(c, 0)
  if (body.length > limits.body) {
    throw new BakelineError('INVALID_INPUT', `the body has more than ${limits.body} bytes`)
  }
  if (body.length === 0) return {}
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    throw new BakelineError('INVALID_INPUT', 'send the body as content-type: application/json')
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new BakelineError('INVALID_INPUT', `the body is no JSON: ${reason.slice(0, 200)}`)
  }
}
