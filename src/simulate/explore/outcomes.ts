import type { Json } from '../../core/json.js'
import type { TaskError } from '../../core/policy.js'
import type { WorkRow } from '../../core/ports.js'
import type { AttemptOutcome } from '../../engine/simulate.js'
import { taskBody } from '../../engine/tasks.js'
import type { Rule } from '../plan/rule.js'
import type { Outcome } from './action.js'
import type { Fault } from './facts.js'

/** The fault with which attempts of each task fail: the plan's own, where it has one. */
export type Faults = ReadonlyMap<string, Fault>

export function faultsOf(rules: readonly Rule[]): Faults {
  const faults = new Map<string, Fault>()
  for (const rule of rules) {
    if (!('task' in rule)) continue
    const { task, fail } = rule
    if (fail === undefined || fail === false || faults.has(task)) continue
    const { code, message } =
      typeof fail === 'string' ? { code: 'InternalError', message: fail } : fail
    faults.set(task, { code, message: message ?? 'The plan lets this attempt fail.' })
  }
  return faults
}

function faultOf(faults: Faults, src: string): Fault {
  return faults.get(src) ?? { code: 'InternalError', message: `${src} failed.` }
}

/** The ways in which what is due can end; null alone for what has no end to choose. */
export function outcomesOf(
  row: WorkRow,
  faults: Faults,
  mayFail: boolean,
): readonly (Outcome | null)[] {
  if (row.kind !== 'task' || row.state !== 'running') return [null]
  const { src, input, outcome } = taskBody(row)
  // A time-out has already decided it.
  if (outcome === null || 'error' in outcome) return [null]
  const succeeds: Outcome = { kind: 'succeeds' }
  if (!mayFail) return [succeeds]
  const fault = faultOf(faults, src)
  const fails: Outcome = { kind: 'fails', fault }
  if (src !== 'shareImage') return [succeeds, fails]
  const missed = new Set(missedBy(outcome).map(({ account }) => account))
  const open = (input as { accounts: readonly string[] }).accounts.filter(
    (account) => !missed.has(account),
  )
  const some = open.map((account): Outcome => ({ kind: 'misses', fault, accounts: [account] }))
  const all: Outcome[] = open.length > 1 ? [{ kind: 'misses', fault, accounts: open }] : []
  return [succeeds, fails, ...some, ...all]
}

/** The end of an attempt, as the engine has it. */
export function attemptOutcome(row: WorkRow, chosen: Outcome): AttemptOutcome {
  const { outcome } = taskBody(row)
  const given = outcome ?? { output: null }
  if (chosen.kind === 'succeeds') return given
  const { code, message } = chosen.fault
  if (chosen.kind === 'fails') {
    const error: TaskError = { name: 'Error', code, message }
    return { error }
  }
  const failed = chosen.accounts.map((account) => ({ account, code, message }))
  return { output: { failed: [...failed, ...missedBy(given)] } as unknown as Json }
}

function missedBy(outcome: AttemptOutcome): readonly (Fault & { readonly account: string })[] {
  if (!('output' in outcome)) return []
  const { failed = [] } = (outcome.output ?? {}) as {
    failed?: readonly (Fault & { account: string })[]
  }
  return failed
}
