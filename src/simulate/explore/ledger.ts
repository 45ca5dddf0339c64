import type { AttemptRecord, StepRecord } from '../../core/history.js'
import type { RecordRow } from '../../core/ports.js'
import type { End, Fault, Ledger, TaskLedger } from './facts.js'
import { accountsOf, expected } from './model.js'
import type { Wanted } from './wanted.js'

/** The ledger of an execution of which nothing is recorded. */
export function emptyLedger(id: string, wanted: Wanted): Ledger {
  return {
    id,
    wanted,
    startedAt: 0,
    at: 0,
    seq: 0,
    cancelled: false,
    forced: false,
    tasks: {},
    problems: [],
    flaws: [],
  }
}

/** The ledger with one more record. */
export function noted(ledger: Ledger, record: RecordRow): Ledger {
  const flaws = [...ledger.flaws, ...orderFlaws(ledger, record)]
  const next = { ...ledger, at: record.at, seq: record.seq, flaws }
  if (record.kind === 'attempt') return withAttempt(next, record)
  if (record.kind === 'migration') return next
  const { event } = JSON.parse(record.body) as StepRecord
  const started = ledger.seq === 0 ? { ...next, startedAt: record.at } : next
  return withNewTasks(withEvent(started, event, record.at), record.at)
}

function* orderFlaws({ seq, at }: Ledger, record: RecordRow): Generator<string> {
  if (record.seq !== seq + 1) yield `record ${record.seq} follows record ${seq}`
  if (record.at < at) yield `record ${record.seq} is ${at - record.at} ms before record ${seq}`
}

function withAttempt(ledger: Ledger, record: RecordRow): Ledger {
  const { task, phase, retryAt = record.at } = JSON.parse(record.body) as AttemptRecord
  const known = ledger.tasks[task]
  if (known === undefined) return flawed(ledger, `an attempt of ${task}, which was not to run`)
  if (phase !== 'failed') return withTask(ledger, task, { ...known, begunAt: record.at })
  return withTask(ledger, task, {
    ...known,
    failures: known.failures + 1,
    pauses: [...known.pauses, retryAt - record.at],
    begunAt: retryAt,
  })
}

function withEvent(ledger: Ledger, event: StepRecord['event'], at: number): Ledger {
  if (event.type === 'CANCEL') return { ...ledger, cancelled: true }
  if (event.type === 'xstate.stop') return { ...ledger, cancelled: true, forced: true }
  const match = /^xstate\.(done|error)\.actor\.(.+)$/.exec(event.type)
  if (match === null) return ledger
  const [, how, task = ''] = match
  const known = ledger.tasks[task]
  if (known === undefined) return flawed(ledger, `an end of ${task}, which was not to run`)
  if (known.end !== null) return flawed(ledger, `${task} ended twice`)
  const end: End =
    how === 'done'
      ? { ok: true, failed: failedAccounts(event['output']) }
      : { ok: false, fault: faultIn(event['error']) }
  return {
    ...withTask(ledger, task, { ...known, end, took: at - known.begunAt }),
    problems: [...ledger.problems, ...problemsOf(ledger, task, end)],
  }
}

/** What callers are told of an end: of several accounts, the first in the template's order. */
function problemsOf({ wanted }: Ledger, task: string, end: End): readonly Fault[] {
  if (!end.ok) return [end.fault]
  const first = accountsOf(wanted, task).find((account) => {
    return end.failed.some((failure) => failure.account === account)
  })
  const failure = end.failed.find(({ account }) => account === first)
  return failure === undefined ? [] : [{ code: failure.code, message: failure.message }]
}

/** Tasks that are to run from now on. */
function withNewTasks(ledger: Ledger, at: number): Ledger {
  const tasks = { ...ledger.tasks }
  for (const task of expected(ledger).running) {
    tasks[task] ??= { begunAt: at, failures: 0, pauses: [], end: null, took: null }
  }
  return { ...ledger, tasks }
}

function withTask(ledger: Ledger, id: string, task: TaskLedger): Ledger {
  return { ...ledger, tasks: { ...ledger.tasks, [id]: task } }
}

function flawed(ledger: Ledger, flaw: string): Ledger {
  return { ...ledger, flaws: [...ledger.flaws, flaw] }
}

function failedAccounts(output: unknown): readonly (Fault & { readonly account: string })[] {
  const { failed = [] } = (output ?? {}) as { failed?: readonly (Fault & { account: string })[] }
  return failed.map(({ account, code, message }) => ({ account, code, message }))
}

function faultIn(error: unknown): Fault {
  const { code, name, message } = error as { code?: string; name?: string; message: string }
  return { code: code ?? (name === 'Error' ? undefined : name) ?? 'InternalError', message }
}
