import { randomBytes } from 'node:crypto'
import { derivedBytes } from '../core/derive.js'
import type { Transaction } from '../engine/transaction.js'
import { type PageTokens, pageTokens } from './wire/page-token.js'

/** The key of the setting that holds the secret of a file without a seed. */
const pageSecretSetting = 'pageSecret'

/**
 * Seals the tokens of pages with a secret of the file, so that a token lives as long as the file and in
 * every process. It follows from the file's seed; a file without one gets a random secret when the
 * first token is asked for.
 */
export function fileTokens(): (tx: Transaction) => PageTokens {
  // Drawn here and not in the transaction, which is pure.
  const fresh = randomBytes(32).toString('base64url')
  let last: { readonly secret: string; readonly tokens: PageTokens } | null = null
  return (tx) => {
    const secret = secretOf(tx, fresh)
    if (last?.secret !== secret) last = { secret, tokens: pageTokens(secret) }
    return last.tokens
  }
}

function secretOf(tx: Transaction, fresh: string): string {
  const seed = tx.setting('seed')
  if (seed !== undefined) {
    return Buffer.from(derivedBytes(seed, 'pageSecret', 0, 32)).toString('base64url')
  }
  const known = tx.setting(pageSecretSetting)
  if (known !== undefined) return known
  tx.set(pageSecretSetting, fresh)
  return fresh
}
