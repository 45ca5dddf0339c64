import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Json } from '../../core/json.js'
import { canonicalJson } from '../../engine/canonical.js'
import { EcsError } from '../../imagebuilder/errors.js'

/** A list that is read page by page: the same caller, operation and filters. */
export interface PagedQuery {
  readonly account: string
  readonly action: string
  /** The checked parameters. NextToken and MaxResults may change from page to page. */
  readonly parameters: Readonly<Record<string, unknown>>
}

/** Writes and reads the tokens of one file. */
export interface PageTokens {
  /** @param cursor where the next page begins: the key of the last row, say */
  seal(query: PagedQuery, cursor: Json): string
  /** @throws EcsError 403 `Invalid.NextToken` for a token that this did not seal for this query */
  open(query: PagedQuery, token: string): Json
}

const macSize = 16
const longest = 2048

/**
 * Tokens that callers cannot make or change: base64url of a cursor behind an HMAC over cursor and
 * query.
 *
 * @param secret of the file, so that a token lives as long as the file and in every process
 */
export function pageTokens(secret: string): PageTokens {
  function mac(query: PagedQuery, cursor: string): Uint8Array {
    const { NextToken: _token, MaxResults: _size, ...filters } = query.parameters
    const { account, action } = query
    const hmac = createHmac('sha256', secret)
    hmac.update(canonicalJson([account, action, filters, cursor]))
    return hmac.digest().subarray(0, macSize)
  }

  return {
    seal(query, cursor) {
      const text = JSON.stringify(cursor)
      return Buffer.concat([mac(query, text), Buffer.from(text)]).toString('base64url')
    },
    open(query, token) {
      if (token.length > longest) throw invalidToken()
      const bytes = Buffer.from(token, 'base64url')
      // The decoder forgives what does not belong; an altered token must not pass for the first one.
      if (bytes.length <= macSize || bytes.toString('base64url') !== token) throw invalidToken()
      const text = bytes.subarray(macSize).toString()
      if (!timingSafeEqual(mac(query, text), bytes.subarray(0, macSize))) throw invalidToken()
      return JSON.parse(text) as Json
    },
  }
}

function invalidToken(): EcsError {
  return new EcsError(403, 'Invalid.NextToken', 'The specified NextToken is not valid.')
}
