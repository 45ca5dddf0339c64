import { fault } from '../imagebuilder/parameters/fault.js'
import { noSuchResourceType } from '../imagebuilder/parameters/tag-fields.js'
import { never } from './documented.js'
import type { Documented } from './operation.js'

/** Rows of documented error tables that the operations on tags share. */

export const noSuchResource = fault('InvalidResourceId.NotFound', undefined, 404)

export const ownershipErrors: readonly Documented[] = [
  noSuchResourceType,
  noSuchResource,
  fault(
    'InvalidResourceId.NotSupported',
    'The specified ResourceId does not support tagging.',
    403,
  ),
  fault('NoPermission.Tag', 'The operator is not permission for the tag.', 403),
]

/** Codes of parameters that no client can send. */
export const noSuchParameter = never(
  'there is no such parameter',
  fault('Invalid.Scope'),
  fault('PermissionDenied.Scope', undefined, 403),
  fault('NoPermissionKey.Scope', undefined, 403),
  fault('PermissionDenied.TagOwnerBid', undefined, 403),
  fault('PermissionDenied.TagOwnerUid', undefined, 403),
  fault('MissingParameter.TagOwnerBid', undefined, 404),
  fault('MissingParameter.TagOwnerUid', undefined, 404),
)

export const unavailable = never(
  'by fault injection only',
  fault('ServiceUnavailable', 'The service is unavailable, please try again later.', 500),
)
