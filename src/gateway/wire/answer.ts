import { AccessDenied } from '../access/authorize.js'
import type { Json } from '../../core/json.js'
import type { EcsError } from '../../imagebuilder/errors.js'
import { Throttled } from './errors.js'
import type { Format } from './request.js'
import { xmlCdata, xmlDeclaration, xmlElement } from './xml.js'

/** What goes back, ready for a socket. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Fields of a success. `Code` is no field of it: old clients take any body that has one for an error,
 * whatever the status.
 */
export type Success = { readonly [field: string]: Json | undefined } & { readonly Code?: never }

/** Clients compare these to the letter to decide how to read a body. */
const contentTypes: Readonly<Record<Format, string>> = {
  JSON: 'application/json;charset=utf-8',
  XML: 'text/xml;charset=utf-8',
}

/** Status 200 with RequestId and the operation's fields; as XML under `<{Action}Response>`. */
export function success(
  format: Format,
  about: { readonly action: string; readonly requestId: string },
  fields: Success,
): Answer {
  const { action, requestId: RequestId } = about
  return answer(format, 200, {
    // JSON leaves out by itself what is undefined.
    json: { RequestId, ...fields } as Json,
    xml: () => xmlElement(`${action}Response`, { RequestId, ...withoutUndefined(fields) }),
    requestId: about.requestId,
  })
}

/** What an error is told about, beside itself. */
export interface FailureContext {
  readonly requestId: string
  /** The service that says so: `ecs.aliyuncs.com`. */
  readonly hostId: string
  /** The product in the link that explains the code: `Ecs`. */
  readonly product: string
}

/** The status of the error with the fields that every client reads; as XML under `<Error>`. */
export function failure(format: Format, error: EcsError, context: FailureContext): Answer {
  const { requestId, hostId } = context
  const fields = {
    RequestId: requestId,
    HostId: hostId,
    Code: error.code,
    Message: error.message,
  }
  const link = recommend(error.code, context)
  const denied =
    error instanceof AccessDenied ? { AccessDeniedDetail: { ...error.accessDenied } } : {}
  return answer(format, error.status, {
    json: { ...fields, Recommend: link, ...denied },
    xml: () =>
      `<Error>${elements(fields)}${xmlCdata('Recommend', link)}${elements(denied)}</Error>`,
    requestId,
    headers: retryAfter(error),
  })
}

/** Clients take it for milliseconds. */
function retryAfter(error: EcsError): Readonly<Record<string, string>> {
  if (!(error instanceof Throttled) || error.retryAfter === undefined) return {}
  return { 'x-acs-retry-after': String(error.retryAfter) }
}

function elements(fields: Readonly<Record<string, Json>>): string {
  return Object.entries(fields)
    .map(([name, value]) => xmlElement(name, value))
    .join('')
}

/** Where the service sends those who ask what a code means. */
function recommend(code: string, { product, requestId }: FailureContext): string {
  const query = new URLSearchParams({ q: code, product, requestId })
  return `https://api.aliyun.com/troubleshoot?${query.toString()}`
}

function answer(
  format: Format,
  status: number,
  about: {
    readonly json: Json
    readonly xml: () => string
    readonly requestId: string
    readonly headers?: Readonly<Record<string, string>>
  },
): Answer {
  const body = format === 'JSON' ? JSON.stringify(about.json) : xmlDeclaration + about.xml()
  return {
    status,
    headers: headersOf(format, about),
    body,
  }
}

function headersOf(
  format: Format,
  { requestId, headers }: { requestId: string; headers?: Answer['headers'] },
): Answer['headers'] {
  const always = { 'content-type': contentTypes[format], 'x-acs-request-id': requestId }
  return headers === undefined ? always : { ...always, ...headers }
}

function withoutUndefined(fields: Success): Readonly<Record<string, Json>> {
  const known = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value as Json] as const],
  )
  return Object.fromEntries(known)
}
