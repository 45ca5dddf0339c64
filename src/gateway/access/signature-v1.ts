import { createHmac } from 'node:crypto'
import { canonicalQuery, encode } from './encode.js'

/**
 * What V1 signs: the method and every parameter of query and form but the signature itself. The path
 * is no part of it, nor are headers.
 */
export function stringToSignV1(
  method: string,
  parameters: Iterable<readonly [name: string, value: string]>,
): string {
  const signed = new Map(parameters)
  signed.delete('Signature')
  return `${method}&${encode('/')}&${encode(canonicalQuery(signed))}`
}

/** The V1 signature (HMAC-SHA1), in base64. */
export function signV1(secret: string, stringToSign: string): string {
  return createHmac('sha1', `${secret}&`).update(stringToSign).digest('base64')
}
