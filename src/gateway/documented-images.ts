import { dryRunPassed, noRegion } from '../imagebuilder/images/faults.js'
import { fault } from '../imagebuilder/parameters/fault.js'
import { never } from './documented.js'
import type { Documented } from './operation.js'
import type { Spellings } from './wire/unflatten.js'

/** Rows of the error tables of the operations on images, and what else they share. */

/** How old clients write tags. */
export const oldTagSpellings: Spellings = {
  'Tag.N.key': 'Tag.N.Key',
  'Tag.N.value': 'Tag.N.Value',
}

export const dryRun: Documented = dryRunPassed
export const noSuchImageRegion: Documented = noRegion

export const internalError = never(
  'only by a fault that is injected',
  fault('InternalError', undefined, 500),
)

/** Faults with one status, by their codes. */
export function coded(status: number, ...codes: readonly string[]): readonly Documented[] {
  return codes.map((code) => fault(code, undefined, status))
}

export const keysAreNotLookedAt = never(
  'keys and their service are not looked at: any KMSKeyId will do',
  ...coded(400, 'InvalidParameter.EncryptedIllegal', 'InvalidParameter.KmsNotEnabled'),
  ...coded(
    403,
    'InvalidParameter.KMSKeyId.KMSUnauthorized',
    'InvalidParameter.KMSKeyId.CMKNotEnabled',
    'InvalidParameter.KMSKeyId.CMKUnauthorized',
    'InvalidParameter.DataEncryptedKeyCreateFailed',
    'OperationDenied.KmsServiceUnauthorized',
    'InvalidEncrypted.NotMatchDiskDefaultEncryption',
    'InvalidRegionId.NotSupportEncryptAlgorithm',
    'InvalidRegion.NotSupport',
    'UserNotInTheWhiteList',
  ),
  ...coded(404, 'InvalidParameter.KMSKeyId.NotFound'),
)
