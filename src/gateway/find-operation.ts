import { type AnyOperation, products } from './operation.js'
import { invalidVersion, noSuchAction } from './wire/errors.js'

/** Finds an operation by what a request says of it. */
export type FindOperation = (version: string, action: string) => AnyOperation

/**
 * Operations by version and action; each version is of one product, so that it tells which is meant.
 *
 * @returns a function that throws EcsError 400 `InvalidVersion` for a version that no product has,
 *   and 404 `InvalidAction.NotFound` for an action that this version does not have
 */
export function operationFinder(operations: readonly AnyOperation[]): FindOperation {
  const byVersion = new Map<string, Map<string, AnyOperation>>()
  for (const version of Object.values(products)) byVersion.set(version, new Map())
  for (const operation of operations) {
    byVersion.get(products[operation.product])?.set(operation.request.action, operation)
  }
  return (version, action) => {
    const ofVersion = byVersion.get(version)
    if (ofVersion === undefined) throw invalidVersion()
    const operation = ofVersion.get(action)
    if (operation === undefined) throw noSuchAction()
    return operation
  }
}
