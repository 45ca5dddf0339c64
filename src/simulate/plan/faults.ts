import { BakelineError } from '../../core/errors.js'
import type { CallRule, Rule } from './rule.js'

/** A call rule in the words of the gateway, where an answer stands for a failure. */
export interface GatewayFault {
  readonly operation: string
  readonly region?: string
  readonly nth?: number
  readonly first?: number
  readonly every?: number
  readonly probability?: number
  readonly latency?: number | string
  readonly answer?: { readonly status: number; readonly code: string; readonly message: string }
}

/**
 * The call rules of a plan as faults of an emulator.
 *
 * @throws BakelineError `INVALID_INPUT` for one that the gateway cannot follow: its latencies are
 *   fixed, and pass in wall time, which the windows of a plan do not know
 */
export function gatewayFaults(rules: readonly Rule[]): readonly GatewayFault[] {
  return rules.flatMap((rule, index) => ('call' in rule ? [faultOf(rule, index)] : []))
}

function faultOf(rule: CallRule, index: number): GatewayFault {
  const { call, during, latency, fail, ...counted } = rule
  const odd = during !== undefined ? 'during' : typeof latency === 'object' ? 'latency' : null
  if (odd !== null) {
    throw new BakelineError(
      'INVALID_INPUT',
      `plan[${index}].${odd}: on a port, calls are hit at any time and held up for a fixed one; ` +
        'this rule is for scenarios',
    )
  }
  const answer =
    fail === undefined
      ? undefined
      : typeof fail === 'string'
        ? { status: 503, code: 'ServiceUnavailable', message: fail }
        : { status: fail.status ?? 503, code: fail.code, message: fail.message ?? fail.code }
  return {
    operation: call,
    ...counted,
    ...(typeof latency === 'object' || latency === undefined ? {} : { latency }),
    ...(answer === undefined ? {} : { answer }),
  }
}
