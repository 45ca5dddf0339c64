import { EcsError } from '../../imagebuilder/errors.js'

/** How the gateway refuses who cannot prove who they are; codes and texts are the service's. */

export function incompleteSignature(): EcsError {
  return new EcsError(
    400,
    'IncompleteSignature',
    'The request signature does not conform to Aliyun standards.',
  )
}

export function invalidSignatureMethod(): EcsError {
  return new EcsError(400, 'InvalidSignatureMethod', 'Specified signature method is not supported.')
}

export function malformedTime(): EcsError {
  return new EcsError(
    400,
    'InvalidTimeStamp.Format',
    'Specified time stamp or date value is not well formatted.',
  )
}

export function expiredTime(): EcsError {
  return new EcsError(
    400,
    'InvalidTimeStamp.Expired',
    'Specified time stamp or date value is expired.',
  )
}

export function usedNonce(): EcsError {
  return new EcsError(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.')
}

export function unknownKey(): EcsError {
  return new EcsError(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.')
}

export function inactiveKey(): EcsError {
  return new EcsError(400, 'InvalidAccessKeyId.Inactive', 'Specified access key is disabled.')
}

export function missingToken(): EcsError {
  return new EcsError(400, 'MissingSecurityToken', 'SecurityToken is mandatory for this action.')
}

/** The tokens of the service are opaque; one that the world does not know is malformed to us. */
export function malformedToken(): EcsError {
  return new EcsError(
    400,
    'InvalidSecurityToken.Malformed',
    'Specified SecurityToken is malformed.',
  )
}

export function foreignToken(): EcsError {
  return new EcsError(
    400,
    'InvalidSecurityToken.MismatchWithAccessKey',
    'Specified SecurityToken mismatch with the AccessKey.',
  )
}

export function expiredToken(): EcsError {
  return new EcsError(400, 'InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.')
}

/** Shows what the server signed, as the service does; the secret is no part of it. */
export function mismatchV1(stringToSign: string): EcsError {
  return new EcsError(
    400,
    'SignatureDoesNotMatch',
    'Specified signature is not matched with our calculation. ' +
      `server string to sign is:${stringToSign}`,
  )
}

export function mismatchV3(stringToSign: string, canonicalRequest: string): EcsError {
  return new EcsError(
    400,
    'SignatureDoesNotMatch',
    'Specified signature does not match our calculation. ' +
      `server StringToSign is [${stringToSign}] server CanonicalRequest is [${canonicalRequest}]`,
  )
}
