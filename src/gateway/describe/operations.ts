import type { Json } from '../../core/json.js'
import { faultsByParameter } from '../../imagebuilder/parameters/rows.js'
import type { AnyOperation } from '../operation.js'
import { products } from '../operation.js'
import { type DescribedParameter, describeParameters } from './parameters.js'

/** An operation as plain JSON, for an API explorer: all that its declaration says. */
export interface DescribedOperation {
  /** `Ecs`, with the version that tells it from other products on the same port. */
  readonly product: string
  readonly version: string
  readonly action: string
  /** `read` changes nothing. */
  readonly kind: 'read' | 'write'
  readonly summary: string
  /** What RAM is asked for: `ecs:DescribeImages`. */
  readonly ramAction: string
  readonly parameters: readonly DescribedParameter[]
  /** What must hold between parameters, as sentences. */
  readonly rules: readonly DescribedRule[]
  readonly errors: readonly DescribedError[]
  /** A sample of the answer, RequestId included. */
  readonly sample: { readonly [field: string]: Json }
}

export interface DescribedRule {
  readonly says: string
  /** The parameter that is blamed. */
  readonly parameter: string
  readonly status: number
  readonly code: string
}

export interface DescribedError {
  readonly status: number
  readonly code: string
  /** The service's text, `{name}`, `{values}` and `{reason}` to be filled in; absent: a sentence. */
  readonly message?: string
  /** The parameters whose limits it is about; none: it is about what there is. */
  readonly parameters: readonly string[]
  /** Why no request gets it here; absent: some do. */
  readonly never?: string
}

const requestId = '473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E'

/** Operations as plain JSON, in their order. */
export function describeOperations(
  operations: readonly AnyOperation[],
): readonly DescribedOperation[] {
  return operations.map(describeOperation)
}

function describeOperation(operation: AnyOperation): DescribedOperation {
  const { product, request, kind, access, sample } = operation
  const { action, docs, fields, rules } = request
  return {
    product,
    version: products[product],
    action,
    kind,
    summary: docs,
    ramAction: access.action,
    parameters: describeParameters(action, fields),
    rules: rules.map(({ says, name, fault }) => ({
      says,
      parameter: name,
      status: fault.status,
      code: fault.code,
    })),
    errors: describeErrors(operation),
    sample: { RequestId: requestId, ...sample },
  }
}

/** Each code of the operation once, by status and code: those of parameters, then the others. */
function describeErrors({ request, errors }: AnyOperation): readonly DescribedError[] {
  const all = new Map<string, DescribedError>()
  for (const { fault, parameters } of faultsByParameter(request)) {
    all.set(`${fault.status} ${fault.code}`, { ...fault, parameters })
  }
  for (const error of errors) {
    const key = `${error.status} ${error.code}`
    const there = all.get(key)
    // What one of its rows can get, it can get.
    if (there !== undefined && (there.never === undefined || error.never !== undefined)) continue
    all.set(key, { ...error, parameters: [] })
  }
  return [...all.values()].sort(byStatusAndCode)
}

function byStatusAndCode(a: DescribedError, b: DescribedError): number {
  if (a.status !== b.status) return a.status - b.status
  return a.code < b.code ? -1 : Number(a.code > b.code)
}
