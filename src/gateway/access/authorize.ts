import { EcsError } from '../../imagebuilder/errors.js'
import type { Caller } from './access-keys.js'
import { evaluate } from '../../imagebuilder/ram/policy.js'
import type { Policy } from '../../imagebuilder/ram/policy.js'
import type { AccessRequest } from '../../imagebuilder/ram/request.js'

/** Why RAM refused, in the service's own fields. */
export interface AccessDeniedDetail {
  readonly AuthAction: string
  readonly AuthPrincipalType: string
  readonly AuthPrincipalOwnerId: string
  readonly AuthPrincipalDisplayName: string
  readonly NoPermissionType: 'ImplicitDeny' | 'ExplicitDeny'
  readonly PolicyType: string
  /** Base64 of JSON with action, resource and verdict; the service's own is encrypted. */
  readonly EncodedDiagnosticMessage: string
}

/** 403 `Forbidden.RAM`, with the detail that goes into the answer. */
export class AccessDenied extends EcsError {
  readonly accessDenied: AccessDeniedDetail

  constructor(accessDenied: AccessDeniedDetail) {
    super(
      403,
      'Forbidden.RAM',
      "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
    )
    this.accessDenied = accessDenied
  }
}

/**
 * Lets a caller pass or not: the account itself always, a user or role when its policies allow the
 * action on every one of the resources.
 *
 * @throws AccessDenied for the first resource that is not allowed
 */
export function authorize(
  caller: Caller,
  policies: readonly Policy[],
  requests: readonly AccessRequest[],
): void {
  if (caller.type === 'Account') return
  for (const request of requests) {
    const verdict = evaluate(policies, request)
    if (verdict !== 'allow') throw new AccessDenied(detail(caller, request, verdict))
  }
}

function detail(
  caller: Caller,
  { action, resource }: AccessRequest,
  verdict: 'explicitDeny' | 'implicitDeny',
): AccessDeniedDetail {
  const diagnosis = JSON.stringify({ action, resource, verdict })
  return {
    AuthAction: action,
    AuthPrincipalType: caller.type,
    AuthPrincipalOwnerId: caller.account,
    AuthPrincipalDisplayName: caller.name,
    NoPermissionType: verdict === 'explicitDeny' ? 'ExplicitDeny' : 'ImplicitDeny',
    PolicyType: 'AccountLevelIdentityBasedPolicy',
    EncodedDiagnosticMessage: Buffer.from(diagnosis).toString('base64'),
  }
}
