import { randomUUID } from 'node:crypto'
import { derivedBytes } from '../core/derive.js'
import { requestId } from './wire/request-id.js'

/**
 * RequestIds of one process: derived from the file's seed and counted from 1, so that the same
 * requests in the same order have the same ids; random where the file has no seed.
 */
export function requestIds(seed: string | null): () => string {
  let n = 0
  if (seed === null) return () => randomUUID().toUpperCase()
  return () => requestId(derivedBytes(seed, 'request', ++n, 16))
}
