import { missing } from '../wire/errors.js'
import { headerOf } from '../wire/request.js'
import type { WireRequest } from '../wire/request.js'
import type { AccessKey, AccessKeys, Caller } from './access-keys.js'
import { equalSecrets, equalSignatures } from './equal.js'
import {
  expiredToken,
  foreignToken,
  inactiveKey,
  incompleteSignature,
  invalidSignatureMethod,
  malformedToken,
  mismatchV1,
  mismatchV3,
  missingToken,
  unknownKey,
  usedNonce,
} from './errors.js'
import type { Nonces } from './nonces.js'
import { signV1, stringToSignV1 } from './signature-v1.js'
import {
  bodyHash,
  canonicalRequestV3,
  readAuthorization,
  signV3,
  stringToSignV3,
} from './signature-v3.js'
import { readTime, refuseStale, windowMs } from './time.js'

/** Against what requests are verified. */
export interface Access {
  readonly keys: AccessKeys
  /** Whose every request is while the world names no keys. */
  readonly account: string
  readonly nonces: Nonces
}

/** What a request says of itself, in either signature. */
interface Claims {
  readonly keyId: string
  readonly time: string
  readonly nonce: string
  readonly token: string
  /** @throws EcsError `SignatureDoesNotMatch` with the server's string to sign */
  prove(secret: string): void
}

/**
 * Says who makes a request. While the world names no keys, any key that is not empty is let in as
 * `account` and nothing else is looked at, neither signature nor time nor nonce.
 *
 * With keys, in this order: what is missing, the time (15 minutes either way), the nonce, the key and
 * its token, the signature. All times are wall time, the request's `receivedAt`. The nonce of a
 * request that is let in is remembered.
 *
 * @throws EcsError with the gateway's code; no message has anything secret but what the request
 *   itself brought
 */
export function verify(request: WireRequest, access: Access): Caller {
  const { keys, nonces } = access
  if (keys.byId.size === 0) return anybody(request, access.account)
  const claims = claimsOf(request)
  const now = request.receivedAt
  const at = readTime(claims.time)
  refuseStale(at, now)
  if (nonces.used(claims.keyId, claims.nonce, now)) throw usedNonce()
  const key = keys.byId.get(claims.keyId)
  if (key === undefined) throw unknownKey()
  if (key.status === 'Inactive') throw inactiveKey()
  checkToken(key, claims.token, access.keys, now)
  claims.prove(key.AccessKeySecret)
  nonces.remember(claims.keyId, claims.nonce, at + windowMs, now)
  return keys.callerOf(key)
}

function anybody(request: WireRequest, account: string): Caller {
  const keyId =
    request.signature === 'v3'
      ? readAuthorization(headerOf(request.headers, 'authorization') ?? '').keyId
      : needed(request, 'AccessKeyId')
  return { accessKeyId: keyId, account, type: 'Account', name: account }
}

function claimsOf(request: WireRequest): Claims {
  return request.signature === 'v3' ? claimsV3(request) : claimsV1(request)
}

function claimsV1(request: WireRequest): Claims {
  const { method, parameters } = request
  const keyId = needed(request, 'AccessKeyId')
  const signature = needed(request, 'Signature')
  if (needed(request, 'SignatureMethod') !== 'HMAC-SHA1') throw invalidSignatureMethod()
  if (needed(request, 'SignatureVersion') !== '1.0') throw incompleteSignature()
  const time = parameters.get('Timestamp')
  if (!time) throw missing('Timestamp', 'IllegalTimestamp')
  return {
    keyId,
    time,
    nonce: needed(request, 'SignatureNonce'),
    token: parameters.get('SecurityToken') ?? '',
    prove(secret) {
      const text = stringToSignV1(method, parameters)
      if (!equalSignatures(signV1(secret, text), signature)) throw mismatchV1(text)
    },
  }
}

function claimsV3(request: WireRequest): Claims {
  const header = (name: string) => headerOf(request.headers, name)
  const { keyId, signedHeaders, signature } = readAuthorization(header('authorization') ?? '')
  const time = header('x-acs-date')
  if (!time) throw missing('x-acs-date', 'IllegalTimestamp')
  const nonce = header('x-acs-signature-nonce')
  if (!nonce) throw missing('x-acs-signature-nonce')
  const stated = header('x-acs-content-sha256')
  if (!stated) throw missing('x-acs-content-sha256')
  return {
    keyId,
    time,
    nonce,
    token: header('x-acs-security-token') ?? '',
    prove(secret) {
      const hash = bodyHash(request.body)
      const canonical = canonicalRequestV3(request, signedHeaders, hash)
      const text = stringToSignV3(canonical)
      const proven = equalSignatures(signV3(secret, text), signature)
      if (!proven || stated.trim() !== hash) throw mismatchV3(text, canonical)
    },
  }
}

/**
 * A temporary key needs its own token. With a key that has none, a token of another key is refused and
 * anything else is only signed: the world need not know every token that a test makes up, and clients
 * of long-lived keys send an empty one.
 */
function checkToken(key: AccessKey, token: string, { tokens }: AccessKeys, now: number): void {
  const { securityToken, expires } = key
  if (securityToken === undefined) {
    if (tokens.has(token)) throw foreignToken()
    return
  }
  if (token === '') throw missingToken()
  if (!equalSecrets(token, securityToken)) {
    throw tokens.has(token) ? foreignToken() : malformedToken()
  }
  if (expires !== undefined && readTime(expires) <= now) throw expiredToken()
}

/** A parameter that must be there; an empty one is not. */
function needed({ parameters }: WireRequest, name: string): string {
  const value = parameters.get(name)
  if (!value) throw missing(name)
  return value
}
