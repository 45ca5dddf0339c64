import type { Parameters } from './decode.js'

/** Parameters that every request may carry and no operation knows. */
const common = new Set([
  'Action',
  'Version',
  'Format',
  'AccessKeyId',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'SignatureType',
  'Timestamp',
  'SecurityToken',
  'BearerToken',
])

/**
 * The parameters that are the operation's own. Those of the gateway are taken out, and so are
 * `x-acs-…` ones, which some clients copy from their headers into the query.
 */
export function ownParameters(parameters: Parameters): Parameters {
  let own: Map<string, string> | null = null
  for (const name of parameters.keys()) {
    if (common.has(name) || /^x-acs-/i.test(name)) (own ??= new Map(parameters)).delete(name)
  }
  return own ?? parameters
}
