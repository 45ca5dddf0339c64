import { canonicalJson } from '../engine/canonical.js'
import type { Transaction } from '../engine/transaction.js'
import { EcsError } from './errors.js'
import { getRow, insertRow } from './rows.js'

/** A request that a ClientToken makes repeatable: scoped to account, region and operation. */
export interface TokenRequest {
  readonly action: string
  readonly account: string
  readonly region: string
  readonly token: string | undefined
  /** The request's own parameters, without the token. */
  readonly parameters: unknown
  /** The refusal of other parameters, where the operation has one of its own. */
  readonly mismatch?: () => EcsError
}

/** The key of a token; case matters in it. */
export function tokenKey({
  action,
  account,
  region,
  token,
}: Pick<TokenRequest, 'action' | 'account' | 'region' | 'token'>): string {
  return `${account}/${region}/${action}/${token ?? ''}`
}

/** The same token came with other parameters. */
export function tokenMismatch(token: string): EcsError {
  return new EcsError(
    400,
    'IdempotentParameterMismatch',
    'Request uses a client token in a previous request but is not identical to that request.',
    { ClientToken: token },
  )
}

/**
 * Runs a request once for its token: a repetition gets the first answer, in the same transaction.
 * Starts do not come here: the engine's own idempotency keys serve them.
 */
export function once<A>(tx: Transaction, request: TokenRequest, run: () => A): A {
  const { token } = request
  if (token === undefined) return run()
  const key = tokenKey(request)
  const text = canonicalJson(request.parameters)
  const known = getRow(tx, 'token', key)
  if (known) {
    if (known.Request !== text) throw request.mismatch?.() ?? tokenMismatch(token)
    return JSON.parse(known.Answer) as A
  }
  const answer = run()
  tx.catalogWrite(insertRow('token', key, { Request: text, Answer: JSON.stringify(answer) }))
  return answer
}
