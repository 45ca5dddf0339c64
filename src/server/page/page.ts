import type { Context } from 'hono'
import type { ServerEnv } from '../bindings.js'
import { refusal } from '../refusal.js'
import { pageFile } from '../../page/files.js'

/** Under this the scripts and styles of the page are found. */
export const pagePath = '/_bakeline/ui'

/** Nothing but what this server itself sends is loaded, run or asked. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const guarded = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
} as const

/**
 * Whether a request is a browser that wants the page: a GET of `/` that asks for HTML by name and for
 * nothing of the API. Every client of the service asks for something else.
 */
export function wantsPage({ method, url, headers }: Request): boolean {
  const { pathname, searchParams } = new URL(url)
  if (pathname !== '/' || (method !== 'GET' && method !== 'HEAD')) return false
  if (!/\btext\/html\b/i.test(headers.get('accept') ?? '')) return false
  if (headers.has('authorization') || headers.has('x-acs-action')) return false
  return ![...searchParams.keys()].some((name) => /^(?:action|version|signature)$/i.test(name))
}

/** The page itself. */
export async function page(): Promise<Response> {
  const file = await pageFile('index.html')
  if (file === null) return refusal(503, 'PageNotBuilt', 'The page is not built: npm run build.')
  const headers = { ...guarded, 'content-type': file.type, 'cache-control': 'no-cache' }
  return new Response(file.body, { headers })
}

/** A script, a style or a picture of the page. Their names change with what is in them. */
export async function pageAsset(c: Context<ServerEnv>): Promise<Response> {
  const name = c.req.path.slice(pagePath.length + 1)
  const file = name === 'index.html' ? null : await pageFile(name)
  if (file === null) return refusal(404, 'NOT_FOUND', `There is no ${c.req.path.slice(0, 100)}.`)
  return new Response(file.body, {
    headers: {
      ...guarded,
      'content-type': file.type,
      'cache-control': 'public, max-age=31536000, immutable',
    },
  })
}
