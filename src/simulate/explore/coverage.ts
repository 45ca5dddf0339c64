import type { StepRecord } from '../../core/history.js'
import type { Json } from '../../core/json.js'
import type { Reader } from '../../core/ports.js'
import { recordsOf } from '../../engine/verify.js'
import type { Life } from './seen.js'

/** What an exploration has come through, counted. Threads add theirs together. */
export class Coverage {
  /** Steps by state before, event and state after: `create.building CANCEL cancel`. */
  readonly steps = new Map<string, number>()
  /** Ends of tasks: `copyImage failed CopyFailed`. */
  readonly ends = new Map<string, number>()
  readonly statuses = new Map<string, number>()
  /** Answers to calls: `start InvalidImagePipeline.HasRunningExecution`. */
  readonly calls = new Map<string, number>()
  /** Error codes that callers were told. */
  readonly errors = new Map<string, number>()
  /** Instants before and after each commit, at which the process may have died. */
  crashPoints = 0

  step(before: string, event: string, after: string): void {
    count(this.steps, `${before} ${event} ${after}`)
  }

  end(text: string): void {
    count(this.ends, text)
  }

  status(status: string): void {
    count(this.statuses, status)
  }

  error(code: string): void {
    count(this.errors, code)
  }

  answers(call: string, refused: string | null): void {
    if (call !== 'next') count(this.calls, `${call} ${refused ?? 'accepted'}`)
  }

  add(other: CoverageData): void {
    for (const field of ['steps', 'ends', 'statuses', 'calls', 'errors'] as const) {
      for (const [key, n] of other[field]) count(this[field], key, n)
    }
    this.crashPoints += other.crashPoints
  }

  data(): CoverageData {
    const { steps, ends, statuses, calls, errors, crashPoints } = this
    return {
      steps: [...steps],
      ends: [...ends],
      statuses: [...statuses],
      calls: [...calls],
      errors: [...errors],
      crashPoints,
    }
  }
}

type Counts = readonly (readonly [string, number])[]

/** A coverage as plain data. */
export interface CoverageData {
  readonly steps: Counts
  readonly ends: Counts
  readonly statuses: Counts
  readonly calls: Counts
  readonly errors: Counts
  readonly crashPoints: number
}

function count(map: Map<string, number>, key: string, n = 1): void {
  map.set(key, (map.get(key) ?? 0) + n)
}

/** Covers what is new of a life. */
export function coverStep(
  coverage: Coverage,
  reader: Reader,
  life: Life,
  before: readonly Life[],
): void {
  const known = before.find(({ name }) => name === life.name)
  const from = known?.ledger.seq ?? 0
  if (from === life.ledger.seq) return
  const row = reader.executionById(life.ledger.id)
  if (row === undefined) return
  coverage.status(row.status)
  const records = recordsOf(reader, row.n)
  let value = valueBefore(records, from)
  for (const record of records.slice(from)) {
    if (record.kind === 'attempt') {
      const { task, phase } = JSON.parse(record.body) as { task: string; phase: string }
      coverage.end(`${taskName(task)} ${phase === 'failed' ? 'failed and is tried again' : phase}`)
    }
    if (record.kind !== 'step') continue
    const { event, value: after } = JSON.parse(record.body) as StepRecord
    coverage.step(stateName(value), eventName(event.type), stateName(after))
    cover(coverage, event)
    value = after
  }
}

function valueBefore(records: readonly { kind: string; body: string }[], from: number): Json {
  const last = records.slice(0, from).findLast(({ kind }) => kind === 'step')
  return last === undefined ? null : (JSON.parse(last.body) as StepRecord).value
}

function cover(coverage: Coverage, event: StepRecord['event']): void {
  const [, how, task = ''] = /^xstate\.(done|error)\.actor\.(.+)$/.exec(event.type) ?? []
  if (how === undefined) return
  if (how === 'error') coverage.end(`${taskName(task)} failed for good`)
  else {
    const output = event['output'] as { failed?: readonly unknown[] } | null
    const missed = (output?.failed ?? []).length > 0
    coverage.end(`${taskName(task)} ${missed ? 'succeeded, and missed accounts' : 'succeeded'}`)
  }
}

function taskName(task: string): string {
  if (task.startsWith('copy.')) return 'copyImage'
  return task.startsWith('share.') ? 'shareImage' : task
}

/** `create.building`; the beginning has none. */
function stateName(value: Json): string {
  if (value === null) return '-'
  if (typeof value === 'string') return value
  return Object.entries(value as Record<string, Json>)
    .map(([key, inner]) => `${key}.${stateName(inner)}`)
    .join('+')
}

/** Ends of the tasks of a fan-out are one event, whatever region they are of. */
function eventName(type: string): string {
  return type.replace(/^(xstate\.(?:done|error)\.actor\.(?:copy|share))\..*$/, '$1.*')
}
