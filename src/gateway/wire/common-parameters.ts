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
export function ownParameters(
  parameters: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const own = new Map<string, string>()
  for (const [name, value] of parameters) {
    if (!common.has(name) && !/^x-acs-/i.test(name)) own.set(name, value)
  }
  return own
}
